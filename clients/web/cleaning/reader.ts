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

// Bytes as letters, one each: for names in a file's structure, never for text that people read.
export function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

export function from_latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function starts_with(bytes: Uint8Array, text: string, at = 0): boolean {
  if (bytes.length < at + text.length) return false;
  for (let i = 0; i < text.length; ++i) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

// Numbers as bytes: `sizes` in bytes each.
export function number_bytes(little: boolean, ...fields: readonly (readonly [size: 1 | 2 | 4, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 1) view.setUint8(at, value);
    else if (size === 2) view.setUint16(at, value, little);
    else view.setUint32(at, value, little);
    at += size;
  }
  return bytes;
}
