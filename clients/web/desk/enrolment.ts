// Joining: the keys of an invited person are made here, leave the page in a key file behind their passphrase, and are
// asked a place for with a text that holds nothing secret.
import { kKeyValidityDays, kTagEnrolmentSignature, kTagKeyCertificateSignature } from '../generated/rules.ts';
import { asBytes, toHex } from '../core/crypto/bytes.ts';
import { KeyFileKind, sealKeyFile, type KeyFileProgress } from '../core/crypto/key_file.ts';
import { generatePhrase } from '../core/crypto/phrase.ts';
import type { Random } from '../core/crypto/random.ts';
import { wipe } from '../core/crypto/secret.ts';
import { SigningKey, SigningSeed } from '../core/crypto/signing.ts';
import { XWingSeed, xwingPublicKey } from '../core/crypto/xwing.ts';
import { encodeCertificate, encodeCertificateContent } from '../core/protocol/certificate.ts';
import { encodeEnrolmentContent, enrolmentText, fingerprint, type Invitation } from '../core/protocol/enrolment.ts';
import { MemberId, type Day } from '../core/protocol/ids.ts';

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

// `number`: of the certificate, from 1; higher than any before it for somebody who lost their key file.
export async function enrol(
  invitation: Invitation,
  passphrase: string,
  today: Day,
  number: number,
  random: Random,
  progress: KeyFileProgress,
): Promise<Enrolled> {
  const { serviceId, token } = invitation;
  const memberId = invitation.memberId ?? MemberId.random(random);
  const signingSeed = SigningSeed.random(random);
  const xwingSeed = XWingSeed.random(random);
  const signer = new SigningKey(signingSeed);
  const typed = asBytes(passphrase).slice();
  try {
    const body = encodeCertificateContent({
      serviceId, memberId, number, xwingKey: xwingPublicKey(xwingSeed), fromDay: today, lastDay: today + kKeyValidityDays,
    });
    const certificate = encodeCertificate(body, await signer.sign(kTagKeyCertificateSignature, body));
    const asked = encodeEnrolmentContent(serviceId, { memberId, signingKey: signer.publicKey, certificate }, token);
    const request = enrolmentText(asked, await signer.sign(kTagEnrolmentSignature, asked));
    const file = { kind: KeyFileKind.member, memberId, signingSeed, xwingSeeds: [xwingSeed] };
    const key_file = await sealKeyFile(file, typed, random, undefined, progress);
    return { key_file, request, fingerprint: toHex(fingerprint(signer.publicKey)) };
  } finally {
    signer.wipe();
    wipe(signingSeed, xwingSeed, typed);
  }
}
