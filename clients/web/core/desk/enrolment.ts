// An invited person's keys (protocol/enrolment.ts): made here, and nowhere else known.

import { kKeyValidityDays, kTagEnrolmentSignature, kTagKeyCertificateSignature } from '../../generated/rules.ts';
import type { Digest } from '../crypto/hash.ts';
import type { Random } from '../crypto/random.ts';
import { SigningKey, SigningSeed } from '../crypto/signing.ts';
import { xwingPublicKey, XWingSeed } from '../crypto/xwing.ts';
import type { MemberSecrets } from '../identity.ts';
import { encodeCertificate, encodeCertificateContent } from '../protocol/certificate.ts';
import { encodeEnrolmentContent, enrolmentText, fingerprint, type Invitation } from '../protocol/enrolment.ts';
import { MemberId, type Day, type ServiceId } from '../protocol/ids.ts';

export interface Enrolment {
  readonly secrets: MemberSecrets; // the caller's to seal (crypto/key_file.ts), before the request goes out
  readonly request: string; // for the administrator
  readonly fingerprint: Digest;
}

// More than a key file has keys.
const kNumbersPerDay = 64;

// New keys. Somebody who lost their key file keeps their member id.
export async function enrol(invitation: Invitation, random: Random, today: Day): Promise<Enrolment> {
  const { serviceId, token } = invitation;
  const memberId = invitation.memberId ?? MemberId.random(random);
  const signingSeed = SigningSeed.random(random);
  const secrets = { memberId, signingSeed, xwingSeeds: [XWingSeed.random(random)] };
  const signer = new SigningKey(signingSeed);
  const signingKey = signer.publicKey;
  const card = { memberId, signingKey, certificate: await certify(secrets, serviceId, today) };
  const content = encodeEnrolmentContent(serviceId, card, token);
  const request = enrolmentText(content, await signer.sign(kTagEnrolmentSignature, content));
  signer.wipe();
  return { secrets, request, fingerprint: fingerprint(signingKey) };
}

// A certificate of the newest X-Wing key. Its number grows with day and keys, so that keys made anew after a loss come
// after those that were lost.
export async function certify(secrets: MemberSecrets, serviceId: ServiceId, from: Day): Promise<Uint8Array> {
  const { memberId, signingSeed, xwingSeeds } = secrets;
  const content = encodeCertificateContent({
    serviceId,
    memberId,
    number: from * kNumbersPerDay + xwingSeeds.length,
    xwingKey: xwingPublicKey(xwingSeeds.at(-1)!),
    fromDay: from,
    lastDay: from + kKeyValidityDays,
  });
  const signer = new SigningKey(signingSeed);
  const signature = await signer.sign(kTagKeyCertificateSignature, content);
  signer.wipe();
  return encodeCertificate(content, signature);
}
