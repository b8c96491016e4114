// What a picture is, and how large it would be once drawn, from its first bytes: before a decoder sees it.
import { fits } from '../page/picture_bound.ts';

export interface Picture {
  readonly type: string; // a media type; empty: no picture that is shown here
  readonly fits: boolean;
}

const kNone: Picture = { type: '', fits: false };

export function picture_of(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const read of [png, jpeg, gif, webp]) {
    const found = read(view);
    if (found) return { type: found.type, fits: fits(found.width, found.height) };
  }
  return kNone;
}

interface Sized {
  readonly type: string;
  readonly width: number; // 0: not found
  readonly height: number;
}

const begins = (view: DataView, at: number, text: string): boolean =>
  view.byteLength >= at + text.length && [...text].every((letter, i) => view.getUint8(at + i) === letter.charCodeAt(0));

// PNG §5.2, §11.2.2: the header chunk comes first.
function png(view: DataView): Sized | null {
  if (!begins(view, 0, '\u0089PNG\r\n\u001a\n')) return null;
  const whole = view.byteLength >= 24 && begins(view, 12, 'IHDR');
  return { type: 'image/png', width: whole ? view.getUint32(16) : 0, height: whole ? view.getUint32(20) : 0 };
}

// ITU-T T.81 B.1: segments up to a frame header, SOF0 to SOF15 without DHT, JPG and DAC. A marker that has no length,
// where a decoder would go on by another way than this, ends the search.
function jpeg(view: DataView): Sized | null {
  if (!begins(view, 0, '\u00ff\u00d8\u00ff')) return null;
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    while (at + 10 <= view.byteLength && view.getUint8(at + 1) === 0xff) ++at; // B.1.1.2: fill bytes
    const marker = view.getUint8(at + 1);
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9) || marker === 0xff) break;
    const is_frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (is_frame) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (view.getUint16(at + 2) < 2) break;
  }
  return { type: 'image/jpeg', width: 0, height: 0 };
}

// GIF89a §18 to §24: the screen, a table of colours, extensions, and the first image, to which browsers widen a screen
// that is smaller.
function gif(view: DataView): Sized | null {
  if (!begins(view, 0, 'GIF87a') && !begins(view, 0, 'GIF89a')) return null;
  const type = 'image/gif';
  const none = { type, width: 0, height: 0 };
  if (view.byteLength < 13) return none;
  const flags = view.getUint8(10);
  let at = 13 + ((flags & 0x80) !== 0 ? 3 << ((flags & 7) + 1) : 0);
  while (at + 2 < view.byteLength && view.getUint8(at) === 0x21) {
    at += 2;
    while (at < view.byteLength && view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  if (at + 9 > view.byteLength || view.getUint8(at) !== 0x2c) return none;
  const side = (screen: number, from: number, size: number): number =>
    Math.max(view.getUint16(screen, true), view.getUint16(at + from, true) + view.getUint16(at + size, true));
  return { type, width: side(6, 1, 5), height: side(8, 3, 7) };
}

// RFC 9649: the extended, the lossless and the plain kind say their size in different places.
function webp(view: DataView): Sized | null {
  if (!begins(view, 0, 'RIFF') || !begins(view, 8, 'WEBP') || view.byteLength < 30) return null;
  const type = 'image/webp';
  const three = (at: number): number => view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
  if (begins(view, 12, 'VP8X')) return { type, width: three(24) + 1, height: three(27) + 1 };
  if (begins(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}
