// QR codes (ISO/IEC 18004), as much as a phrase and an address need: bytes, error correction M, versions 1 to 9. A
// library for every kind of code and format would be a twentieth of all that the reporter's app may weigh; its decoder
// reads ours in the tests.

type Grid = boolean[][]; // [row][column]; true is dark

const kVersionMax = 9;
// Of level M, by version: codewords that correct, in each block, and blocks.
const kCorrecting = [10, 16, 26, 18, 24, 16, 18, 22, 22];
const kBlocks = [1, 1, 1, 2, 2, 4, 4, 4, 5];
const kCodewords = [26, 44, 70, 100, 134, 172, 196, 242, 292];
const kByteMode = 0b0100;
const kLevelM = 0b00;
const kFormatMask = 0x5412;
const kPrimitive = 0x11d; // x^8 + x^4 + x^3 + x^2 + 1

const kMasks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

// Rows of modules, without the quiet zone. Throws for more than 180 bytes.
export function qrCode(text: string): Grid {
  const bytes = new TextEncoder().encode(text);
  const version = kCodewords.findIndex((_, i) => bytes.length + 2 <= dataCodewords(i + 1)) + 1;
  if (version === 0 || version > kVersionMax) throw new Error('more than a code holds');
  const codewords = interleaved(dataOf(bytes, version), version);
  const grids = kMasks.map((_, mask) => drawn(codewords, version, mask));
  return grids.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best));
}

const dataCodewords = (version: number): number =>
  kCodewords[version - 1]! - kCorrecting[version - 1]! * kBlocks[version - 1]!;

// Mode, length, bytes, the end; then padding. All of it four bits off the bytes' own borders.
function dataOf(bytes: Uint8Array, version: number): number[] {
  const nibbles = [kByteMode, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const data: number[] = [];
  for (let i = 0; i < nibbles.length; i += 2) data.push((nibbles[i]! << 4) | nibbles[i + 1]!);
  for (let pad = 0xec; data.length < dataCodewords(version); pad ^= 0xec ^ 0x11) data.push(pad);
  return data;
}

// Blocks beside each other, each with its own correction.
function interleaved(data: readonly number[], version: number): number[] {
  const blocks = kBlocks[version - 1]!;
  const short = Math.floor(data.length / blocks);
  const longs = data.length % blocks; // the last ones hold one more
  const generator = generatorOf(kCorrecting[version - 1]!);
  let at = 0;
  const parts = Array.from({ length: blocks }, (_, i) => {
    const part = data.slice(at, (at += short + (i >= blocks - longs ? 1 : 0)));
    return { part, correction: remainder(part, generator) };
  });
  const woven = (lists: readonly (readonly number[])[], length: number): number[] =>
    Array.from({ length }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
  return [
    ...woven(parts.map(({ part }) => part), short + 1),
    ...woven(parts.map(({ correction }) => correction), generator.length),
  ];
}

// In GF(2^8).
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; --bit) {
    product = (product << 1) ^ ((product >> 7) * kPrimitive);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}
// Reed-Solomon's, without its leading one.
function generatorOf(degree: number): number[] {
  let result = [...Array<number>(degree - 1).fill(0), 1];
  for (let root = 1, i = 0; i < degree; ++i, root = times(root, 2))
    result = result.map((one, j) => times(one, root) ^ (result[j + 1] ?? 0));
  return result;
}
function remainder(data: readonly number[], generator: readonly number[]): number[] {
  let rest = generator.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ rest[0]!;
    rest = generator.map((one, i) => times(one, factor) ^ (rest[i + 1] ?? 0));
  }
  return rest;
}

// Bits after a number that make it a word of the code with this generator.
function checked(number: number, generator: number, bits: number): number {
  let rest = number;
  for (let i = 0; i < bits; ++i) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator);
  return (number << bits) | rest;
}

function drawn(codewords: readonly number[], version: number, mask: number): Grid {
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const taken: Grid = grid.map((row) => [...row]);
  const set = (x: number, y: number, dark: boolean): void => {
    if (grid[y]?.[x] === undefined) return;
    grid[y][x] = dark;
    taken[y]![x] = true;
  };
  const squares = (x: number, y: number, rings: number, dark: (ring: number) => boolean): void => {
    for (let dy = -rings; dy <= rings; ++dy)
      for (let dx = -rings; dx <= rings; ++dx) set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (let i = 0; i < size; ++i) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const far = size - 7;
  const places = version === 1 ? [] : version < 7 ? [6, far] : [6, (6 + far) / 2, far];
  const is_corner = (x: number, y: number): boolean => (x === 6 && y === 6) || (x === 6 && y === far) || (x === far && y === 6);
  for (const x of places) for (const y of places) if (!is_corner(x, y)) squares(x, y, 2, (ring) => ring !== 1);
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) squares(x, y, 4, (ring) => ring !== 2 && ring !== 4);

  const format = checked((kLevelM << 3) | mask, 0x537, 10) ^ kFormatMask;
  for (let i = 0; i < 15; ++i) {
    const dark = ((format >> i) & 1) === 1;
    const along = i < 6 ? i : i < 8 ? i + 1 : i - 15 + size;
    set(8, along, dark);
    const back = i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i;
    set(back, 8, dark);
  }
  set(8, size - 8, true);
  const named = checked(version, 0x1f25, 12);
  for (let i = 0; version >= 7 && i < 18; ++i) {
    const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
    set(a, b, ((named >> i) & 1) === 1);
    set(b, a, ((named >> i) & 1) === 1);
  }

  let bit = 0;
  for (let right = size - 1; right >= 1; right -= right === 8 ? 3 : 2)
    for (let i = 0; i < size; ++i)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - i : i;
        if (taken[y]![x]) continue;
        const dark = ((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        grid[y]![x] = (dark === 1) !== kMasks[mask]!(x, y);
        ++bit;
      }
  return grid;
}

// How badly a code can be read: runs, blocks, what looks like a corner, more of one shade.
function penalty(grid: Grid): number {
  const size = grid.length;
  const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x]!))].map((line) => line.map(Number).join(''));
  let sum = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    for (const pattern of ['10111010000', '00001011101'])
      for (let at = line.indexOf(pattern); at >= 0; at = line.indexOf(pattern, at + 1)) sum += 40;
  }
  for (let y = 1; y < size; ++y)
    for (let x = 1; x < size; ++x) {
      const same = grid[y]![x];
      if (same === grid[y - 1]![x] && same === grid[y]![x - 1] && same === grid[y - 1]![x - 1]) sum += 3;
    }
  const dark = grid.flat().filter(Boolean).length / size ** 2;
  return sum + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}
