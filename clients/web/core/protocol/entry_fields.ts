// Codec of an entry's public fields, by kind. Used by entry.ts alone.

import type { MessageInitShape, MessageShape } from '@bufbuild/protobuf';

import {
  EntryKind,
  kAdmissionBytesMax,
  kEpochStartsMax,
  kFilesPerEventMax,
  kMembersPerGrantMax,
  type Compartment,
  type Milestone,
} from '../../generated/rules.ts';
import {
  EventFieldsSchema,
  GrantFieldsSchema,
  OpenFieldsSchema,
  type EpochStartSchema,
  type GrantMemberSchema,
} from '../../generated/omzien/entry_pb.ts';
import { equal } from '../crypto/bytes.ts';
import { EpochCommitment } from '../crypto/case_share.ts';
import { Digest } from '../crypto/hash.ts';
import { XWingPublicKey } from '../crypto/xwing.ts';
import type { CompartmentEpoch, EpochStart, Event, Fields, FileReference, Grant, GrantMember, Open } from './entry.ts';
import { MemberId, UploadId } from './ids.ts';
import { encode, parse } from './strict.ts';

const kNothing = new Uint8Array(0);

export function encodeFields(fields: Fields): Uint8Array {
  switch (fields.kind) {
    case 'open': return encodeOpen(fields);
    case 'event': return encodeEvent(fields);
    case 'grant': return encodeGrant(fields);
    case 'unknown': return fields.bytes;
  }
}

// Nothing: malformed. An unknown kind gives Unknown.
export function parseFields(kind: EntryKind, bytes: Uint8Array): Fields | undefined {
  switch (kind) {
    case EntryKind.open: return takeOpen(bytes);
    case EntryKind.event: return takeEvent(bytes);
    case EntryKind.grant: return takeGrant(bytes);
    default: return { kind: 'unknown', bytes: bytes.slice() };
  }
}

// Every item taken, or nothing when one of them is none.
function takeAll<From, To>(items: readonly From[], take: (item: From) => To | undefined): To[] | undefined {
  const taken: To[] = [];
  for (const item of items) {
    const one = take(item);
    if (one === undefined) return undefined;
    taken.push(one);
  }
  return taken;
}

// Compartment first, then epoch.
export function compareKeys(a: CompartmentEpoch, b: CompartmentEpoch): number {
  return a.compartment - b.compartment || a.epoch - b.epoch;
}

function takeStarts(list: readonly MessageShape<typeof EpochStartSchema>[]): EpochStart[] | undefined {
  if (list.length > kEpochStartsMax) return undefined;
  const starts = takeAll(list, (from): EpochStart | undefined => {
    const commitment = EpochCommitment.from(from.commitment);
    if (commitment === undefined || from.epoch === 0 || from.compartment === 0) return undefined;
    return { compartment: from.compartment as Compartment, epoch: from.epoch, commitment };
  });
  const ascending = starts?.every((start, i) => i === 0 || starts[i - 1]!.compartment < start.compartment);
  return ascending ? starts : undefined;
}

const putStarts = (starts: readonly EpochStart[]): MessageInitShape<typeof EpochStartSchema>[] =>
  starts.map(({ compartment, epoch, commitment }) => ({ compartment, epoch, commitment }));

function encodeOpen(open: Open): Uint8Array {
  return encode(OpenFieldsSchema, {
    ownerXwingKey: open.ownerXwingKey,
    caseShareCommitment: open.caseShareCommitment,
    starts: putStarts(open.starts),
    unclocked: open.unclocked,
    admission: open.admission,
  });
}

function takeOpen(bytes: Uint8Array): Open | undefined {
  const message = parse(OpenFieldsSchema, bytes);
  if (message === undefined || message.admission.length > kAdmissionBytesMax) return undefined;
  const ownerXwingKey = XWingPublicKey.from(message.ownerXwingKey);
  const caseShareCommitment = Digest.from(message.caseShareCommitment);
  const starts = takeStarts(message.starts);
  if (!ownerXwingKey || !caseShareCommitment || !starts) return undefined;
  const admission = message.admission.slice();
  return { kind: 'open', ownerXwingKey, caseShareCommitment, starts, unclocked: message.unclocked, admission };
}

function encodeEvent(event: Event): Uint8Array {
  return encode(EventFieldsSchema, {
    compartment: event.compartment,
    epoch: event.epoch,
    milestone: event.milestone,
    urgent: event.urgent,
    files: event.files.map(({ uploadId, chunks }) => ({ uploadId, chunks })),
  });
}

function takeEvent(bytes: Uint8Array): Event | undefined {
  const message = parse(EventFieldsSchema, bytes);
  if (!message || message.compartment === 0 || message.epoch === 0 || message.files.length > kFilesPerEventMax)
    return undefined;
  const files = takeAll(message.files, (from): FileReference | undefined => {
    const uploadId = UploadId.from(from.uploadId);
    return uploadId === undefined || from.chunks === 0 ? undefined : { uploadId, chunks: from.chunks };
  });
  if (files === undefined) return undefined;
  return {
    kind: 'event',
    compartment: message.compartment as Compartment,
    epoch: message.epoch,
    milestone: message.milestone as Milestone,
    urgent: message.urgent,
    files,
  };
}

function takeKeys(list: readonly { compartment: number; epoch: number }[]): CompartmentEpoch[] | undefined {
  const keys = list.map((key) => ({ compartment: key.compartment as Compartment, epoch: key.epoch }));
  const good = keys.every(
    (key, i) => list[i]!.compartment !== 0 && key.epoch !== 0 && (i === 0 || compareKeys(keys[i - 1]!, key) < 0),
  );
  return good && keys.length > 0 ? keys : undefined;
}

function takeMember(from: MessageShape<typeof GrantMemberSchema>): GrantMember | undefined {
  const memberId = MemberId.from(from.memberId);
  const xwingKeyHash = Digest.from(from.xwingKeyHash);
  const keys = takeKeys(from.keys);
  if (!memberId || !xwingKeyHash || !keys) return undefined;
  return { memberId, xwingKeyHash, keys, holder: from.holder, lastDay: from.lastDay };
}

function encodeGrant(grant: Grant): Uint8Array {
  return encode(GrantFieldsSchema, {
    members: grant.members.map((member) => ({
      memberId: member.memberId,
      xwingKeyHash: member.xwingKeyHash,
      keys: member.keys.map(({ compartment, epoch }) => ({ compartment, epoch })),
      holder: member.holder,
      lastDay: member.lastDay,
    })),
    starts: putStarts(grant.starts),
    dormant: grant.dormant,
    standsInFor: grant.dormant ? grant.standsInFor : kNothing,
  });
}

function takeGrant(bytes: Uint8Array): Grant | undefined {
  const message = parse(GrantFieldsSchema, bytes);
  if (message === undefined) return undefined;
  const count = message.members.length;
  if (count === 0 || count > kMembersPerGrantMax || (message.dormant && count !== 1)) return undefined;
  const starts = takeStarts(message.starts);
  const members = takeAll(message.members, takeMember);
  if (!starts || !members) return undefined;
  const twice = members.some((member, i) => members.slice(0, i).some((other) => equal(other.memberId, member.memberId)));
  const standsInFor = message.dormant ? MemberId.from(message.standsInFor) : MemberId.zeros();
  if (twice || !standsInFor || (!message.dormant && message.standsInFor.length > 0)) return undefined;
  return { kind: 'grant', members, starts, dormant: message.dormant, standsInFor };
}
