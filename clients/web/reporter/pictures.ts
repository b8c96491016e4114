// Pictures that are drawn anew: smaller, with parts covered, or because only the browser can read them.
// What a canvas gives back is a new picture: nothing of the old file is in it; and what browsers write beside it, from
// which they can be told apart (a colour profile, EXIF), is cut out too.
import { clean_jpeg } from '../cleaning/jpeg.ts';
import type { Session } from './session.ts';

export const kSmallBytes = 250_000;
const kSides = [2000, 1600, 1280, 1000, 800];
const kQualities = [0.82, 0.7, 0.6];
const kCoveredSideMax = 2400;

// A part of a picture, in shares of its width and height.
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

let honest: boolean | null = null;

// Against being recognised, some browsers hand noise out of every canvas: then a picture would be spoilt,
// and nothing here is offered. Asked once, with colours whose answer is known.
export function canvas_is_honest(): boolean {
  if (honest !== null) return honest;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 16;
  const pen = canvas.getContext('2d');
  if (!pen) return (honest = false);
  const colour = (i: number): readonly number[] => [(i * 37) % 256, (i * 91) % 256, (i * 151) % 256];
  for (let i = 0; i < 256; ++i) {
    pen.fillStyle = `rgb(${colour(i).join(',')})`;
    pen.fillRect(i % 16, i >> 4, 1, 1);
  }
  const seen = pen.getImageData(0, 0, 16, 16).data;
  honest = Array.from({ length: 256 }, (_, i) => colour(i)).every((wanted, i) => wanted.every((value, j) => seen[4 * i + j] === value));
  return honest;
}

type InTurn = Session['in_turn']; // what the browser does beside the page's thread waits for no turn, and nothing waits for it

// Upright, since the browser turns it as it opens it.
async function drawn(picture: Blob, in_turn: InTurn, side_max: number, covers: readonly Box[]): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(picture);
  return in_turn(() => {
    const scale = Math.min(1, side_max / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.fillStyle = '#fff'; // behind what is transparent: JPEG has no such thing
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    pen.fillStyle = '#000';
    for (const { x, y, width, height } of covers)
      pen.fillRect(
        Math.floor(x * canvas.width),
        Math.floor(y * canvas.height),
        Math.ceil(width * canvas.width),
        Math.ceil(height * canvas.height),
      );
    return canvas;
  });
}

async function packed(canvas: HTMLCanvasElement, in_turn: InTurn, quality: number): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!blob) throw new Error('not packed');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return in_turn(() => new Blob([clean_jpeg(bytes, new Set())]));
}

// As large as fits in kSmallBytes; the smallest there is where nothing does.
export async function smaller(picture: Blob, in_turn: InTurn, covers: readonly Box[] = []): Promise<Blob> {
  let best: Blob | null = null;
  for (const side of kSides) {
    const canvas = await drawn(picture, in_turn, side, covers);
    for (const quality of kQualities) {
      best = await packed(canvas, in_turn, quality);
      if (best.size <= kSmallBytes) return best;
    }
  }
  return best!;
}

// Black where it is covered: a blur can be undone, black can't.
export async function covered(picture: Blob, in_turn: InTurn, covers: readonly Box[]): Promise<Blob> {
  return packed(await drawn(picture, in_turn, kCoveredSideMax, covers), in_turn, 0.88);
}
