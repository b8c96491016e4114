// Codec of the directory's content.


import { kPeopleMax, kSuite, kUnitsMax, type Position, type Role } from '../../generated/rules.ts';
import { DirectorySchema, type PersonSchema, type SigningKeySchema } from '../../generated/wire.ts';
import { Digest } from '../crypto/hash.ts';
import { Signature, SigningPublicKey } from '../crypto/signature.ts';
import { bad, good, type Expected } from '../expected.ts';
import type { DirectoryContent, Person, SigningKeyEntry } from './directory.ts';
import { MemberId } from './ids.ts';
import { encode, parse, type MessageShape } from './strict.ts';

const kNothing = new Uint8Array(0);

// The bytes the root signs, tag directory_signature before them.
export function encodeDirectory(content: DirectoryContent): Uint8Array {
  return encode(DirectorySchema, {
    suite: kSuite,
    version: content.version,
    rootKey: content.rootKey,
    previousHashes: [...content.previousHashes],
    madeDay: content.madeDay,
    reviewDay: content.reviewDay,
    name: content.name,
    units: content.units.map(({ id, name }) => ({ id, name })),
    people: content.people.map((person) => ({
      memberId: person.memberId,
      name: person.name,
      role: person.role,
      unitId: person.unitId,
      languages: [...person.languages],
      line: person.line,
      signingKeys: person.signingKeys.map((entry) => ({
        key: entry.key,
        fromDay: entry.fromDay,
        signedByPrevious: entry.signedByPrevious ?? kNothing,
      })),
      position: person.position,
      leftDay: person.leftDay,
      workingDays: person.workingDays,
      standIn: person.standIn ?? kNothing,
    })),
    terms: { ...content.terms },
    texts: content.texts.map(({ key, language, text }) => ({ key, language, text })),
    handbookHash: content.handbookHash ?? kNothing,
    alertRoles: [...content.alertRoles],
    furtherAlertRoles: [...content.furtherAlertRoles],
    sensitiveSteps: [...content.sensitiveSteps],
  });
}

function takeKey(from: MessageShape<typeof SigningKeySchema>): SigningKeyEntry | undefined {
  const key = SigningPublicKey.from(from.key);
  const vouched = from.signedByPrevious.length > 0;
  const signedByPrevious = vouched ? Signature.from(from.signedByPrevious) : undefined;
  if (key === undefined || (vouched && signedByPrevious === undefined)) return undefined;
  return { key, fromDay: from.fromDay, signedByPrevious };
}

function takePerson(from: MessageShape<typeof PersonSchema>): Person | undefined {
  const memberId = MemberId.from(from.memberId);
  const signingKeys = from.signingKeys.map(takeKey);
  const standIn = MemberId.from(from.standIn);
  if (memberId === undefined || signingKeys.includes(undefined)) return undefined;
  if (from.standIn.length > 0 && standIn === undefined) return undefined;
  return {
    memberId,
    name: from.name,
    role: from.role as Role,
    unitId: from.unitId,
    languages: from.languages,
    line: from.line,
    signingKeys: signingKeys as SigningKeyEntry[],
    position: from.position as Position,
    leftDay: from.leftDay,
    workingDays: from.workingDays,
    standIn,
  };
}

export function parseDirectoryContent(
  bytes: Uint8Array,
): Expected<DirectoryContent, 'malformed' | 'newer version'> {
  const message = parse(DirectorySchema, bytes);
  if (message === undefined) return bad('malformed');
  if (message.suite !== kSuite) return bad('newer version');
  const rootKey = SigningPublicKey.from(message.rootKey);
  const previousHashes = message.previousHashes.map((hash) => Digest.from(hash));
  const people = message.people.map(takePerson);
  if (
    !rootKey || previousHashes.includes(undefined) || people.includes(undefined) || people.length > kPeopleMax ||
    message.units.length > kUnitsMax
  )
    return bad('malformed');
  const handbookHash = Digest.from(message.handbookHash);
  if (message.handbookHash.length > 0 && handbookHash === undefined) return bad('malformed');
  const { version, madeDay, reviewDay, name, terms } = message;
  return good({
    version,
    rootKey,
    previousHashes: previousHashes as Digest[],
    madeDay,
    reviewDay,
    name,
    units: message.units.map((unit) => ({ id: unit.id, name: unit.name })),
    people: people as Person[],
    terms: {
      acknowledgeDays: terms?.acknowledgeDays ?? 0,
      feedbackMonths: terms?.feedbackMonths ?? 0,
      retentionDays: terms?.retentionDays ?? 0,
      silenceDays: terms?.silenceDays ?? 0,
      furtherDays: terms?.furtherDays ?? 0,
    },
    texts: message.texts.map(({ key, language, text }) => ({ key, language, text })),
    handbookHash,
    alertRoles: message.alertRoles as Role[],
    furtherAlertRoles: message.furtherAlertRoles as Role[],
    sensitiveSteps: message.sensitiveSteps,
  });
}
