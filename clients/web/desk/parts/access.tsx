// Who reads what, since when, and what the reporter delegated until when.
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { KeyChanged } from './key_changed.tsx';
import { part_words, people_words, person_word } from './names.ts';

export function Access() {
  const { app, open, t } = use_case();
  const { directory, today } = app.session;
  const { access } = open.fetched.opened;
  const delegations = access.delegations.filter((one) => access.mayDelegate(one, today));
  return (
    <section aria-labelledby="access">
      <h2 id="access">{t.case.access}</h2>
      <ul class="access">
        {access.grants.map((grant) => (
          <li key={grant.seq + String(grant.memberId)} class={grant.dormant ? 'dormant' : ''}>
            <span class="access-name">
              {person_word(grant.memberId, directory, t)}
              {grant.holder && !grant.dormant && <span class="hint"> · {t.case.holder}</span>}
            </span>
            <span>{part_words([...new Set(grant.keys.map((key) => key.compartment))], t)}</span>
            <span class="hint">
              {grant.dormant ? t.case.dormant : t.case.since(format_day(grant.sinceDay, t))}
              {grant.lastDay !== 0 && `, ${t.common.until(format_day(grant.lastDay, t))}`}
            </span>
            <KeyChanged id={grant.memberId} />
          </li>
        ))}
      </ul>
      <h3>{t.case.delegations}</h3>
      {delegations.length === 0 && <p class="hint">{t.case.no_delegations}</p>}
      {delegations.map(({ seq, delegateId, people, compartments, lastDay }) => (
        <p key={seq}>
          {t.case.delegation(
            person_word(delegateId, directory, t),
            part_words(compartments, t),
            people_words(people, directory, t),
            format_day(lastDay, t),
          )}
        </p>
      ))}
    </section>
  );
}
