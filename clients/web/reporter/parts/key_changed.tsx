// Protocol §4: whose signing key changed, and when. Beside everybody who is about to be let in.
import { format_day } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';

export function KeyChanged({ id }: { id: string }) {
  const { state, t } = use_app();
  const day = state.organisation?.people.find((person) => person.id === id)?.key_changed_day;
  return day ? <span class="choice-line warn">{t.adviser.changed(format_day(day, t))}</span> : null;
}
