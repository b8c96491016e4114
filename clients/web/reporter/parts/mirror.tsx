// What in a story may give somebody away, under the story. It blocks nothing, and nothing of it leaves the page.
import { useEffect, useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { find_marks } from '../../mirror/find_marks.ts';
import type { Mark } from '../../mirror/mark.ts';

const kRestMs = 700; // after the last letter
const kAround = 24; // letters shown on either side

export function Mirror() {
  const { app, state, t } = use_app();
  const told = t.telling;
  const { story } = state.draft;
  const [read, set_read] = useState<{ text: string; marks: readonly Mark[] }>({ text: '', marks: [] });
  const [open, set_open] = useState(false);
  const [kept, set_kept] = useState<readonly string[]>([]);
  useEffect(() => {
    // In its turn: a long story takes long enough to hold up a frame.
    const look = (): void => set_read({ text: story, marks: find_marks(story, t.code) });
    const timer = setTimeout(() => app.in_turn(look), kRestMs);
    return () => clearTimeout(timer);
  }, [story, t.code]);

  const words = ({ from, to }: Mark): string => read.text.slice(from, to);
  // Until it is read again, places are those of an older text.
  const marks = read.text === story ? read.marks.filter((mark) => !kept.includes(words(mark))) : [];
  if (marks.length === 0) return null;
  const vaguer = ({ from, to, kind }: Mark): void => {
    const text = story.slice(0, from) + told.general[kind] + story.slice(to);
    // Until it is read again, in its turn, what stands behind it moves along.
    const by = text.length - story.length;
    const apart = read.marks.filter((other) => other.to <= from || other.from >= to);
    set_read({ text, marks: apart.map((other) => (other.from < to ? other : { ...other, from: other.from + by, to: other.to + by })) });
    app.write({ story: text });
  };
  const change = ({ from, to }: Mark): void => {
    const area = document.querySelector<HTMLTextAreaElement>('#story');
    area?.focus();
    area?.setSelectionRange(from, to);
  };
  return (
    <details class="mirror" open={open} onToggle={(event) => set_open(event.currentTarget.open)}>
      <summary>{told.mirror(marks.length)}</summary>
      <p class="hint">{told.mirror_hint}</p>
      <ul class="file-list">
        {(open ? marks : []).map((mark) => (
          <li key={`${mark.from} ${mark.kind}`}>
            <span dir="auto" translate={false}>
              …{story.slice(Math.max(0, mark.from - kAround), mark.from)}
              <mark>{words(mark)}</mark>
              {story.slice(mark.to, mark.to + kAround)}…
            </span>
            <p class="hint">{told.reason[mark.kind]}</p>
            {([['vaguer', vaguer], ['change', change], ['keep', () => set_kept([...kept, words(mark)])]] as const).map(([name, act]) => (
              <button type="button" class="link" key={name} data-mark={name} onClick={() => act(mark)}>
                {told[name]}
                <span class="unseen">: {words(mark)}</span>
              </button>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
