// Who goes along with somebody who is let out: those who stood in for them.
import { format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';

export function StandInsOut({ name }: { name: string }) {
  const { state, t } = use_app();
  const names = (state.view?.access ?? [])
    .filter((row) => row.dormant && row.stands_in_for === name)
    .map((row) => shown_name(row.name));
  if (names.length === 0) return null;
  return <p class="strip">{t.lead.take_back.stand_ins(format_list(names, t))}</p>;
}
