// Which parts of a case, and until which day.
import { Choice, Choices } from '../../page/parts/choice.tsx';
import { date_of } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { kParts, type Part } from '../lead.ts';
import type { Day } from '../session.ts';

const kDayMs = 86_400_000;
// Nothing when it is no date.
export function day_of(date: string): Day | null {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(ms) ? ms / kDayMs : null;
}

// A date field that was filled in by half says that it is empty.
export const half_a_day = (): boolean => document.querySelector<HTMLInputElement>('#until')?.validity.badInput ?? false;

export function What({ legend, parts, on_change }: {
  readonly legend: string;
  readonly parts: readonly Part[];
  readonly on_change: (parts: readonly Part[]) => void;
}) {
  const { t } = use_app();
  return (
    <Choices legend={legend} hint={t.lead.let_in.what_hint}>
      {kParts.map((part, place) => (
        <Choice
          key={part}
          type="checkbox"
          name="part"
          {...(place === 0 ? { id: 'parts' } : {})}
          checked={parts.includes(part)}
          title={t.case.compartment[part]}
          {...(part === 'talk' ? { line: t.lead.let_in.talk_style } : {})}
          on_change={(chosen) => on_change(kParts.filter((one) => (one === part ? chosen : parts.includes(one))))}
        />
      ))}
    </Choices>
  );
}

export function Until({ label, hint, value, on_input }: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly on_input: (date: string) => void;
}) {
  const { state } = use_app();
  return (
    <div class="field field-short">
      <label for="until">{label}</label>
      {hint && (
        <p class="hint" id="until-hint">
          {hint}
        </p>
      )}
      <input
        type="date"
        id="until"
        autocomplete="off"
        value={value}
        min={date_of(state.view?.today ?? 0)}
        aria-describedby={hint ? 'until-hint' : undefined}
        onInput={(event) => on_input(event.currentTarget.value)}
      />
    </div>
  );
}
