// A proposal, and the reporter's answer: what it means, who would read what, the summary as it would go along.
import { Choice, Choices } from '../../page/parts/choice.tsx';
import type { FieldError } from '../../page/parts/errors.tsx';
import { Writing } from '../../page/parts/writing.tsx';
import { format_day, format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { is_yes, kChoices, type Proposal } from '../lead.ts';
import { KeyChanged } from '../parts/key_changed.tsx';
import { moving, StepPage } from '../parts/step.tsx';
import { Written } from '../parts/timeline.tsx';
import { Gone } from '../parts/waiting.tsx';
import { reads_what, step_name } from '../row_text.ts';

function Readers({ proposal }: { proposal: Proposal }) {
  const { state, t } = use_app();
  const { readers } = proposal;
  // Who may be let in already, whatever the answer is.
  const given = state.view!.delegations.filter(({ people }) => readers.some(({ name }) => people.includes(name)));
  const unit_of = (id: string): string => state.organisation?.people.find((person) => person.id === id)?.unit ?? '';
  return (
    <section aria-labelledby="readers">
      <h2 id="readers">{t.lead.question.readers}</h2>
      {readers.length === 0 && <p>{t.lead.question.nobody}</p>}
      <ul class="access">
        {readers.map((reader) => (
          <li key={reader.id}>
            <span class="access-name">
              {shown_name(reader.name)} <span class="hint">{unit_of(reader.id)}</span>
            </span>
            <span>
              {t.lead.question.reads(reads_what(reader.compartments, t))}
            </span>
            <KeyChanged id={reader.id} />
            {reader.lead && <span>{t.lead.question.leads}</span>}
            {reader.last_day !== null && (
              <span class="hint">{t.lead.access.until(format_day(reader.last_day, t))}</span>
            )}
          </li>
        ))}
      </ul>
      {readers.some(({ compartments }) => compartments.includes('identity')) && (
        <p class="strip warn">{t.lead.question.identity}</p>
      )}
      {given.map(({ name, people }) => (
        <p class="strip warn">{t.lead.access.may_let_in(shown_name(name), format_list(people.map(shown_name), t))}</p>
      ))}
    </section>
  );
}

// The text that a committee gets: the adviser's draft, as the reporter leaves it.
function Summary({ proposal }: { proposal: Proposal }) {
  const { app, state, t } = use_app();
  const { summary } = app.acting.form;
  const earlier = state.view?.rows.filter(({ content }) => content.kind === 'summary') ?? [];
  const drafted = proposal.summary !== '';
  const hint = drafted ? t.lead.question.summary_draft(shown_name(proposal.author)) : t.lead.question.summary_hint;
  return (
    <>
      <Writing
        id="summary"
        label={t.lead.question.summary}
        hint={hint}
        value={summary}
        on_input={(text) => app.acting.write({ summary: text })}
      />
      {summary.trim() === '' && earlier.length === 0 && <p class="strip warn">{t.lead.question.summary_empty}</p>}
      {earlier.length > 0 && (
        <details>
          <summary>{t.lead.question.earlier}</summary>
          {earlier.map(({ seq, content }) => content.kind === 'summary' && <Written key={seq} text={content.text} />)}
        </details>
      )}
    </>
  );
}

export function Question() {
  const { app, state, t } = use_app();
  const seq = Number(app.acting.subject);
  const proposal = state.view?.proposals.find((one) => one.seq === seq);
  if (!proposal) return <Gone />;
  const { choice, text, summary } = app.acting.form;
  const name = shown_name(proposal.author);
  const shares = proposal.readers.some(({ compartments }) => compartments.includes('summary'));
  const yes = choice !== null && is_yes(choice);
  const check = (): FieldError[] => {
    if (choice === null) return [{ field: 'choice-yes', text: t.lead.question.choose }];
    const unsaid = choice === 'yes_if' && text.trim() === '';
    return unsaid ? [{ field: 'conditions', text: t.lead.question.conditions_empty }] : [];
  };
  return (
    <StepPage
      title={t.lead.question.title(name)}
      send={t.lead.question.send}
      said={t.lead.question.answered}
      check={check}
      take={moving(app, () => ({
        kind: 'answer',
        seq,
        choice: choice!,
        text: text.trim(),
        summary: yes && shares ? summary.trim() : '',
      }))}
    >
      <p class="step-name" translate={proposal.step === ''} dir="auto">
        {step_name(proposal.step, state.organisation, t)}
      </p>
      <p class="intro">{t.lead.question.intro}</p>
      <section aria-labelledby="means">
        <h2 id="means">{t.lead.question.means}</h2>
        {proposal.text === '' ? <p>{t.lead.question.no_text(name)}</p> : <Written text={proposal.text} />}
      </section>
      <Readers proposal={proposal} />
      {shares && <Summary proposal={proposal} />}
      <Choices legend={t.lead.question.answer}>
        {kChoices.map((one) => (
          <Choice
            key={one}
            type="radio"
            name="choice"
            id={`choice-${one}`}
            checked={choice === one}
            title={t.lead.question.choices[one].title}
            line={t.lead.question.choices[one].line}
            on_change={() => app.acting.write({ choice: one })}
          />
        ))}
      </Choices>
      {choice !== null && (
        <Writing
          id="conditions"
          label={choice === 'yes_if' ? t.lead.question.conditions : t.lead.question.more}
          {...(choice === 'yes_if' ? { hint: t.lead.question.conditions_hint } : {})}
          lines={3}
          value={text}
          on_input={(words) => app.acting.write({ text: words })}
        />
      )}
    </StepPage>
  );
}
