// A member's key file, behind a passphrase. Layout: crypto/open/key_file.h. For the desk alone: the reporter's app
// never imports it, so it does not load Argon2id.

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { argon2idAsync } from '@noble/hashes/argon2.js';

import { kSuite } from '../../generated/rules.ts';
import { bad, good, type Expected } from '../expected.ts';
import { MemberId } from '../protocol/ids.ts';
import { asBytes, concat, equal, exactly, readU32, u32Bytes } from './bytes.ts';
import { decrypted } from './envelope.ts';
import type { Random } from './random.ts';
import { wipe } from './secret.ts';
import { SigningSeed } from './signing.ts';
import { XWingSeed } from './xwing.ts';

export const KeyFileKind = { member: 1, root: 2 } as const;
export type KeyFileKind = (typeof KeyFileKind)[keyof typeof KeyFileKind];

export interface KeyFile {
  readonly kind: KeyFileKind;
  readonly memberId: MemberId;
  readonly signingSeed: SigningSeed;
  readonly xwingSeeds: readonly XWingSeed[]; // newest last
}

export interface KeyFileCost {
  readonly passes: number;
  readonly memoryKib: number;
}

export type KeyFileError =
  | 'not a key file' // no magic, or of a size or cost that no key file has
  | 'newer version' // made with a newer version
  | 'wrong passphrase or altered' // these cannot be told apart
  | 'no memory'; // this machine has less memory than the file asks for

const kMagic = asBytes('OMZIENKF');
const kSuiteAt = 8;
const kSaltAt = 9;
const kPassesAt = 25;
const kMemoryAt = 29;
const kNonceAt = 33;
const kHeaderBytes = 57;
const kSeedsAt = 50; // in the plaintext
const kTagBytes = 16;
const kSeedBytes = 32;
const kSeedsMax = 32;
const kBytesMax = kHeaderBytes + kSeedsAt + kSeedBytes * kSeedsMax + kTagBytes;
const kStandardCost: KeyFileCost = { passes: 3, memoryKib: 64 * 1024 };

// The bounds keep a prepared file from using up the machine.
const inBounds = ({ passes, memoryKib }: KeyFileCost): boolean =>
  passes >= 1 && passes <= 16 && memoryKib >= 8 && memoryKib <= 1024 * 1024;

// How much of the work is done, from 0 to 1.
export type KeyFileProgress = (part: number) => void;

// In slices, so that a page that waits for it stays alive.
const passphraseKey = (
  passphrase: Uint8Array,
  salt: Uint8Array,
  cost: KeyFileCost,
  onProgress: KeyFileProgress,
): Promise<Uint8Array> =>
  argon2idAsync(passphrase, salt, { t: cost.passes, m: cost.memoryKib, p: 1, dkLen: 32, onProgress });

// The passphrase is UTF-8 as typed. Throws RangeError for too many seeds or a cost out of bounds.
export async function sealKeyFile(
  file: KeyFile,
  passphrase: Uint8Array,
  random: Random,
  cost: KeyFileCost = kStandardCost,
  progress: KeyFileProgress = () => {},
): Promise<Uint8Array> {
  if (file.xwingSeeds.length > kSeedsMax || !inBounds(cost))
    throw new RangeError('key file: too many seeds, or a cost out of bounds');
  const salt = new Uint8Array(kPassesAt - kSaltAt);
  const nonce = new Uint8Array(kHeaderBytes - kNonceAt);
  random.fill(salt);
  random.fill(nonce);
  const numbers = [u32Bytes(cost.passes), u32Bytes(cost.memoryKib)];
  const header = concat(kMagic, Uint8Array.of(kSuite), salt, ...numbers, nonce);
  const count = Uint8Array.of(file.xwingSeeds.length);
  const plain = concat(Uint8Array.of(file.kind), file.memberId, file.signingSeed, count, ...file.xwingSeeds);
  const key = await passphraseKey(passphrase, salt, cost, progress);
  const sealed = concat(header, xchacha20poly1305(key, nonce, header).encrypt(plain));
  wipe(plain, key);
  return sealed;
}

export async function openKeyFile(
  sealed: Uint8Array,
  passphrase: Uint8Array,
  progress: KeyFileProgress = () => {},
): Promise<Expected<KeyFile, KeyFileError>> {
  if (sealed.length <= kSuiteAt || !equal(sealed.subarray(0, kSuiteAt), kMagic)) return bad('not a key file');
  const suite = sealed[kSuiteAt]!;
  if (suite > kSuite) return bad('newer version');
  if (suite === 0 || sealed.length < kHeaderBytes + kSeedsAt + kTagBytes || sealed.length > kBytesMax)
    return bad('not a key file');
  const header = sealed.subarray(0, kHeaderBytes);
  const cost = { passes: readU32(header, kPassesAt), memoryKib: readU32(header, kMemoryAt) };
  if (!inBounds(cost)) return bad('not a key file');
  let key: Uint8Array;
  try {
    key = await passphraseKey(passphrase, header.subarray(kSaltAt, kPassesAt), cost, progress);
  } catch {
    return bad('no memory');
  }
  const nonce = header.subarray(kNonceAt);
  const plain = decrypted(() => xchacha20poly1305(key, nonce, header).decrypt(sealed.subarray(kHeaderBytes)));
  wipe(key);
  if (plain === undefined) return bad('wrong passphrase or altered');
  const file = decode(plain);
  wipe(plain);
  return file === undefined ? bad('not a key file') : good(file);
}

function decode(plain: Uint8Array): KeyFile | undefined {
  const kind = Object.values(KeyFileKind).find((known) => known === plain[0]);
  const count = plain[kSeedsAt - 1]!;
  if (kind === undefined || count > kSeedsMax || plain.length !== kSeedsAt + count * kSeedBytes) return undefined;
  const seedAt = (at: number): Uint8Array => plain.subarray(at, at + kSeedBytes);
  return {
    kind,
    memberId: exactly(MemberId, plain.subarray(1, 17)),
    signingSeed: exactly(SigningSeed, seedAt(17)),
    xwingSeeds: Array.from({ length: count }, (_, i) => exactly(XWingSeed, seedAt(kSeedsAt + i * kSeedBytes))),
  };
}
