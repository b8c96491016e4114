// Files on their way in and out, as the screens see them. A chosen file is referenced, not kept: it
// stays where it is until it is read to be sent.
import { kind_of } from '../page/session_error.ts';
import { kIdle, Work, type WorkState } from '../page/work.ts';
import type { CaseView, Session } from './session.ts';

// rules: file_bytes_max. Told before anything of it is read.
export const kFileBytesMax = 104_857_600;
// Above this nobody keeps a page open in good faith: covered sending is not offered.
export const kCoveredSecondsMax = 20 * 60;
// Below this the choice would only be one more thing to worry about.
export const kChoiceSecondsMin = 3 * 60;

export type FilePlace = 'story' | 'talk';

export interface FetchedFile {
  readonly url: string; // blob:
  readonly picture: boolean; // may be shown; the rest can only be saved
}

export interface FilesState {
  readonly chosen: readonly File[]; // not in the case yet
  readonly too_large: readonly string[]; // names of those that were not taken
  readonly uncovered: boolean; // the reporter chose to be fast and seen
  readonly attaching: WorkState;
  readonly fetching: WorkState;
  readonly fetching_number: number | null;
  readonly fetched: Readonly<Record<number, FetchedFile>>; // by number in the case
}

export const kNoFiles: FilesState = {
  chosen: [],
  too_large: [],
  uncovered: false,
  attaching: kIdle,
  fetching: kIdle,
  fetching_number: null,
  fetched: {},
};

// Pictures that every browser shows and none runs.
const kPictures: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const kSomeBytes = 'application/octet-stream';

// What the app lends to this part of it.
interface Host {
  readonly files: () => FilesState;
  readonly set_files: (change: Partial<FilesState>) => void;
  readonly set_view: (view: CaseView) => void;
}

export class Files {
  private readonly session_: Session;
  private readonly host_: Host;
  private round_ = 0; // one more with every `forget`

  constructor(session: Session, host: Host) {
    this.session_ = session;
    this.host_ = host;
  }

  choose(files: readonly File[]): void {
    const { chosen } = this.host_.files();
    const fit = files.filter((file) => file.size <= kFileBytesMax);
    this.host_.set_files({
      chosen: [...chosen, ...fit],
      too_large: files.filter((file) => !fit.includes(file)).map((file) => file.name),
      attaching: kIdle,
    });
  }
  // In its place, or behind the others.
  replace(old: File | null, file: File): void {
    const { chosen } = this.host_.files();
    const here = old !== null && chosen.includes(old);
    this.host_.set_files({
      chosen: here ? chosen.map((other) => (other === old ? file : other)) : [...chosen, file],
      attaching: kIdle,
    });
  }
  remove(file: File): void {
    const { chosen } = this.host_.files();
    this.host_.set_files({ chosen: chosen.filter((other) => other !== file), too_large: [] });
  }

  // What all of them take together within the rhythm.
  seconds(): number {
    return this.session_.seconds_for(this.host_.files().chosen.map((file) => file.size));
  }
  // Too long to be sent covered, and nothing else chosen.
  must_choose(): boolean {
    return this.seconds() > kCoveredSecondsMax && !this.host_.files().uncovered;
  }

  // One after another; each leaves the list when the case has it. `words`: of the case that was just
  // filed; null: of the open one.
  async attach(to: FilePlace, words: readonly string[] | null): Promise<boolean> {
    const { files: now, set_files, set_view } = this.host_until_forgotten();
    if (now().attaching.status === 'going' || now().chosen.length === 0) return false;
    const covered = !now().uncovered;
    const round = this.round_;
    const work = new Work((attaching) => set_files({ attaching }));
    try {
      for (let file = now().chosen[0]; file && round === this.round_; file = now().chosen[0]) {
        const sent = file;
        const view = await this.session_.attach(sent, { to, words, covered }, work.progress);
        set_files({ chosen: now().chosen.filter((other) => other !== sent) });
        if (view) set_view(view);
      }
      work.finish();
      set_files({ uncovered: false });
      return round === this.round_;
    } catch (error) {
      work.fail(kind_of(error));
      return false;
    }
  }

  async fetch(number: number, media_type: string): Promise<void> {
    const { files: now, set_files } = this.host_until_forgotten();
    if (now().fetching.status === 'going') return;
    set_files({ fetching_number: number });
    const round = this.round_;
    const work = new Work((fetching) => set_files({ fetching }));
    try {
      const parts = await this.session_.fetch_file(number, work.progress);
      if (round !== this.round_) return;
      const picture = kPictures.includes(media_type);
      // Of any other type a page could be made that runs as ours.
      const url = URL.createObjectURL(new Blob([...parts], { type: picture ? media_type : kSomeBytes }));
      set_files({ fetched: { ...now().fetched, [number]: { url, picture } } });
      work.finish();
    } catch (error) {
      work.fail(kind_of(error));
    }
  }

  // Called before the state is emptied. What is on its way shows nothing any more, and no other file follows it: the
  // list may be another case's by then.
  forget(): void {
    this.round_ += 1;
    for (const { url } of Object.values(this.host_.files().fetched)) URL.revokeObjectURL(url);
  }

  private host_until_forgotten(): Host {
    const { files, set_files, set_view } = this.host_;
    const round = this.round_;
    const unless_forgotten = <T>(set: (change: T) => void) => (change: T): void => {
      if (round === this.round_) set(change);
    };
    return { files, set_files: unless_forgotten(set_files), set_view: unless_forgotten(set_view) };
  }
}
