// Files between being chosen and being sent: cleaned, made smaller, covered in parts. What the reporter
// sees here is what is sent.
import { clean, kCleanedBytesMax } from '../cleaning/clean.ts';
import { kEveryCleaner } from '../cleaning/every_kind.ts';
import type { FileKind, Removed, Trouble } from '../cleaning/finding.ts';
import { kFileBytesMax, type Files } from './files.ts';
import { canvas_is_honest, covered, kSmallBytes, smaller, type Box } from './pictures.ts';
import type { Session } from './session.ts';
import { in_steps } from './steps.ts';

export interface Prepared {
  readonly id: number;
  readonly chosen: File | null; // as it was chosen; sent only where the reporter says so
  readonly clean: File | null; // without what tells, in its full size
  readonly sent: File | null; // stands in the list of files to be sent
  readonly trouble: Trouble | null; // not cleaned, and not decided upon
  readonly as_it_is: boolean;
  readonly removed: readonly Removed[];
  readonly url: string | null; // of what is sent, to look at or listen to
  readonly sound: boolean;
  readonly smaller: boolean;
  readonly covered: boolean;
  readonly covering: boolean; // boxes are being drawn: not sent before they are in it
}

const kTypes: Readonly<Record<Exclude<FileKind, 'office'>, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  pdf: 'application/pdf',
  wav: 'audio/wav',
};
const kEndings: Readonly<Record<Exclude<FileKind, 'office'>, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  pdf: 'pdf',
  wav: 'wav',
};
const kOffice = /\.(docx|dotx|xlsx|xltx|pptx|potx|odt|ott|ods|ots|odp|otp|odg)$/i;
// Drawn anew they stand still, or lose nothing.
const kShrinks: readonly FileKind[] = ['jpeg', 'png', 'webp'];

interface Host {
  readonly prepared: () => readonly Prepared[];
  readonly set_prepared: (prepared: readonly Prepared[]) => void;
  readonly in_turn: Session['in_turn']; // taking a file apart, or drawing one, holds up no frame
}

export class Preparing {
  recording = false; // one is made, or was heard and neither taken nor thrown away
  private readonly files_: Files;
  private readonly host_: Host;
  private last_: Promise<void> = Promise.resolve();
  private count_ = 0;
  private round_ = 0; // one more with every `forget`
  private forgotten_ = 0; // how many had been added by then: names count anew, ids never come again

  constructor(files: Files, host: Host) {
    this.files_ = files;
    this.host_ = host;
  }

  // One after another: a page holds a file three times over while it is cleaned.
  take(files: readonly File[]): void {
    this.files_.choose(files.filter((file) => file.size > kFileBytesMax)); // which names them
    for (const chosen of files.filter((file) => file.size <= kFileBytesMax)) {
      const id = this.add({ chosen });
      const round = this.round_;
      this.last_ = this.last_.then(async () => {
        if (round !== this.round_ || !this.find(id)) return;
        // Of too little memory, too: the files behind it wait for their turn.
        await this.prepare(id, chosen).catch(() => this.change(id, { trouble: 'broken' }));
      });
    }
  }

  // A recording, disguised; or about to be, where somebody looks elsewhere meanwhile.
  async take_recording(made: Promise<Uint8Array<ArrayBuffer>>): Promise<void> {
    const id = this.add({ sound: true });
    try {
      this.send(id, new File([await made], `recording-${this.nth(id)}.wav`, { type: kTypes.wav }), {});
    } catch {
      this.change(id, { trouble: 'broken' });
    }
  }

  // Something is not decided, or not ready.
  undecided(): boolean {
    return this.recording || this.host_.prepared().some((file) => file.sent === null || this.is_covering(file.sent));
  }
  send_as_it_is(id: number): void {
    const chosen = this.find(id)?.chosen;
    if (chosen) this.send(id, chosen, { as_it_is: true, trouble: null });
  }
  remove(id: number): void {
    const file = this.find(id);
    if (!file) return;
    if (file.sent) this.files_.remove(file.sent);
    if (file.url) URL.revokeObjectURL(file.url);
    this.host_.set_prepared(this.host_.prepared().filter((other) => other.id !== id));
  }
  full_size(id: number): void {
    const clean = this.find(id)?.clean;
    if (clean) this.send(id, clean, { smaller: false, covered: false });
  }
  // The editor of boxes is open on it, and opens again for whoever comes back to the screen.
  begin_covering(id: number): void {
    this.change(id, { covering: true });
  }
  // Of what is in the list: what arrived before the editor opened is past covering.
  is_covering(file: File): boolean {
    return this.files_.has(file) && this.host_.prepared().some(({ sent, covering }) => covering && sent === file);
  }
  // What was covered before stays covered: it is drawn on what is sent.
  async cover(id: number, boxes: readonly Box[]): Promise<void> {
    const file = this.find(id);
    const sent = file?.sent;
    this.change(id, { covering: false });
    if (!sent || boxes.length === 0) return;
    // Whoever sends at this moment does not send it as it was.
    this.files_.remove(sent);
    this.change(id, { sent: null });
    try {
      const drawn = await (file.smaller ? smaller : covered)(sent, this.host_.in_turn, boxes);
      // The picture beneath goes from the page too.
      this.send(id, named(drawn, this.nth(id)), { covered: true, clean: null, chosen: null });
    } catch {
      this.change(id, { trouble: 'broken' }); // too little memory: the reporter decides
    }
  }

