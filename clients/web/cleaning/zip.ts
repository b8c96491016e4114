// ZIP, as office files use it: every part is unpacked, shown to whoever cleans, and packed anew, without
// times, systems, further fields or remarks. PKWARE's APPNOTE 6.3.10, §4.
import { concat } from '../core/crypto/bytes.ts';
import type { Rest } from './clean.ts';
import { crc32 } from './crc32.ts';
import { pack, unpack } from './deflate.ts';
import { broken, Unclean } from './finding.ts';
import { latin1, number_bytes, Reader } from './reader.ts';

const kPartsMax = 4096;
export const kUnpackedMax = 200_000_000; // bytes of all parts together

const kLocal = 0x04034b50;
const kCentral = 0x02014b50;
const kEnd = 0x06054b50;
const kEndMax = 22 + 65_535; // with a remark
const kEncrypted = 0x1;
const kUtf8 = 0x800;
const kStored = 0;
const kDeflated = 8;
const kNewYear1980 = 0x21; // the first day that ZIP knows

interface Place {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed_size: number;
  readonly size: number;
  readonly offset: number;
}

export class Zip {
  private readonly bytes_: Uint8Array;
  private readonly places_ = new Map<string, Place>();
  private unpacked_left_ = kUnpackedMax;

  constructor(
    bytes: Uint8Array,
    private readonly rest_?: Rest,
  ) {
    this.bytes_ = bytes;
    const end = new Reader(bytes, end_of(bytes) + 8);
    const central = new Reader(bytes, 0, true);
    const fields = new Reader(end.take(14), 2, true);
    const count = fields.u16();
    fields.u32();
    central.at = fields.u32();
    if (count === 0 || count > kPartsMax) broken();
    for (let i = 0; i < count; ++i) {
      const place = read_place(central);
      if (this.places_.has(place.name)) broken(); // which of the two is read depends on the reader
      this.places_.set(place.name, place);
    }
  }

  names(): readonly string[] {
    return [...this.places_.keys()];
  }
  has(name: string): boolean {
    return this.places_.has(name);
  }

  async part(name: string): Promise<Uint8Array> {
    const place = this.places_.get(name) ?? broken();
    const local = new Reader(this.bytes_, place.offset, true);
    if (local.u32() !== kLocal) broken();
    local.take(22);
    const name_size = local.u16();
    local.take(local.u16() + name_size);
    const packed = local.take(place.packed_size);
    const data =
      place.method === kStored
        ? packed
        : place.method === kDeflated
          ? await unpack(packed, 'deflate-raw', Math.min(this.unpacked_left_, place.size))
          : broken();
    this.unpacked_left_ -= data.length;
    if (this.unpacked_left_ < 0) throw new Unclean('too_large');
    if (data.length !== place.size || (await crc32(data, this.rest_)) !== place.crc) broken();
    return data;
  }
}

function end_of(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - kEndMax);
  const at = latin1(bytes.subarray(from)).lastIndexOf('PK\x05\x06');
  return at < 0 ? broken() : from + at;
}

function read_place(central: Reader): Place {
  if (central.u32() !== kCentral) broken();
  central.take(4);
  const flags = central.u16();
  if (flags & kEncrypted) throw new Unclean('locked');
  const method = central.u16();
  central.take(4);
  const [crc, packed_size, size] = [central.u32(), central.u32(), central.u32()];
  const name_size = central.u16();
  const rest = central.u16() + central.u16();
  central.take(8);
  const offset = central.u32();
  const name = new TextDecoder().decode(central.take(name_size));
  central.take(rest);
  return { name, method, crc, packed_size, size, offset };
}

// Parts in the order they are added.
export class ZipWriter {
  private readonly parts_: Uint8Array[] = [];
  private readonly central_: Uint8Array[] = [];
  private at_ = 0;

  constructor(private readonly rest_?: Rest) {}

  async add(name: string, data: Uint8Array, stored = false): Promise<void> {
    const raw_name = new TextEncoder().encode(name);
    const packed = stored ? data : await pack(data, 'deflate-raw');
    const flags = raw_name.length === name.length ? 0 : kUtf8;
    const common = [
      [2, 20], // version needed: 2.0
      [2, flags],
      [2, stored ? kStored : kDeflated],
      [2, 0],
      [2, kNewYear1980],
      [4, await crc32(data, this.rest_)],
      [4, packed.length],
      [4, data.length],
      [2, raw_name.length],
      [2, 0],
    ] as const;
    const local = concat(number_bytes(true, [4, kLocal], ...common), raw_name, packed);
    this.central_.push(
      number_bytes(true, [4, kCentral], [2, 0x0314], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, this.at_]),
      raw_name,
    );
    this.parts_.push(local);
    this.at_ += local.length;
  }

  finish(): Uint8Array<ArrayBuffer> {
    const central = concat(...this.central_);
    const count = this.central_.length / 2;
    const end = number_bytes(true, [4, kEnd], [4, 0], [2, count], [2, count], [4, central.length], [4, this.at_], [2, 0]);
    return concat(...this.parts_, central, end) as Uint8Array<ArrayBuffer>;
  }
}
