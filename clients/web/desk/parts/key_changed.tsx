// Protocol §4: colleagues see whose signing key changed, and when. Beside everybody who reads or is about to.
import { keyChangedDay } from '../../core/changed_key.ts';
import type { MemberId } from '../../core/protocol/ids.ts';
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';

export function KeyChanged({ id }: { id: MemberId }) {
  const { app, t } = use_case();
  const person = app.session.directory.person(id);
  const day = person ? keyChangedDay(person) : 0;
  return day === 0 ? null : <span class="warn">{t.case.key_changed(format_day(day, t))}</span>;
}
