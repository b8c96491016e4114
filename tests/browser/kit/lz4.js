// LZ4 blocks, for reading what Firefox keeps of a session (mozLz4: eight bytes of magic, the size in four).
const kMagic = Buffer.from('mozLz40\0');

export const is_moz_lz4 = (bytes) => bytes.subarray(0, kMagic.length).equals(kMagic);

export function read_moz_lz4(bytes) {
  const out = Buffer.alloc(bytes.readUInt32LE(kMagic.length));
  let from = kMagic.length + 4;
  let to = 0;
  const length = (nibble) => {
    let sum = nibble;
    if (nibble === 15)
      for (let more = 255; more === 255; sum += more) more = bytes[from++];
    return sum;
  };
  while (from < bytes.length) {
    const token = bytes[from++];
    const literals = length(token >> 4);
    bytes.copy(out, to, from, from + literals);
    from += literals;
    to += literals;
    if (from >= bytes.length) break; // the last sequence has no match
    const distance = bytes.readUInt16LE(from);
    from += 2;
    for (let left = length(token & 15) + 4; left > 0; left -= 1, to += 1) out[to] = out[to - distance];
  }
  return out.subarray(0, to);
}
