// Files that stand in a case: fetched when asked for, shown when they are pictures, saved only by the
// reporter's own hand.
import { size_text } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { CaseFile } from '../session.ts';
import { WorkStrip } from './work_strip.tsx';

export function CaseFiles({ files }: { files: readonly CaseFile[] }) {
  return (
    <ul class="file-list">
      {files.map((file) => (
        <OneFile key={file.number} file={file} />
      ))}
    </ul>
  );
}

function OneFile({ file }: { file: CaseFile }) {
  const { app, state, t } = use_app();
  const { fetched, fetching, fetching_number } = state.files;
  const here = fetched[file.number];
  return (
    <li>
      <span dir="auto" translate={false}>
        {file.name}
      </span>{' '}
      <span class="hint">{size_text(file.size, t.code)}</span>
      {here ? (
        <>
          {here.picture && <img src={here.url} alt={t.files.picture(file.name)} />}
          <a class="link" href={here.url} download={file.name}>
            {t.files.save}
            <span class="unseen">: {file.name}</span>
          </a>
          <p class="hint">{t.files.save_stays}</p>
        </>
      ) : (
        <button
          type="button"
          class="link"
          data-fetch={file.number}
          aria-disabled={fetching.status === 'going'}
          onClick={() => void app.files.fetch(file.number, file.media_type)}
        >
          {t.files.fetch}
          <span class="unseen">: {file.name}</span>
        </button>
      )}
      {fetching_number === file.number && !here && <WorkStrip work={fetching} />}
    </li>
  );
}
