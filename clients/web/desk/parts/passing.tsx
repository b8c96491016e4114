// Leaving a case, and letting in whom the reporter allowed beforehand.
import { useState } from 'preact/hooks';
import { equal } from '../../core/crypto/bytes.ts';
import { noSince } from '../../core/desk/last_word.ts';
import { isExpired } from '../../core/protocol/grants.ts';
import { choiceName } from '../../generated/rules.ts';
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { allowed_by, chosen_of, delegations_to, kNobody, type Allowed, type Chosen } from '../pass_on.ts';
import { Form } from './form.tsx';
import { KeyChanged } from './key_changed.tsx';
import { part_words, people_words, person_word } from './names.ts';
import { away_word } from './presence.ts';
import { Question } from './question.tsx';

// Nobody is chosen beforehand, nor in the place of somebody who may not be let in any more. A delegation stands
// although the reporter said no to that person since; then the adviser sees that they did.
function PassOn({ all }: { all: readonly Allowed[] }) {
  const { app, cases, open, state, t } = use_case();
  const { directory } = app.session;
  const [chosen, choose] = useState<Chosen>(kNobody);
  const to = chosen_of(all, chosen);
  const name = to ? person_word(to.to, directory, t) : '';
  const away = to && away_word(to.to, state.presences, directory, t);
  const no = to && noSince(open.state, to.to, to.since);
  const check = () => {
    if (to) return [];
    choose(kNobody);
    return [{ field: 'pass-to', text: chosen.key === '' ? t.passing.choose : t.passing.over }];
  };
  const send = async (): Promise<void> => {
    if (to && (await cases.pass_on(to.to, to.parts, chosen.lead && to.may_lead, to.since, no || undefined))) choose(kNobody);
  };
  return (
    <Form name="pass_on" quiet submit={t.passing.give} check={check} send={() => void send()} done={t.done.pass_on}>
      <h3>{t.passing.pass_on}</h3>
      <div class="field">
        <label for="pass-to">{t.passing.to}</label>
        <select id="pass-to" value={to?.key ?? ''} onChange={(event) => choose({ key: event.currentTarget.value, lead: false })}>
          <option value="">{t.regie.nobody}</option>
          {all.map((one) => (
            <option key={one.key} value={one.key}>
              {person_word(one.to, directory, t)}: {part_words(one.parts, t)}
            </option>
          ))}
        </select>
      </div>
      {no && (
        <p class="warn" id="pass-no">
          {t.passing.said_no(name, t.choice[choiceName(no.choice) as keyof typeof t.choice], format_day(no.day, t))}
        </p>
      )}
      {away && <p class="warn">{t.away.now(name, away)}</p>}
      {to && <KeyChanged id={to.to} />}
      {to && <p>{t.regie.would_read(name, part_words(to.parts, t))}</p>}
      {to?.may_lead && (
        <label class="tick-line">
          <input
            type="checkbox"
            id="pass-lead"
            checked={chosen.lead}
            autocomplete="off"
            onChange={() => choose({ ...chosen, lead: !chosen.lead })}
          />
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
  const all = allowed_by(delegations_to(open.fetched.opened.access, member.memberId, today));
  return (
    <details class="fold" id="fold-passing" onToggle={() => app.look_who_is_away()}>
      <summary>{t.passing.title}</summary>
      {all.length > 0 ? <PassOn all={all} /> : <p class="hint">{t.passing.none}</p>}
      <Leave />
    </details>
  );
}
