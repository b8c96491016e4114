// A member's X-Wing key, vouched for by their own signing key (protocol §4).

import { kKeyValidityDaysMax, kSuite, kTagKeyCertificateSignature } from '../../generated/rules.ts';
import { CertificateBodySchema, CertificateSchema, MemberCardSchema } from '../../generated/wire.ts';
import { equal } from '../crypto/bytes.ts';
import type { Digest } from '../crypto/hash.ts';
import { Signature, SigningPublicKey, verify } from '../crypto/signature.ts';
import { xwingKeyHash, XWingPublicKey } from '../crypto/xwing.ts';
import { bad, good, type Expected } from '../expected.ts';
import { isGone, signingKeyOf, type Directory } from './directory.ts';
import { MemberId, ServiceId, type Day } from './ids.ts';
import { encode, parse } from './strict.ts';

export interface CertificateContent {
  readonly serviceId: ServiceId;
  readonly memberId: MemberId;
  readonly number: number; // from 1; the highest wins
  readonly xwingKey: XWingPublicKey;
  readonly fromDay: Day;
  readonly lastDay: Day;
}

export type CertificateError =
  | 'malformed'
  | 'newer version'
  | 'other organisation'
  | 'stranger' // not a member of the directory, or gone
  | 'signature' // not by that member's signing key
  | 'validity'; // not valid today, or for too long

// What the member signs.
export function encodeCertificateContent(content: CertificateContent): Uint8Array {
  return encode(CertificateBodySchema, { suite: kSuite, ...content });
}
export function encodeCertificate(body: Uint8Array, signature: Signature): Uint8Array {
  return encode(CertificateSchema, { body, signature });
}

function takeContent(bytes: Uint8Array): Expected<CertificateContent, CertificateError> {
  const body = parse(CertificateBodySchema, bytes);
  if (body === undefined) return bad('malformed');
  if (body.suite !== kSuite) return bad('newer version');
  const serviceId = ServiceId.from(body.serviceId);
  const memberId = MemberId.from(body.memberId);
  const xwingKey = XWingPublicKey.from(body.xwingKey);
  const { number, fromDay, lastDay } = body;
  if (!serviceId || !memberId || !xwingKey || number === 0) return bad('malformed');
  return good({ serviceId, memberId, number, xwingKey, fromDay, lastDay });
}

// A certificate whose signature was checked against the directory, valid on the day it was parsed for, or until.
export class Certificate {
  readonly keyHash: Digest;

  private constructor(
    readonly content: CertificateContent,
    readonly bytes: Uint8Array,
  ) {
    this.keyHash = xwingKeyHash(content.xwingKey);
  }

  static async parse(
    bytes: Uint8Array,
    directory: Directory,
    today: Day,
    evenLapsed = false, // for who has already what is sealed to them anew, or they would keep everybody in (decision 0036)
  ): Promise<Expected<Certificate, CertificateError>> {
    const outer = parse(CertificateSchema, bytes);
    const signature = outer && Signature.from(outer.signature);
    if (outer === undefined || signature === undefined) return bad('malformed');
    const content = takeContent(outer.body);
    if (!content.ok) return content;
    const { serviceId, memberId, fromDay, lastDay } = content.value;
    if (!equal(serviceId, directory.service)) return bad('other organisation');
    const person = directory.person(memberId);
    if (person === undefined || isGone(person, today)) return bad('stranger');
    if (!(await verify(signingKeyOf(person), kTagKeyCertificateSignature, outer.body, signature)))
      return bad('signature');
    if (today < fromDay || (today > lastDay && !evenLapsed)) return bad('validity');
    if (lastDay < fromDay || lastDay - fromDay > kKeyValidityDaysMax) return bad('validity');
    return good(new Certificate(content.value, bytes.slice()));
  }
}

// What a new member hands to the administrator. Checked for shape only: the certificate can be checked once the person
// stands in a directory.
export interface MemberCard {
  readonly memberId: MemberId;
  readonly signingKey: SigningPublicKey;
  readonly certificate: Uint8Array;
}
export function encodeMemberCard({ memberId, signingKey, certificate }: MemberCard): Uint8Array {
  return encode(MemberCardSchema, { memberId, signingKey, certificate });
}
export function parseMemberCard(bytes: Uint8Array): MemberCard | undefined {
  const message = parse(MemberCardSchema, bytes);
  const memberId = message && MemberId.from(message.memberId);
  const signingKey = message && SigningPublicKey.from(message.signingKey);
  if (message === undefined || memberId === undefined || signingKey === undefined) return undefined;
  return { memberId, signingKey, certificate: message.certificate.slice() };
}
