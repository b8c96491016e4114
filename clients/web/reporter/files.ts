// Files on their way in and out, as the screens see them. A chosen file is referenced, not kept: it
// stays where it is until it is read to be sent.
import { fits } from '../page/picture_bound.ts';
import { elsewhere, kDone, kIdle, type WorkState } from '../page/work.ts';
import type { CaseView, Session } from './session.ts';
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
}

export class Files {
  private readonly session_: Session;
  private readonly host_: Host;
  private readonly until_forgotten_ = new UntilForgotten();
  private readonly wanted_ = new WeakSet<File>(); // chosen when sending was asked for; what comes later waits for that

  constructor(session: Session, host: Host) {
    this.session_ = session;
    this.host_ = host;
  }

  choose(files: readonly File[]): void {
    const { chosen, attaching } = this.host_.files();
    const fit = files.filter((file) => file.size <= kFileBytesMax);
    this.host_.set_files({
      chosen: [...chosen, ...fit],
      too_large: files.filter((file) => !fit.includes(file)).map((file) => file.name),
      attaching: elsewhere(attaching),
    });
  }
  // In its place, or behind the others.
  replace(old: File | null, file: File): void {
    const { chosen, attaching } = this.host_.files();
    const here = old !== null && chosen.includes(old);
    this.host_.set_files({
      chosen: here ? chosen.map((other) => (other === old ? file : other)) : [...chosen, file],
      attaching: elsewhere(attaching),
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

  // One after another; each leaves the list when the case has it, and one that is taken off it while it goes is stopped.
  // `words`: of the case that was just filed; null: of the open one.
  async attach(to: FilePlace, words: readonly string[] | null): Promise<boolean> {
    const { files: now, set_files: set, set_view } = this.host_;
    for (const file of now().chosen) this.wanted_.add(file);
    const next = (): File | undefined => now().chosen.find((file) => this.wanted_.has(file));
    if (!next()) return false;
    const covered = !now().uncovered;
    return this.until_forgotten_.run(now().attaching, (attaching) => set({ attaching }), async ({ progress }, show) => {
      let ended = kIdle; // nothing arrived where everything was taken off the list
      for (let sent = next(); sent && show(() => {}); sent = next()) {
        const file = sent;
        const stays = (): boolean => now().chosen.includes(file);
        try {
          const view = await this.session_.attach(file, { to, words, covered, stays }, progress);
          if (view) show(() => set_view(view));
          ended = kDone;
        } catch (error) {
          if (stays()) throw error;
        }
        show(() => set({ chosen: now().chosen.filter((other) => other !== file) }));
      }
      show(() => set({ uncovered: false }));
      return ended;
    });
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
