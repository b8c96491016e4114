// What cleaning says about a file. Every value has its plain words in the catalogues.

// Found, and cut out.
export const kRemoved = [
  'position',
  'device', // make, model, serial number, programs
  'person', // author, owner, who changed it
  'time',
  'preview', // a small copy: it may show what was cropped away since
  'second', // a further picture, or a film, behind the one that is seen
  'text', // descriptions and remarks that are not seen
  'profile', // a colour profile that tells a screen or a camera apart
  'history', // what was deleted or changed before
  'embedded', // other files within
  'trailing', // bytes behind the end
  'other',
] as const;
export type Removed = (typeof kRemoved)[number];

// Why a file is not cleaned. It may still be sent as it is, when the reporter says so.
export const kTroubles = [
  'broken', // cut off, damaged, or not what it says
  'locked', // behind a password
  'macros',
  'too_large', // to be worked on in a page
  'heic', // a picture this browser can't open
  'old_office', // .doc, .xls, .ppt
  'film',
  'sound',
  'unknown', // no kind of file that is known here
  'old_browser', // can't unpack
] as const;
export type Trouble = (typeof kTroubles)[number];

export const kFileKinds = ['jpeg', 'png', 'webp', 'gif', 'pdf', 'office', 'wav'] as const;
export type FileKind = (typeof kFileKinds)[number];

export interface Cleaned {
  readonly kind: FileKind;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly removed: ReadonlySet<Removed>;
}

// Thrown where a file can't be read on, caught in one place (clean.ts): a file is clean as a whole or not
// at all, so nothing between has anything to say about it.
export class Unclean extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

export function broken(): never {
  throw new Unclean('broken');
}
