// The files that were chosen: what each looks like when it is sent, what was taken out, what can still be
// done to it.
import { use_app } from '../app_context.ts';
import { format_list, size_text } from '../../page/words/format.ts';
import { canvas_is_honest } from '../pictures.ts';
import type { Prepared } from '../preparing.ts';
import { Cover } from './cover.tsx';

export function PreparedFiles() {
  const { state, t } = use_app();
  const shown = state.prepared.filter(({ sent }) => sent === null || state.files.chosen.includes(sent));
  if (shown.length === 0) return null;
  return (
    <>
      <ul class="file-list">
        {shown.map((file) => (
          <OneFile key={file.id} file={file} />
        ))}
      </ul>
      <p class="hint">{t.giving.stays}</p>
    </>
  );
}

function OneFile({ file }: { file: Prepared }) {
  const { app, t } = use_app();
  const { id, sent, trouble, covering } = file;
  const name = (sent ?? file.chosen)?.name ?? '';
  const picture = file.url !== null && !file.sound;
  const button = (key: string, words: string, act: () => void) => (
    <button type="button" class="link" data-file={key} onClick={act}>
      {words}
      <span class="unseen">: {name}</span>
    </button>
  );
  return (
    <li>
      <span dir="auto" translate={false}>
        {name}
      </span>{' '}
      {sent && <span class="hint">{size_text(sent.size, t.code)}</span>}
      {covering && file.url ? (
        <Cover url={file.url} on_done={(boxes) => void app.preparing.cover(id, boxes)} />
      ) : (
        picture && <img src={file.url!} alt={t.files.picture(name)} />
      )}
      {file.sound && file.url && <audio controls src={file.url} aria-label={name} />}
      <p role="status" class={trouble || file.as_it_is ? 'strip warn' : 'hint'}>
        {trouble
          ? `${t.giving.trouble[trouble]} ${file.chosen ? t.files.as_they_are : ''}`
          : sent === null
            ? file.sound
              ? t.telling.disguising
              : t.giving.working
            : file.as_it_is
              ? t.giving.as_it_was
              : told(file, t)}
      </p>
      {button('remove', t.files.remove, () => app.preparing.remove(id))}
      {trouble && file.chosen && button('as-it-is', t.giving.as_it_is, () => app.preparing.send_as_it_is(id))}
      {picture &&
        sent &&
        !covering &&
        (canvas_is_honest() ? (
          button('cover', t.giving.cover, () => app.preparing.begin_covering(id))
        ) : (
          <p class="hint">{t.giving.no_canvas}</p>
        ))}
      {file.smaller && file.clean && sent && !covering && button('full-size', t.giving.full_size, () => app.preparing.full_size(id))}
    </li>
  );
}

function told(file: Prepared, t: ReturnType<typeof use_app>['t']): string {
  const { removed, smaller, covered, chosen, sound } = file;
  if (chosen === null && sound) return ''; // a recording, heard before
  const gone = removed.length > 0 ? t.giving.gone(format_list(removed.map((what) => t.giving.removed[what]), t)) : t.giving.nothing;
  return [gone, smaller && t.giving.smaller, covered && t.giving.covered].filter(Boolean).join(' ');
}
