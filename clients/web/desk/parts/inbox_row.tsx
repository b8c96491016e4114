// One case of the inbox: what it is, whose turn it is, what is due.
import { format_day } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { is_due, is_urgent, shows_less, unread_of, waits_for, type Row } from '../inbox.ts';
import { kind_word, state_word } from './names.ts';

export function InboxRow({ row }: { row: Row }) {
  const { app, state, t } = use_app();
  const { brief, item } = row;
  const due = is_due(row);
  const paper = state.papers.get(row.key);
  const unread = unread_of(row, paper?.readSeq);
  const shape = ['inbox-row', unread > 0 ? 'fresh-row' : '', due?.late ? 'late-row' : ''].filter(Boolean).join(' ');
  return (
    <button type="button" class={shape} data-case={row.name} onClick={() => app.go(row.key)}>
      <span class="row-what">
        <span class="row-name" translate={false}>
          {row.name}
        </span>
        <span class="hint">{brief ? kind_word(brief.kind, t) : t.inbox.sealed}</span>
        {is_urgent(row) && <strong class="tag tag-urgent">{t.inbox.urgent}</strong>}
        {unread > 0 && (
          <strong class="tag tag-new">{brief ? t.inbox.unread(unread) : t.inbox.unread_some}</strong>
        )}
        {brief !== null && brief.questions > 0 && <span class="tag">{t.inbox.questions(brief.questions)}</span>}
        {brief !== null && brief.alarms > 0 && <strong class="tag tag-urgent">{t.inbox.alarms}</strong>}
        {shows_less(row, paper?.readSeq) && <strong class="tag tag-urgent">{t.inbox.less}</strong>}
        {row.trouble && <strong class="tag tag-urgent">{t.inbox.broken}</strong>}
        {paper?.labels.map((label) => (
          <span class="tag" dir="auto" key={label}>
            {label}
          </span>
        ))}
      </span>
      <span class="row-line hint" dir="auto" translate={false}>
        {brief?.first_line ?? ''}
      </span>
      <span class="row-state">
        {brief?.state !== undefined && <span>{state_word(brief.state, t)}</span>}
        <span class="hint">{t.inbox.waits[waits_for(row)]}</span>
      </span>
      <span class="row-due">
        {due ? (
          <span class={due.late ? 'warn' : ''}>
            {due.late ? t.inbox.late[due.clock](format_day(due.day, t)) : t.inbox.due[due.clock](format_day(due.day, t))}
          </span>
        ) : (
          <span class="hint">{t.inbox.no_due}</span>
        )}
        <span class="hint">{t.inbox.opened(format_day(item.openedDay, t))}</span>
      </span>
    </button>
  );
}