  // Called before the state is emptied.
  forget(): void {
    this.recording = false;
    this.round_ += 1;
    this.forgotten_ = this.count_;
    for (const { url } of this.host_.prepared()) if (url) URL.revokeObjectURL(url);
  }

  private async prepare(id: number, chosen: File): Promise<void> {
    const found = chosen.size > kCleanedBytesMax ? null : await read(chosen);
    const nth = this.nth(id);
    const done = found && (await in_steps(this.host_.in_turn, (rest) => clean(found, kEveryCleaner, rest)));
    if (!done) return this.change(id, { trouble: found === null ? 'too_large' : 'broken' });
    if (!done.ok) {
      const drawn = done.error === 'heic' ? await this.redrawn(chosen) : null;
      if (!drawn) return this.change(id, { trouble: done.error });
      return this.send(id, named(drawn, nth), { removed: ['other'], smaller: true });
    }
    const { kind, bytes, removed } = done.value;
    const file =
      kind === 'office'
        ? office(chosen, bytes, nth)
        : new File([bytes], `${word(kind)}-${nth}.${kEndings[kind]}`, { type: kTypes[kind] });
    const small = kShrinks.includes(kind) && file.size > 1.2 * kSmallBytes ? await this.redrawn(chosen) : null;
    const is_smaller = small !== null && small.size < file.size;
    this.send(id, is_smaller ? named(small, nth) : file, {
      clean: file,
      removed: [...removed],
      smaller: is_smaller,
      sound: kind === 'wav',
    });
  }

  private async redrawn(picture: Blob): Promise<Blob | null> {
    try {
      return canvas_is_honest() ? await smaller(picture, this.host_.in_turn) : null;
    } catch {
      return null; // no picture to this browser
    }
  }

  private add(begin: Partial<Prepared>): number {
    const id = ++this.count_;
    const none = { chosen: null, clean: null, sent: null, trouble: null, as_it_is: false, removed: [], url: null, sound: false, smaller: false, covered: false, covering: false };
    this.host_.set_prepared([...this.host_.prepared(), { ...none, id, ...begin }]);
    return id;
  }
  private nth(id: number): number {
    return id - this.forgotten_;
  }
  private find(id: number): Prepared | undefined {
    return this.host_.prepared().find((file) => file.id === id);
  }
  private change(id: number, change: Partial<Prepared>): void {
    this.host_.set_prepared(this.host_.prepared().map((file) => (file.id === id ? { ...file, ...change } : file)));
  }
  private send(id: number, sent: File, change: Partial<Prepared>): void {
    const before = this.find(id);
    if (!before) return;
    if (before.url) URL.revokeObjectURL(before.url);
    this.files_.replace(before.sent, sent);
    const shown = /^(image\/(jpeg|png|gif|webp)|audio\/wav)$/.test(sent.type) && !change.as_it_is;
    this.change(id, { ...change, sent, url: shown ? URL.createObjectURL(sent) : null });
  }
}

async function read(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined; // gone, or not to be read any more
  }
}

// Names tell as well: a new one, the same in every language.
function named(picture: Blob, nth: number): File {
  return new File([picture], `picture-${nth}.jpg`, { type: kTypes.jpeg });
}
function word(kind: FileKind): string {
  return kind === 'pdf' ? 'document' : kind === 'wav' ? 'recording' : 'picture';
}
function office(chosen: File, bytes: Uint8Array<ArrayBuffer>, nth: number): File {
  const ending = kOffice.exec(chosen.name)?.[0].toLowerCase() ?? '.zip';
  return new File([bytes], `document-${nth}${ending}`, { type: kOffice.test(chosen.name) ? chosen.type : '' });
}
