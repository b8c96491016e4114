// CRC-32 as in PNG (ISO 15948, annex D) and ZIP.
import type { Rest } from './clean.ts';

const kTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; ++k) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

const kBytesAtOnce = 1 << 14;

export async function crc32(bytes: Uint8Array, rest?: Rest): Promise<number> {
  let crc = ~0;
  for (let i = 0; i < bytes.length; ++i) {
    if (i % kBytesAtOnce === 0) await rest?.();
    crc = kTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
