// The operations about people: directory, keys.

import { kDirectoryBytesMax, kMembersPerKeysMax } from '../../generated/rules.ts';
import {
  CertificatesBodySchema,
  DirectoryPartBodySchema,
  DirectoryReadBodySchema,
  KeysBodySchema,
} from '../../generated/wire.ts';
import { Digest } from '../crypto/hash.ts';
import { MemberId } from './ids.ts';
import { encode, parse } from './strict.ts';

export interface ReadDirectory {
  readonly hash: Digest | undefined; // none: the one in force
  readonly offset: number;
}
export interface DirectoryPart {
  readonly hash: Digest;
  readonly total: number;
  readonly bytes: Uint8Array;
}
export interface Keys {
  readonly memberIds: readonly MemberId[];
}
export interface Certificates {
  readonly certificates: readonly Uint8Array[]; // one for each asked; empty where there is none
}

export const encodeReadDirectory = ({ hash, offset }: ReadDirectory): Uint8Array =>
  encode(DirectoryReadBodySchema, { directoryHash: hash ?? new Uint8Array(0), offset });
export function parseReadDirectory(bytes: Uint8Array): ReadDirectory | undefined {
  const message = parse(DirectoryReadBodySchema, bytes);
  if (message === undefined) return undefined;
  const named = message.directoryHash.length > 0;
  const hash = named ? Digest.from(message.directoryHash) : undefined;
  return named && hash === undefined ? undefined : { hash, offset: message.offset };
}

export const encodeDirectoryPart = ({ hash, total, bytes }: DirectoryPart): Uint8Array =>
  encode(DirectoryPartBodySchema, { directoryHash: hash, total, bytes });
export function parseDirectoryPart(bytes: Uint8Array): DirectoryPart | undefined {
  const message = parse(DirectoryPartBodySchema, bytes);
  const hash = message && Digest.from(message.directoryHash);
  if (hash === undefined || message === undefined || message.total > kDirectoryBytesMax) return undefined;
  return { hash, total: message.total, bytes: message.bytes.slice() };
}

export const encodeKeys = ({ memberIds }: Keys): Uint8Array =>
  encode(KeysBodySchema, { memberIds: [...memberIds] });
export function parseKeys(bytes: Uint8Array): Keys | undefined {
  const message = parse(KeysBodySchema, bytes);
  const memberIds = message?.memberIds.map((id) => MemberId.from(id));
  if (!memberIds || memberIds.length > kMembersPerKeysMax || memberIds.includes(undefined)) return undefined;
  return { memberIds: memberIds as MemberId[] };
}

export const encodeCertificates = ({ certificates }: Certificates): Uint8Array =>
  encode(CertificatesBodySchema, { certificates: [...certificates] });
export function parseCertificates(bytes: Uint8Array): Certificates | undefined {
  const message = parse(CertificatesBodySchema, bytes);
  return message && { certificates: message.certificates.map((certificate) => certificate.slice()) };
}
