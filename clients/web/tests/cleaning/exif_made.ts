// EXIF as phones write it: make, model, serial number, maker's notes, position, times, a thumbnail.
import { concat } from '../../core/crypto/bytes.ts';
import { from_latin1, number_bytes } from '../../cleaning/reader.ts';

type Value = string | number | Uint8Array | readonly (readonly [number, number])[];
type Tags = readonly (readonly [tag: number, value: Value])[];

const kSizes = { 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 } as const;

function encoded(value: Value, little: boolean): { type: keyof typeof kSizes; data: Uint8Array } {
  if (typeof value === 'string') return { type: 2, data: from_latin1(`${value}\0`) };
  if (typeof value === 'number')
    return value < 65536 ? { type: 3, data: number_bytes(little, [2, value]) } : { type: 4, data: number_bytes(little, [4, value]) };
  if (value instanceof Uint8Array) return { type: 7, data: value };
  return { type: 5, data: concat(...value.map(([above, below]) => number_bytes(little, [4, above], [4, below]))) };
}

// One folder at `at`, what does not fit behind it.
function folder(tags: Tags, at: number, next: number, little: boolean): Uint8Array {
  const entries: Uint8Array[] = [];
  const behind: Uint8Array[] = [];
  let place = at + 2 + 12 * tags.length + 4;
  for (const [tag, value] of [...tags].sort(([a], [b]) => a - b)) {
    const { type, data } = encoded(value, little);
    const inline = data.length <= 4;
    const field = inline ? concat(data, new Uint8Array(4 - data.length)) : number_bytes(little, [4, place]);
    entries.push(concat(number_bytes(little, [2, tag], [2, type], [4, data.length / kSizes[type]]), field));
    if (!inline) {
      behind.push(data);
      place += data.length;
    }
  }
  return concat(number_bytes(little, [2, tags.length]), ...entries, number_bytes(little, [4, next]), ...behind);
}

export function phone_exif(orientation: number, little: boolean, thumbnail: Uint8Array): Uint8Array {
  const order = from_latin1(little ? 'II' : 'MM');
  const exif_at = 1024;
  const position_at = 2048;
  const small_at = 3072;
  const whole = new Uint8Array(4096 + thumbnail.length);
  whole.set(concat(order, number_bytes(little, [2, 42], [4, 8])));
  const main: Tags = [
    [0x010e, 'kantine bureau Noord'],
    [0x010f, 'Samsung'],
    [0x0110, 'SM-A546B'],
    [0x0112, orientation],
    [0x0131, 'A546BXXU7CXB2'],
    [0x0132, '2026:10:14 07:31:22'],
    [0x013b, 'J. Jansen'],
    [0x8298, 'J. Jansen'],
    [0x8769, exif_at],
    [0x8825, position_at],
  ];
  whole.set(folder(main, 8, small_at, little), 8);
  const exif: Tags = [
    [0x9000, from_latin1('0232')],
    [0x9003, '2026:10:14 07:31:22'],
    [0x9010, '+02:00'],
    [0x927c, from_latin1('Apple iOS\0\0\x01MM\0\x01\0\x0b\0\x02\0\0\0\x20R5CW30ABCDE-this-is-a-makers-note')],
    [0x9286, from_latin1('ASCII\0\0\0bij de kluisjes')],
    [0xa430, 'J. Jansen'],
    [0xa431, 'R5CW30ABCDE'],
    [0xa433, 'Samsung'],
  ];
  whole.set(folder(exif, exif_at, 0, little), exif_at);
  const position: Tags = [
    [0x0001, 'N'],
    [0x0002, [[52, 1], [22, 1], [1272, 100]]],
    [0x0003, 'E'],
    [0x0004, [[4, 1], [53, 1], [4272, 100]]],
    [0x001d, '2026:10:14'],
  ];
  whole.set(folder(position, position_at, 0, little), position_at);
  const small: Tags = [
    [0x0103, 6],
    [0x0201, 4096],
    [0x0202, thumbnail.length],
  ];
  whole.set(folder(small, small_at, 0, little), small_at);
  whole.set(thumbnail, 4096);
  return whole;
}
