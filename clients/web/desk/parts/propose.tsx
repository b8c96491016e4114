// Proposing a step: from the list or in own words, with who would read what, and a draft of the summary.
import { useState } from 'preact/hooks';
import { Compartment, EventKind } from '../../generated/rules.ts';
import { exactly, fromHex, toHex } from '../../core/crypto/bytes.ts';
import type { Person } from '../../core/protocol/directory.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { shown_name } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import {
  committees_of, draft_of, gone_of, kShared, others_of, problem_of, readers_of, steps_of, text_of, without,
  type DraftProblem, type ProposalDraft,
} from '../proposal_draft.ts';
import { is_unread } from './date.ts';
import { Draft, use_choice, use_draft } from './draft.tsx';
import { Form } from './form.tsx';
import { KeyChanged } from './key_changed.tsx';
import { part_words, people_words, step_word } from './names.ts';
import { away_word } from './presence.ts';

interface DraftPart {
  readonly draft: ProposalDraft;
  readonly change: (change: Partial<ProposalDraft>) => void;
}

function with_parts({ draft, change }: DraftPart, id: string, parts: readonly Compartment[]): void {
  const readers = new Map(draft.readers);
  if (parts.length > 0) readers.set(id, parts);
  else readers.delete(id);
  change({ readers });
}

// A committee as a whole, each member of which may be left out.
function Committees(given: DraftPart) {
  const { app, state, t } = use_case();
  const { directory, today } = app.session;
  return (
    <>
      {committees_of(directory, today).map(({ unit, members }) => (
        <fieldset class="choices" key={unit}>
          <legend>{t.regie.committee(unit)}</legend>
          {members.map((one) => {
            const id = toHex(one.memberId);
            const parts = given.draft.readers.get(id);
            const reads = parts !== undefined;
            // More than that was chosen, before they sat here.
            const what = parts?.some((part) => part !== Compartment.summary) ? part_words(parts, t) : t.regie.reads_summary;
            return (
              <label class="tick-line" key={id}>
                <input
                  type="checkbox"
                  name={`reader-${one.name}`}
                  checked={reads}
                  autocomplete="off"
                  onChange={() => with_parts(given, id, reads ? [] : [Compartment.summary])}
                />
                <span>
                  {shown_name(one.name)} <span class="hint">{[what, away_word(one.memberId, state.presences, directory, t)].filter(Boolean).join(', ')}</span>
                  <KeyChanged id={one.memberId} />
                </span>
              </label>
            );
          })}
        </fieldset>
      ))}
    </>
  );
}

function Parts({ person, ...given }: DraftPart & { person: Person }) {
  const { t } = use_case();
  const id = toHex(person.memberId);
  const parts = given.draft.readers.get(id) ?? [];
  return (
    <fieldset class="choices">
      <legend>{t.regie.reader_parts(shown_name(person.name))}</legend>
      <KeyChanged id={person.memberId} />
      {kShared.map((part) => {
        const reads = parts.includes(part);
        const next = reads ? parts.filter((one) => one !== part) : [...parts, part];
        return (
          <label class="tick-line" key={part}>
            <input
              type="checkbox"
              name={`part-${part}`}
              checked={reads}
              autocomplete="off"
              onChange={() => with_parts(given, id, next)}
            />
            <span>{part_words([part], t)}</span>
          </label>
        );
      })}
      {parts.length > 0 && (
        <label class="tick-line">
          <input
            type="checkbox"
            name="lead"
            checked={given.draft.lead === id}
            autocomplete="off"
            onChange={() => given.change({ lead: given.draft.lead === id ? '' : id })}
          />
          <span>{t.regie.would_lead}</span>
        </label>
      )}
    </fieldset>
  );
}

