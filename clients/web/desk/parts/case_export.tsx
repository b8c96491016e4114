// On paper, or as a ZIP of the case file. Both only by the adviser's own hand.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Compartment } from '../../generated/rules.ts';
import { use_case } from '../app_context.ts';
import { case_files, files_of, redacted, without } from '../case_file.ts';
import { zip } from '../zip.ts';
import { WorkLine } from './work_line.tsx';

interface Made {
  readonly url: string;
  readonly name: string;
  readonly files: number;
}

export function CaseExport() {
  const { app, view, open, t } = use_case();
  const [made, set_made] = useState<Made | null>(null);
  const [less, set_less] = useState(false);
  const asked = useRef(0); // one more with every change of mind, and when the case is left
  useEffect(() => () => void (asked.current += 1), []);
  // What is printed, by the button or by the browser's own keys, is less then, too (style/print.css).
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-redacted', less);
    return () => document.documentElement.removeAttribute('data-redacted');
  }, [less]);
  useEffect(() => () => {
    if (made) URL.revokeObjectURL(made.url);
  }, [made]);

  const make = async (): Promise<void> => {
    const { session } = app;
    const { current: begun } = asked;
    const { fetched, identity_shown, row, state } = open;
    // Who the reporter is leaves with the file only where it was opened, and that recorded.
    const out = identity_shown ? [] : [Compartment.identity];
    const left = less ? redacted(fetched.opened) : without(fetched.opened, out);
    const attached = less ? [] : await files_of(left, (found) => session.fetch_file(left, found, () => {}));
    const files = case_files(left, state, attached, session.today);
    if (begun !== asked.current) return; // nobody would see it, or they would take it for what they chose since
    const url = URL.createObjectURL(new Blob([zip(files)], { type: 'application/octet-stream' }));
    set_made({ url, name: `${row.name}${less ? '-redacted' : ''}.zip`, files: files.length });
  };
  return (
    <details class="fold" id="fold-export">
      <summary>{t.export.title}</summary>
      <p class="hint">{t.export.warn}</p>
      <label class="tick-line">
        <input
          type="checkbox"
          id="redacted"
          checked={less}
          autocomplete="off"
          onChange={() => {
            asked.current += 1;
            set_less(!less);
            set_made(null);
          }}
        />
        <span>
          {t.export.redacted} <span class="hint">{t.export.redacted_line}</span>
        </span>
      </label>
      <WorkLine name="export" />
      <div class="actions">
        <button type="button" class="button button-quiet" id="zip" onClick={() => void view.hold(() => app.run('export', make))}>
          {t.export.zip}
        </button>
        <button type="button" class="button button-quiet" id="print" onClick={() => window.print()}>
          {t.export.print}
        </button>
      </div>
      {made && (
        <p role="status">
          {t.export.made(made.files)}{' '}
          <a class="link" id="zip-file" href={made.url} download={made.name}>
            {t.files.save}
            <span class="unseen">: {made.name}</span>
          </a>
        </p>
      )}
    </details>
  );
}
