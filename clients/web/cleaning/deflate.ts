// Packing and unpacking, by the browser's own hand, never to more than was allowed.
import { concat } from '../core/crypto/bytes.ts';
import { Unclean } from './finding.ts';

export type Packing = 'deflate' | 'deflate-raw'; // zlib's, and ZIP's

// Unpacks at most `most` bytes. What follows the packed bytes is an error, as the standard has it.
export async function unpack(packed: Uint8Array, packing: Packing, most: number): Promise<Uint8Array> {
  return run(packed, () => new DecompressionStream(packing), most);
}

export async function pack(bytes: Uint8Array, packing: Packing): Promise<Uint8Array> {
  return run(bytes, () => new CompressionStream(packing), Infinity);
}

type Through = ReadableWritablePair<Uint8Array, BufferSource>;

async function run(bytes: Uint8Array, stream: () => Through, most: number): Promise<Uint8Array> {
  let through: Through;
  try {
    through = stream();
  } catch {
    throw new Unclean('old_browser');
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(through).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > most) throw new Unclean('too_large');
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    throw error instanceof Unclean ? error : new Unclean('broken');
  }
  return concat(...parts);
}
