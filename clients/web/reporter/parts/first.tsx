// What the reporter sees before anything else: what was done without their consent, what does not check out, what
// changed since they last wrote.
import { format_day, format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { News as OneNews } from '../lead.ts';
import { by_whom, unconsented_text } from '../row_text.ts';
import type { CaseView } from '../session.ts';
import { Written } from './timeline.tsx';

export function Unconsented({ view }: { view: CaseView }) {
  const { t } = use_app();
  if (view.unconsented.length === 0) return null;
  return (
    <section class="alarms" aria-labelledby="unconsented">
      <h2 id="unconsented">{t.lead.unconsented}</h2>
      <ul class="plain">
        {view.unconsented.map((one) => (
          <li key={one.seq}>
            <p>{unconsented_text(one, t)}</p>
            <Written text={one.text} />
          </li>
        ))}
      </ul>
      <p class="hint">{t.lead.unconsented_text}</p>
    </section>
  );
}

// The newest of each kind and person, with whose entry it is about, so that nobody buries one under ten of another;
// what is about no entry, alone.
export function Alarms({ view: { alarms } }: { view: CaseView }) {
  const { t } = use_app();
  const shown = alarms.filter(
    (one, place) => alarms.findIndex(({ kind, author }) => kind === one.kind && author === one.author) === place,
  );
  const more = alarms.length - shown.length;
  if (alarms.length === 0) return null;
  return (
    <section class="alarms" aria-labelledby="alarms">
      <h2 id="alarms">{t.alarm.title}</h2>
      <ul>
        {shown.map((one, place) => (
          <li key={place}>
            {t.alarm[one.kind]}
            {one.kind !== 'other_day' && <span class="hint"> ({by_whom(one, t)})</span>}
          </li>
        ))}
        {more > 0 && <li>{t.alarm.more(more)}</li>}
      </ul>
      <p>{t.alarm.text}</p>
    </section>
  );
}

export function News({ view }: { view: CaseView }) {
  const { t } = use_app();
  if (view.news.length === 0) return null;
  const line = (one: OneNews): string => {
    if (one.kind === 'messages') return t.lead.news_messages(one.count);
    const [name, day] = [shown_name(one.name), format_day(one.day, t)];
    if (one.kind === 'let_in') return t.lead.news_let_in(name, format_list(one.names.map(shown_name), t), day);
    return t.lead[`news_${one.kind}`](name, day);
  };
  return (
    <section class="news" aria-labelledby="news">
      <h2 id="news">{t.case.fresh}</h2>
      <ul>
        {view.news.map((one, place) => (
          <li key={place}>{line(one)}</li>
        ))}
      </ul>
    </section>
  );
}