// Who was asked in stays in sight, whoever is chosen next.
function SomebodyElse(given: DraftPart) {
  const { app, state, t } = use_case();
  const { directory, member, today } = app.session;
  const in_committee = new Set(committees_of(directory, today).flatMap(({ members }) => members.map((one) => toHex(one.memberId))));
  const people = others_of(directory, today, toHex(member.memberId)).filter((one) => !in_committee.has(toHex(one.memberId)));
  const [chosen, choose] = useState('');
  const person = people.find((one) => toHex(one.memberId) === chosen);
  const away = person && away_word(person.memberId, state.presences, directory, t);
  return (
    <>
      <div class="field">
        <label for="reader">{t.regie.others}</label>
        <select id="reader" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{t.regie.nobody}</option>
          {people.map((one) => (
            <option key={toHex(one.memberId)} value={toHex(one.memberId)}>
              {shown_name(one.name)}
            </option>
          ))}
        </select>
      </div>
      {away && <p class="warn">{t.away.now(shown_name(person!.name), away)}</p>}
      {people
        .filter((one) => one === person || given.draft.readers.has(toHex(one.memberId)))
        .map((one) => (
          <Parts key={toHex(one.memberId)} {...given} person={one} />
        ))}
    </>
  );
}

const kField: Readonly<Record<DraftProblem, string>> = {
  step: 'step',
  nothing: 'propose-text',
  'too many': 'reader',
  gone: 'reader',
  unread: 'until',
  until: 'until',
  summary: 'propose-summary',
};

export function Propose() {
  const { app, cases, rights, t } = use_case();
  const { directory, today } = app.session;
  const [chosen, choose] = use_choice('propose');
  const draft = draft_of(chosen);
  const [text] = use_draft('propose-text');
  const [summary] = use_draft('propose-summary');
  const change = (changed: Partial<ProposalDraft>): void => choose(text_of({ ...draft, ...changed }));
  if (!rights.may(EventKind.proposal)) return null;
  const gone = gone_of(draft, directory, today);
  const words: Readonly<Record<DraftProblem, string>> = {
    step: t.regie.step_gone,
    nothing: t.regie.text_empty,
    'too many': t.regie.too_many,
    gone: t.regie.reader_gone(people_words(gone.map((id) => exactly(MemberId, fromHex(id)!)), directory, t)),
    unread: t.regie.until_unread,
    until: t.regie.until_wrong,
    summary: t.regie.summary_needed,
  };
  const check = () => {
    const problem = is_unread('until') ? 'unread' : problem_of(draft, text, summary, directory, today);
    if (problem === 'gone') choose(text_of(without(draft, gone))); // said once; whoever is left stands there to be looked at
    return problem ? [{ field: kField[problem], text: words[problem] }] : [];
  };
  const send = (): void => void cases.propose({ step: draft.step, text, readers: readers_of(draft, directory), summary });
  return (
    <details class="fold" id="fold-propose" onToggle={() => app.look_who_is_away()}>
      <summary>{t.regie.propose}</summary>
      <Form name="propose" submit={t.regie.send} check={check} send={send} done={t.done.propose}>
        <div class="field">
          <label for="step">{t.regie.step}</label>
          <select id="step" value={draft.step} onChange={(event) => change({ step: event.currentTarget.value })}>
            <option value="">{t.regie.own}</option>
            {steps_of(directory).map((key) => (
              <option key={key} value={key}>
                {step_word(key, directory, t)}
              </option>
            ))}
          </select>
        </div>
        <Draft name="propose-text" label={t.regie.text} hint={t.regie.text_hint} />
        <h3>{t.regie.readers}</h3>
        <Committees draft={draft} change={change} />
        <SomebodyElse draft={draft} change={change} />
        <div class="field field-short">
          <label for="until">{t.regie.until}</label>
          <input
            type="date"
            id="until"
            value={draft.until}
            autocomplete="off"
            onInput={(event) => change({ until: event.currentTarget.value })}
          />
        </div>
        <Draft name="propose-summary" label={t.regie.summary} hint={t.regie.summary_hint} />
      </Form>
    </details>
  );
}
