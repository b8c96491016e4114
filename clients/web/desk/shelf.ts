// Files of the open case that were fetched: shown when they are pictures or plain text, saved by hand, never run. What
// they are is decided by their bytes, not by what their sender calls them.
import { shownName, type FoundFile } from '../core/attached_files.ts';
import type { OpenedCase } from '../core/case_log.ts';
import type { Controller } from './controller.ts';
import { picture_of } from './picture.ts';
import type { DeskSession } from './session.ts';

export interface Fetched {
  readonly name: string;
  readonly url: string; // of the bytes, as something to save
  readonly picture: string; // the same to be shown; empty when it is no picture, or too large to draw
  readonly too_large: boolean; // a picture that would take more memory than a page should give it
  readonly text: string; // when it is plain text, and short enough to read here
}

const kTextBytesMax = 262_144;
// Never opened by the browser, whatever its sender says it is.
const kToSave = 'application/octet-stream';

// Where a file stands in its case. Its number counts what this person may read, and goes up when they may read more.
export const place_of = ({ entry, numberInEntry }: FoundFile): string => `${entry.entry.header.seq}/${numberInEntry}`;

export class Shelf {
  private readonly fetched_ = new Map<string, Fetched>(); // by place_of()
  private round_ = 0; // one more with every `clear`: what comes later belongs to a case that is closed

  constructor(
    private readonly session_: DeskSession,
    private readonly app_: Controller,
  ) {}

  get(found: FoundFile): Fetched | undefined {
    return this.fetched_.get(place_of(found));
  }

  fetch(found: FoundFile, opened: OpenedCase): Promise<boolean> {
    const { round_: round } = this;
    return this.app_.run(`file ${place_of(found)}`, async (work) => {
      const progress = (done: number, total: number): void => work.progress({ done, total, seconds_left: 0 });
      const parts = await this.session_.fetch_file(opened, found, progress);
      const fetched = await shelved(shownName(found.file), parts);
      if (round === this.round_) this.fetched_.set(place_of(found), fetched);
      else let_go(fetched);
    });
  }

  clear(): void {
    this.round_ += 1;
    for (const fetched of this.fetched_.values()) let_go(fetched);
    this.fetched_.clear();
  }
}

function let_go({ url, picture }: Fetched): void {
  URL.revokeObjectURL(url);
  if (picture) URL.revokeObjectURL(picture);
}

async function shelved(name: string, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Fetched> {
  const whole = new Blob([...parts], { type: kToSave });
  const url = URL.createObjectURL(whole);
  const head = new Uint8Array(await whole.slice(0, kTextBytesMax).arrayBuffer());
  const { type, fits } = picture_of(head);
  const picture = type !== '' && fits ? URL.createObjectURL(new Blob([...parts], { type })) : '';
  const text = type === '' && whole.size <= kTextBytesMax ? plain_text(head) : '';
  return { name, url, picture, too_large: type !== '' && !fits, text };
}

// UTF-8 without control characters; empty for everything else.
function plain_text(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(text) ? '' : text;
  } catch {
    return '';
  }
}
