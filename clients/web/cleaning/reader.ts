// Reads numbers and pieces of a file in order; past the end there is nothing to read.
import { broken } from './finding.ts';

export class Reader {
  readonly bytes: Uint8Array;
  at: number;
  private readonly view_: DataView;
  private readonly little_: boolean;

  constructor(bytes: Uint8Array, at = 0, little = false) {
    this.bytes = bytes;
    this.at = at;
    this.little_ = little;
    this.view_ = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }
  u8(): number {
    return this.view_.getUint8(this.step(1));
  }
  u16(): number {
    return this.view_.getUint16(this.step(2), this.little_);
  }
  u32(): number {
    return this.view_.getUint32(this.step(4), this.little_);
  }
  take(size: number): Uint8Array {
    const from = this.step(size);
    return this.bytes.subarray(from, from + size);
  }
  private step(size: number): number {
    const from = this.at;
    if (size < 0 || from < 0 || from + size > this.bytes.length) broken();
    this.at = from + size;
    return from;
  }
}

// By way of two bytes a letter: what the web calls latin1 changes the letters from 0x80 to 0x9f.
const kWide = new TextDecoder('utf-16le');

// Bytes as letters, one each: for names in a file's structure, never for text that people read.
export function latin1(bytes: Uint8Array): string {
  return kWide.decode(Uint16Array.from(bytes));
}

export function from_latin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; ++at) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export function starts_with(bytes: Uint8Array, text: string, at = 0): boolean {
  return latin1(bytes.subarray(at, at + text.length)) === text;
}

// Numbers as bytes: `sizes` in bytes each.
export function number_bytes(little: boolean, ...fields: readonly (readonly [size: 1 | 2 | 4, value: number])[]): Uint8Array {
  return Uint8Array.from(fields.flatMap(([size, value]) => Array.from({ length: size }, (_, i) => value / 256 ** (little ? i : size - 1 - i))));
}
