// Pictures that are drawn anew: smaller, with parts covered, or because only the browser can read them.
// What a canvas gives back is a new picture: nothing of the old file is in it; and what browsers write beside it, from
// which they can be told apart (a colour profile, EXIF), is cut out too.
import { clean_jpeg } from '../cleaning/jpeg.ts';

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

// Upright, since the browser turns it as it opens it.
async function drawn(picture: Blob, side_max: number, covers: readonly Box[] = []): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(picture);
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
    pen.fillRect(Math.floor(x * canvas.width), Math.floor(y * canvas.height), Math.ceil(width * canvas.width), Math.ceil(height * canvas.height));
  return canvas;
}

async function packed(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!blob) throw new Error('not packed');
  return new Blob([clean_jpeg(new Uint8Array(await blob.arrayBuffer()), new Set())]);
}

// As large as fits in kSmallBytes; the smallest there is where nothing does.
export async function smaller(picture: Blob, covers: readonly Box[] = []): Promise<Blob> {
  let best: Blob | null = null;
  for (const side of kSides) {
    const canvas = await drawn(picture, side, covers);
    for (const quality of kQualities) {
      best = await packed(canvas, quality);
      if (best.size <= kSmallBytes) return best;
    }
  }
  return best!;
}

// Black where it is covered: a blur can be undone, black can't.
export async function covered(picture: Blob, covers: readonly Box[]): Promise<Blob> {
  return packed(await drawn(picture, kCoveredSideMax, covers), 0.88);
}
