// WAV: keeps the format and the sound. RIFF, as Microsoft and IBM published it in 1991.
import { concat } from '../core/crypto/bytes.ts';
import { note_text } from './exif.ts';
import { broken, type Removed } from './finding.ts';
import { from_latin1, number_bytes, Reader } from './reader.ts';
import { chunk, chunks } from './webp.ts';

export function clean_wav(bytes: Uint8Array, removed: Set<Removed>): Uint8Array<ArrayBuffer> {
  const size = new Reader(bytes, 4, true).u32() + 8;
  if (size > bytes.length) broken();
  if (bytes.length > size + (size & 1)) removed.add('trailing');
  const kept = new Map<string, Uint8Array>();
  for (const [name, data] of chunks(bytes.subarray(12, size))) {
    if (name === 'fmt ' || name === 'data' || name === 'fact') kept.set(name, chunk(name, data));
    else note_text(data, removed);
  }
  if (!kept.has('fmt ') || !kept.has('data')) broken();
  const body = concat(from_latin1('WAVE'), ...kept.values());
  return concat(from_latin1('RIFF'), number_bytes(true, [4, body.length]), body) as Uint8Array<ArrayBuffer>;
}
