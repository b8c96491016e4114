// Files that one entry brought: fetched when asked for; then shown as what they are, or saved by hand.
import { filesOf, shownName, type FoundFile } from '../../core/attached_files.ts';
import { size_text } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { place_of, type Fetched } from '../shelf.ts';
import { WorkLine } from './work_line.tsx';
import { Written } from './written.tsx';

function OnTheShelf({ here }: { here: Fetched }) {
  const { t } = use_case();
  return (
    <>
      {here.picture && <img src={here.picture} alt={t.files.picture(here.name)} />}
      {here.too_large && <p class="hint">{t.files.too_large}</p>}
      {here.text && (
        <details>
          <summary>{t.files.as_text}</summary>
          <Written text={here.text} />
        </details>
      )}
      <a class="link" href={here.url} download={here.name}>
        {t.files.save}
        <span class="unseen">: {here.name}</span>
      </a>{' '}
      <span class="hint">{t.files.stays}</span>
    </>
  );
}

function OneFile({ found }: { found: FoundFile }) {
  const { app, view, t } = use_case();
  const here = view.shelf.get(found);
  const work_name = `file ${place_of(found)}`;
  const work = app.working(work_name);
  const name = shownName(found.file);
  const { progress } = work;
  return (
    <li>
      <bdi translate={false}>{name}</bdi> <span class="hint">{size_text(found.file.size, t.code)}</span>{' '}
      {here ? (
        <OnTheShelf here={here} />
      ) : (
        <button
          type="button"
          class="link"
          data-fetch={found.number}
          aria-disabled={work.status === 'going'}
          onClick={() => void view.fetch_file(found)}
        >
          {t.files.fetch}
          <span class="unseen">: {name}</span>
        </button>
      )}
      {work.status === 'going' && progress && (
        <span class="hint"> {t.files.fetching(Math.floor((100 * progress.done) / progress.total))}</span>
      )}
      <WorkLine name={work_name} />
    </li>
  );
}

export function CaseFiles({ seq }: { seq: number }) {
  const { open } = use_case();
  const found = filesOf(open.fetched.opened).filter(({ entry }) => entry.entry.header.seq === seq);
  return (
    <ul class="file-list">
      {found.map((one) => (
        <OneFile key={place_of(one)} found={one} />
      ))}
    </ul>
  );
}
