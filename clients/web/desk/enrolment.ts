// Joining: the keys of an invited person are made here, leave the page in a key file behind their passphrase, and are
// asked a place for with a text that holds nothing secret.
import { asBytes, toHex } from '../core/crypto/bytes.ts';
import { KeyFileKind, sealKeyFile, type KeyFileProgress } from '../core/crypto/key_file.ts';
import { generatePhrase } from '../core/crypto/phrase.ts';
import type { Random } from '../core/crypto/random.ts';
import { wipe } from '../core/crypto/secret.ts';
import { enrol } from '../core/desk/enrolment.ts';
import type { Invitation } from '../core/protocol/enrolment.ts';
import type { Day } from '../core/protocol/ids.ts';

export interface Enrolled {
  readonly key_file: Uint8Array;
  readonly request: string; // for the administrator; nothing secret
  readonly fingerprint: string; // 64 hexadecimal digits, to compare by voice
}

export const kPassphraseLettersMin = 14;
const kWords = 5; // of a list of 7,776: 64 bits, behind Argon2id

export function proposed_passphrase(random: Random, list: 'nl-1' | 'en-1'): string {
  const phrase = generatePhrase(random, list);
  const words = phrase.revealWords().slice(0, kWords).join(' ');
  phrase.wipe();
  return words;
}

export async function enrolled(
  invitation: Invitation,
  passphrase: string,
  today: Day,
  random: Random,
  progress: KeyFileProgress,
): Promise<Enrolled> {
  const { secrets, request, fingerprint } = await enrol(invitation, random, today);
  const typed = asBytes(passphrase).slice();
  try {
    const key_file = await sealKeyFile({ kind: KeyFileKind.member, ...secrets }, typed, random, undefined, progress);
    return { key_file, request, fingerprint: toHex(fingerprint) };
  } finally {
    wipe(secrets.signingSeed, ...secrets.xwingSeeds, typed);
  }
}
