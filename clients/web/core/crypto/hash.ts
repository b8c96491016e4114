// SHA-256 (FIPS 180-4), and the one way to hash a list of fields.

import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

import { asBytes, concat, exactly, fixedBytes, u32Bytes, u64Bytes, type FixedBytes } from './bytes.ts';

export type Digest = FixedBytes<'Digest'>;
export const Digest = fixedBytes<'Digest'>(32);

export function sha256(message: Uint8Array): Digest {
  return exactly(Digest, nobleSha256(message));
}

// The same, for a message that comes in pieces.
export class Sha256 {
  private readonly state = nobleSha256.create();

  update(piece: Uint8Array): this {
    this.state.update(piece);
    return this;
  }
  finish(): Digest {
    return exactly(Digest, this.state.digest());
  }
}

// Fields in a fixed order, none of which can run over into the next (protocol §1):
//
//   field := length (4 bytes, big-endian) ‖ bytes
//   u32   := field of 4 bytes, big-endian      u64 := field of 8 bytes, big-endian
//
// The first field is a domain tag. Which fields follow is fixed by the tag, so there is no count.
export class FieldList {
  private readonly parts: Uint8Array[] = [];

  append(field: Uint8Array | string): this {
    const bytes = typeof field === 'string' ? asBytes(field) : field;
    this.parts.push(u32Bytes(bytes.length), bytes);
    return this;
  }
  appendU32(number: number): this {
    return this.append(u32Bytes(number));
  }
  appendU64(number: number): this {
    return this.append(u64Bytes(number));
  }
  bytes(): Uint8Array {
    return concat(...this.parts);
  }
}

export function hashFields(fields: FieldList): Digest {
  return sha256(fields.bytes());
}
