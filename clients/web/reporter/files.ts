// Files on their way in and out, as the screens see them. A chosen file is referenced, not kept: it
// stays where it is until it is read to be sent.
import { fits } from '../page/picture_bound.ts';
import { elsewhere, kDone, kIdle, type WorkState } from '../page/work.ts';
import type { AttachHow, CaseView, Session } from './session.ts';
import { UntilForgotten } from './until_forgotten.ts';

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

// The browser reads a picture's size before it draws anything of it.
const may_be_drawn = (url: string): Promise<boolean> =>
  new Promise((tell) => {
    const image = new Image();
    image.onload = () => tell(fits(image.naturalWidth, image.naturalHeight));
    image.onerror = () => tell(false);
    image.src = url;
  });

// What the app lends to this part of it.
interface Host {
  readonly files: () => FilesState;
  readonly set_files: (change: Partial<FilesState>) => void;
  readonly set_view: (view: CaseView) => void;
  readonly is_covering: (file: File) => boolean; // somebody is drawing over it
}

export class Files {
  private readonly session_: Session;
  private readonly host_: Host;
  private readonly until_forgotten_ = new UntilForgotten();
  // Chosen when sending was asked for: where it goes, however often it is tried, and how, as was asked last. What comes
  // later waits for that.
  private readonly wanted_ = new WeakMap<File, Pick<AttachHow, 'to' | 'covered'>>();

  constructor(session: Session, host: Host) {
    this.session_ = session;
    this.host_ = host;
  }

  choose(files: readonly File[]): void {
    const fit = files.filter((file) => file.size <= kFileBytesMax);
    this.list([...this.host_.files().chosen, ...fit], {
      too_large: files.filter((file) => !fit.includes(file)).map((file) => file.name),
    });
  }
  // In its place, or behind the others.
  replace(old: File | null, file: File): void {
    const { chosen } = this.host_.files();
    this.list(chosen.includes(old!) ? chosen.map((other) => (other === old ? file : other)) : [...chosen, file]);
  }
  remove(file: File): void {
    this.list(this.without(file), { too_large: [] });
  }
  has(file: File): boolean {
    return this.host_.files().chosen.includes(file);
  }

  // What all of them take together within the rhythm.
  seconds(): number {
    return this.session_.seconds_for(this.host_.files().chosen.map((file) => file.size));
  }
  // Short enough, they go covered, unasked.
  may_choose(): boolean {
    return this.seconds() > kChoiceSecondsMin;
  }
  // Too long to be sent covered, and nothing else chosen.
  must_choose(): boolean {
    return this.seconds() > kCoveredSecondsMax && !this.host_.files().uncovered;
  }

  // One after another; each leaves the list when the case has it, and one that is taken off it, or drawn over, while it
  // goes is stopped. `words`: of the case that was just filed; null: of the open one. `chosen`: when sending was asked
  // for.
  async attach(to: FilePlace, words: readonly string[] | null, chosen = this.host_.files().chosen): Promise<boolean> {
    const { files: now, set_files: set, set_view } = this.host_;
    const covered = !(now().uncovered && this.may_choose());
    for (const file of chosen) this.wanted_.set(file, { to, ...this.wanted_.get(file), covered });
    const goes = (file: File): boolean => this.has(file) && this.wanted_.has(file) && !this.host_.is_covering(file);
    const next = (): File | undefined => now().chosen.find(goes);
    if (!next()) return false;
    return this.until_forgotten_.run(now().attaching, (attaching) => set({ attaching }), async ({ progress }, show) => {
      let ended = kIdle; // nothing arrived where everything was taken off the list
      for (let sent = next(); sent && show(() => {}); sent = next()) {
        const file = sent;
        let stopped = false; // for good, also where it goes again meanwhile
        const stays = (): boolean => !(stopped ||= !goes(file));
        try {
          const view = await this.session_.attach(file, { words, stays, ...this.wanted_.get(file)! }, progress);
          if (view) show(() => set_view(view));
          show(() => this.list(this.without(file)));
          ended = kDone;
        } catch (error) {
          if (stays()) throw error;
        }
      }
      show(() => set({ uncovered: false }));
      return ended;
    });
  }

  private without(file: File): readonly File[] {
    return this.host_.files().chosen.filter((other) => other !== file);
  }
  // What was chosen for files that take long does not outlive them, nor does what was told of how they went.
  private list(chosen: readonly File[], change: Partial<FilesState> = {}): void {
    this.host_.set_files({ ...change, chosen, attaching: elsewhere(this.host_.files().attaching) });
    if (!this.may_choose()) this.host_.set_files({ uncovered: false });
  }

  async fetch(number: number, media_type: string): Promise<void> {
    const { files: now, set_files: set } = this.host_;
    const tell = (fetching: WorkState): void => set({ fetching, fetching_number: number });
    await this.until_forgotten_.run(now().fetching, tell, async ({ progress }, show) => {
      const parts = await this.session_.fetch_file(number, progress);
      const shown = kPictures.includes(media_type);
      // Of any other type a page could be made that runs as ours.
      const url = URL.createObjectURL(new Blob([...parts], { type: shown ? media_type : kSomeBytes }));
      const picture = shown && (await may_be_drawn(url));
      if (!show(() => set({ fetched: { ...now().fetched, [number]: { url, picture } } }))) URL.revokeObjectURL(url);
    });
  }

  // Called before the state is emptied. What is on its way shows nothing any more, and no other file follows it: the
  // list may be another case's by then.
  forget(): void {
    this.until_forgotten_.forget();
    for (const { url } of Object.values(this.host_.files().fetched)) URL.revokeObjectURL(url);
  }
}
