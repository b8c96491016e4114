// The reporter's lead: what was proposed, what they answered, and what may be done since.
import { choiceName } from '../../generated/rules.ts';
import { isYes, mayRetract, type ProposalRecord } from '../../core/case_state.ts';
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { part_words, person_word, step_word } from './names.ts';
import { Propose } from './propose.tsx';
import { WorkLine } from './work_line.tsx';
import { Written } from './written.tsx';

function Readers({ record }: { record: ProposalRecord }) {
  const { app, t } = use_case();
  return (
    <ul class="readers">
      {record.proposal.readers.map(({ memberId, compartments, lastDay }) => (
        <li key={String(memberId)}>
          {t.regie.would_read(person_word(memberId, app.session.directory, t), part_words(compartments, t))}
          {lastDay !== 0 && `, ${t.regie.would_until(format_day(lastDay, t))}`}
        </li>
      ))}
    </ul>
  );
}

function Answer({ record }: { record: ProposalRecord }) {
  const { t } = use_case();
  const { decision, proposal, standing } = record;
  const yes = decision !== undefined && isYes(decision.choice);
  return (
    <>
      {decision ? (
        <>
          <p class="answer">
            {t.regie.answer(t.choice[choiceName(decision.choice) as keyof typeof t.choice], format_day(decision.day, t))}
          </p>
          {decision.text !== '' && <Written text={decision.text} />}
        </>
      ) : null}
      {standing !== 'answered' && <p class="hint">{t.standing[standing]}</p>}
      {yes && proposal.readers.length > 0 && (
        <p class="hint">{decision.carriedOut ? t.regie.let_in : t.regie.not_let_in}</p>
      )}
      {yes && decision.carriedOut && <p class="may-act">{t.regie.may_act}</p>}
    </>
  );
}

function Proposal({ record }: { record: ProposalRecord }) {
  const { app, cases, open, t } = use_case();
  const { seq, proposal, author, sinceDay, standing } = record;
  const { directory, member } = app.session;
  return (
    <li class={`proposal proposal-${standing}`} data-proposal={seq}>
      <h3>
        {t.row.proposal(seq)}: {proposal.step === '' ? t.regie.own : step_word(proposal.step, directory, t)}
      </h3>
      <p class="row-by">
        {person_word(author, directory, t)} · {format_day(sinceDay, t)}
      </p>
      {proposal.text !== '' && <Written text={proposal.text} />}
      <Readers record={record} />
      {proposal.summary !== '' && (
        <details>
          <summary>{t.regie.draft}</summary>
          <Written text={proposal.summary} />
        </details>
      )}
      <Answer record={record} />
      {mayRetract(open.state, record, member.memberId) && (
        <button type="button" class="link" data-retract={seq} onClick={() => void cases.retract(seq)}>
          {t.regie.retract}
        </button>
      )}
    </li>
  );
}

export function Regie() {
  const { open, t } = use_case();
  const { proposals } = open.state;
  return (
    <section aria-labelledby="regie">
      <h2 id="regie">{t.regie.title}</h2>
      <p class="hint">{t.regie.hint}</p>
      {proposals.length === 0 && <p class="hint">{t.regie.none}</p>}
      <ol class="proposals">
        {[...proposals].reverse().map((record) => (
          <Proposal key={record.seq} record={record} />
        ))}
      </ol>
      <WorkLine name="retract" />
      <Propose />
    </section>
  );
}
