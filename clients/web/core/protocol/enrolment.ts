// How somebody new gets into the directory (decisions/0021): the administrator's invitation, as a link; the request
// that the invited person's program makes of it, as text. The gateway has no part in either. Whose keys they are is
// settled by two people who compare a fingerprint.

import { kNameBytesMax, kSuite, kTagEnrolmentSignature, kTagInvitationProof, type Role } from '../../generated/rules.ts';
import { EnrolmentBodySchema, EnrolmentRequestSchema, InvitationSchema } from '../../generated/wire.ts';
import { asBytes, equal, fixedBytes, fromBase64url, toBase64url, type FixedBytes } from '../crypto/bytes.ts';
import { Digest, FieldList, hashFields, sha256 } from '../crypto/hash.ts';
import { Signature, verify, type SigningPublicKey } from '../crypto/signature.ts';
import { bad, good, type Expected } from '../expected.ts';
import { encodeMemberCard, parseMemberCard, type MemberCard } from './certificate.ts';
import { MemberId, ServiceId, type Day } from './ids.ts';
import { encode, parse } from './strict.ts';

export type InvitationToken = FixedBytes<'InvitationToken'>;
export const InvitationToken = fixedBytes<'InvitationToken'>(32);

const kNothing = new Uint8Array(0);
const kFragment = '#join=';
const kRequest = 'omzien-request:';

export interface Invitation {
  readonly serviceId: ServiceId;
  readonly token: InvitationToken;
  readonly name: string; // 1 to name_bytes_max bytes
  readonly role: Role;
  readonly unit: string;
  readonly memberId: MemberId | undefined; // of somebody who lost their key file
  readonly lastDay: Day;
}

// The link's part after the desk's address: "#join=…".
export function invitationFragment(invitation: Invitation): string {
  const { memberId } = invitation;
  return kFragment + toBase64url(encode(InvitationSchema, { suite: kSuite, ...invitation, memberId: memberId ?? kNothing }));
}

// From a link, or from what stands after its "#join=". Nothing for anything else.
export function parseInvitation(link: string): Invitation | undefined {
  const at = link.indexOf(kFragment);
  const bytes = fromBase64url(at < 0 ? link : link.slice(at + kFragment.length));
  const message = bytes && parse(InvitationSchema, bytes);
  if (message === undefined || message.suite !== kSuite) return undefined;
  const { name, unit, lastDay } = message;
  const serviceId = ServiceId.from(message.serviceId);
  const token = InvitationToken.from(message.token);
  const memberId = MemberId.from(message.memberId);
  if (!serviceId || !token || name === '' || asBytes(name).length > kNameBytesMax) return undefined;
  if (message.memberId.length > 0 && memberId === undefined) return undefined;
  return { serviceId, token, name, role: message.role as Role, unit, memberId, lastDay };
}

export type EnrolmentError =
  | 'malformed'
  | 'newer version'
  | 'other organisation'
  | 'signature'; // not by the key that it asks a place for

const proofOf = (token: InvitationToken, key: SigningPublicKey): Digest =>
  hashFields(new FieldList().append(asBytes(kTagInvitationProof)).append(token).append(key));

// What the new signing key signs, tag enrolment_signature before it.
export function encodeEnrolmentContent(service: ServiceId, card: MemberCard, token: InvitationToken): Uint8Array {
  return encode(EnrolmentBodySchema, {
    suite: kSuite,
    serviceId: service,
    card: encodeMemberCard(card),
    proof: proofOf(token, card.signingKey),
  });
}

// "omzien-request:…": what the invited person hands back.
export function enrolmentText(body: Uint8Array, signature: Signature): string {
  return kRequest + toBase64url(encode(EnrolmentRequestSchema, { body, signature }));
}

// A request whose signature was checked. Whose it is: compare fingerprint() with them.
export class EnrolmentRequest {
  private constructor(
    readonly card: MemberCard,
    private readonly proof: Digest,
  ) {}

  // Of text as people send it: white space in it does not count.
  static async parse(text: string, service: ServiceId): Promise<Expected<EnrolmentRequest, EnrolmentError>> {
    const kept = text.replaceAll(/[ \n\r\t]/g, '');
    const bytes = kept.startsWith(kRequest) ? fromBase64url(kept.slice(kRequest.length)) : undefined;
    const outer = bytes && parse(EnrolmentRequestSchema, bytes);
    const signature = outer && Signature.from(outer.signature);
    const body = outer && parse(EnrolmentBodySchema, outer.body);
    if (outer === undefined || signature === undefined || body === undefined) return bad('malformed');
    if (body.suite !== kSuite) return bad('newer version');
    const card = parseMemberCard(body.card);
    const proof = Digest.from(body.proof);
    const named = ServiceId.from(body.serviceId);
    if (!card || !proof || !named) return bad('malformed');
    if (!equal(named, service)) return bad('other organisation');
    if (!(await verify(card.signingKey, kTagEnrolmentSignature, outer.body, signature))) return bad('signature');
    return good(new EnrolmentRequest(card, proof));
  }

  // Whether who made it had that invitation in hands.
  answers(token: InvitationToken): boolean {
    return equal(this.proof, proofOf(token, this.card.signingKey));
  }
}

// SHA-256 of a signing key: what the two people compare.
export const fingerprint = (key: SigningPublicKey): Digest => sha256(key);
