// Leaving a case, and letting in whom the reporter allowed beforehand.
import { useState } from 'preact/hooks';
import type { Compartment } from '../../generated/rules.ts';
import { equal, toHex } from '../../core/crypto/bytes.ts';
import { isExpired, type Delegation } from '../../core/protocol/grants.ts';
import { use_case } from '../app_context.ts';
import { Form } from './form.tsx';
import { part_words, people_words, person_word } from './names.ts';
import { away_word } from './presence.ts';
import { Question } from './question.tsx';

function PassOn({ delegations }: { delegations: readonly Delegation[] }) {
  const { app, cases, state, t } = use_case();
  const people = delegations.flatMap((one) => one.people.map((id) => ({ id, key: toHex(id) })));
  const once = people.filter(({ key }, at) => people.findIndex((other) => other.key === key) === at);
  const [chosen, choose] = useState(once[0]!.key);
  const [lead, set_lead] = useState(false);
  const to = once.find(({ key }) => key === chosen) ?? once[0]!;
  const allowing = delegations.filter((one) => one.people.some((id) => equal(id, to.id)));
  const parts = [...new Set(allowing.flatMap((one) => one.compartments))].sort((a, b) => a - b) as Compartment[];
  const away = away_word(to.id, state.presences, app.session.directory, t);
  const may_lead = allowing.some((one) => one.mayMoveHolder);
  return (
    <Form
      name="pass_on"
      quiet
      submit={t.passing.give}
      check={() => []}
      send={() => void cases.pass_on(to.id, parts, lead && may_lead)}
      done={t.done.pass_on}
    >
      <h3>{t.passing.pass_on}</h3>
      <div class="field">
        <label for="pass-to">{t.passing.to}</label>
        <select id="pass-to" value={to.key} onChange={(event) => choose(event.currentTarget.value)}>
          {once.map(({ id, key }) => (
            <option key={key} value={key}>
              {person_word(id, app.session.directory, t)}
            </option>
          ))}
        </select>
      </div>
      {away && <p class="warn">{t.away.now(person_word(to.id, app.session.directory, t), away)}</p>}
      <p>{t.regie.would_read(person_word(to.id, app.session.directory, t), part_words(parts, t))}</p>
      {may_lead && (
        <label class="tick-line">
          <input type="checkbox" id="pass-lead" checked={lead} autocomplete="off" onChange={() => set_lead(!lead)} />
          <span>{t.passing.lead}</span>
        </label>
      )}
      <p class="hint">{t.passing.give_text}</p>
    </Form>
  );
}

function Leave() {
  const { app, cases, open, t } = use_case();
  const [asked, ask] = useState<'leave' | 'recuse' | null>(null);
  const { directory, member, today } = app.session;
  const waiting = open.fetched.opened.access.grants
    .filter((grant) => grant.dormant && equal(grant.standsInFor, member.memberId) && !isExpired(grant, today))
    .map(({ memberId }) => memberId);
  if (!asked)
    return (
      <div class="actions">
        <button type="button" class="button button-quiet" id="leave" onClick={() => ask('leave')}>
          {t.passing.release}
        </button>
        <button type="button" class="button button-quiet" id="recuse" onClick={() => ask('recuse')}>
          {t.passing.recuse}
        </button>
      </div>
    );
  return (
    <Question
      id="leave-sure"
      work="release"
      sure={t.passing.sure}
      on_sure={() => void (asked === 'recuse' ? cases.recuse() : cases.release())}
      on_cancel={() => ask(null)}
      asked_by={`#${asked}`}
    >
      {asked === 'recuse' && <p>{t.passing.recuse_text}</p>}
      <p>{t.passing.release_text}</p>
      <p>{waiting.length > 0 ? t.passing.stand_in(people_words(waiting, directory, t)) : t.passing.no_stand_in}</p>
    </Question>
  );
}

export function Passing() {
  const { app, open, t } = use_case();
  const { member, today } = app.session;
  const { access } = open.fetched.opened;
  const mine = access.delegations.filter((one) => equal(one.delegateId, member.memberId) && access.mayDelegate(one, today));
  return (
    <details class="fold" id="fold-passing" onToggle={() => app.look_who_is_away()}>
      <summary>{t.passing.title}</summary>
      {mine.some((one) => one.people.length > 0) ? <PassOn delegations={mine} /> : <p class="hint">{t.passing.none}</p>}
      <Leave />
    </details>
  );
}
