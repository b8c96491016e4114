// The organisation's own checklist for this kind of case, and what it means by its words.
import { checklist } from '../../core/protocol/handbook.ts';
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';

export function Book() {
  const { open, state, t } = use_case();
  const { book } = state;
  const { kind } = open.state;
  if (!book) return null;
  const list = kind === undefined ? undefined : checklist(book, kind, t.code);
  const terms = book.glossary.filter(({ language }) => language === t.code);
  return (
    <details class="fold" id="fold-book">
      <summary>{t.book.title}</summary>
      {list && (
        <ol>
          {list.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ol>
      )}
      {terms.length > 0 && (
        <>
          <h3>{t.book.glossary}</h3>
          <dl class="glossary">
            {terms.map(({ key, term, meaning }) => (
              <div key={key}>
                <dt>{term}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <p class="hint">{t.book.version(book.version, format_day(book.changedDay, t))}</p>
    </details>
  );
}
