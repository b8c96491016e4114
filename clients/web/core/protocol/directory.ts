// The directory: who there is, signed offline by the organisation's root key (protocol §4).

import {
  kDirectoryBytesMax,
  kFurtherDays,
  kSilenceDays,
  kStepKeyBytesMax,
  kTagDirectorySignature,
  Role,
  type Position,
} from '../../generated/rules.ts';
import { SignedDirectorySchema } from '../../generated/wire.ts';
import { equal, exactly } from '../crypto/bytes.ts';
import { Digest, FieldList, sha256 } from '../crypto/hash.ts';
import { Signature, verify, type SigningPublicKey } from '../crypto/signature.ts';
import { bad, good, type Expected } from '../expected.ts';
import { parseDirectoryContent } from './directory_codec.ts';
import { contentHolds, kDirectoryGraceDays } from './directory_rules.ts';
import { ServiceId, type Day, type MemberId } from './ids.ts';
import { encode, parse } from './strict.ts';

export interface Unit {
  readonly id: number; // from 1
  readonly name: string;
}

export interface SigningKeyEntry {
  readonly key: SigningPublicKey;
  readonly fromDay: Day;
  readonly signedByPrevious: Signature | undefined; // checked; absent: show "changed on (day)"
}

export interface Person {
  readonly memberId: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly unitId: number;
  readonly languages: readonly string[];
  readonly line: string;
  readonly signingKeys: readonly SigningKeyEntry[]; // oldest first, at least one
  readonly position: Position;
  readonly leftDay: Day; // 0: still here
  readonly workingDays: number; // a mask, see worksOn(); what they said since: availability.ts
  readonly standIn: MemberId | undefined;
}

export const isGone = (person: Person, today: Day): boolean => person.leftDay !== 0 && today >= person.leftDay;
export const signingKeyOf = (person: Person): SigningPublicKey => person.signingKeys.at(-1)!.key;

export interface Terms {
  readonly acknowledgeDays: number;
  readonly feedbackMonths: number;
  readonly retentionDays: number;
  readonly silenceDays: number; // 0 in a directory from before: the rules' own
  readonly furtherDays: number; // the same
}
export const daysOfSilence = ({ silenceDays }: Terms): number => silenceDays || kSilenceDays;
export const daysUntilFurther = ({ furtherDays }: Terms): number => furtherDays || kFurtherDays;

export interface Text {
  readonly key: string;
  readonly language: string;
  readonly text: string;
}

// What the root signs.
export interface DirectoryContent {
  readonly version: number;
  readonly rootKey: SigningPublicKey;
  readonly previousHashes: readonly Digest[]; // newest first
  readonly madeDay: Day;
  readonly reviewDay: Day;
  readonly name: string;
  readonly units: readonly Unit[]; // ascending by id
  readonly people: readonly Person[]; // ascending by member id
  readonly terms: Terms;
  readonly texts: readonly Text[]; // ascending by key, then language
  readonly handbookHash: Digest | undefined;
  readonly alertRoles: readonly Role[]; // ascending; none: the coordinator
  readonly furtherAlertRoles: readonly Role[]; // ascending; none: the CDO
  readonly sensitiveSteps: readonly string[]; // goodKey()s, ascending
}

// a-z, 0-9 and _, 1 to kStepKeyBytesMax of them: the key of a step, a term, a snippet.
export const goodKey = (key: string): boolean => /^[a-z0-9_]+$/.test(key) && key.length <= kStepKeyBytesMax;

export type DirectoryError =
  | 'malformed'
  | 'newer version'
  | 'other organisation' // signed by another root than the service id names
  | 'signature'
  | 'invalid'; // signed, but it breaks its own rules: an adviser who manages, a name twice, …

export function serviceIdOf(root: SigningPublicKey): ServiceId {
  return exactly(ServiceId, sha256(root));
}

// SignedDirectory: what is published. `directory` is what encodeDirectory (directory_codec.ts) gives.
export function encodeSignedDirectory(directory: Uint8Array, signature: Signature): Uint8Array {
  return encode(SignedDirectorySchema, { directory, signature });
}

// What a new signing key's predecessor signs, tag signing_key_succession before it: the field list (service id, member
// id, new key, from day u32).
export function successionBytes(service: ServiceId, member: MemberId, next: SigningPublicKey, from: Day): Uint8Array {
  return new FieldList().append(service).append(member).append(next).appendU32(from).bytes();
}

// A directory whose signature, root and rules were checked.
export class Directory {
  readonly hash: Digest; // of the SignedDirectory's bytes

  private constructor(
    readonly content: DirectoryContent,
    readonly bytes: Uint8Array,
    readonly service: ServiceId,
  ) {
    this.hash = sha256(bytes);
  }

  static async parse(bytes: Uint8Array, service: ServiceId): Promise<Expected<Directory, DirectoryError>> {
    const outer = bytes.length > kDirectoryBytesMax ? undefined : parse(SignedDirectorySchema, bytes);
    const signature = outer && Signature.from(outer.signature);
    if (outer === undefined || signature === undefined) return bad('malformed');
    const content = parseDirectoryContent(outer.directory);
    if (!content.ok) return content;
    const { rootKey } = content.value;
    if (!equal(serviceIdOf(rootKey), service)) return bad('other organisation');
    if (!(await verify(rootKey, kTagDirectorySignature, outer.directory, signature))) return bad('signature');
    if (!(await contentHolds(content.value, service))) return bad('invalid');
    return good(new Directory(content.value, bytes.slice(), service));
  }

  // This version, or one before it.
  knows(hash: Digest): boolean {
    return equal(hash, this.hash) || this.content.previousHashes.some((earlier) => equal(earlier, hash));
  }
  // Whether this one comes after `older` in the same chain of versions.
  follows(older: Directory): boolean {
    return this.content.version > older.content.version && this.knows(older.hash);
  }

  person(id: MemberId): Person | undefined {
    return this.content.people.find((person) => equal(person.memberId, id));
  }
  // Whose signing key it was on the day of an entry: from the key's day until the next one's, and not after leaving.
  // The entry names the version it was made under. Under an earlier one somebody is still here for kDirectoryGraceDays
  // after leaving, an old key theirs after a new one began: what was written before the gateway had this version does
  // not become a breach.
  author(key: SigningPublicKey, day: Day, madeUnder: Digest): Person | undefined {
    const excused = equal(madeUnder, this.hash) ? day : day - kDirectoryGraceDays;
    return this.content.people.find((person) => {
      const at = person.signingKeys.findIndex((entry) => equal(entry.key, key));
      if (at < 0 || person.signingKeys[at]!.fromDay > day || isGone(person, excused)) return false;
      const next = person.signingKeys[at + 1];
      return next === undefined || excused < next.fromDay;
    });
  }

  unit(id: number): Unit | undefined {
    return this.content.units.find((unit) => unit.id === id);
  }
  // Text in the language asked for, else in any; empty when the organisation wrote none.
  text(key: string, language: string): string {
    const written = this.content.texts.filter((text) => text.key === key);
    return (written.find((text) => text.language === language) ?? written[0])?.text ?? '';
  }
  // Who is told of a missed term: at once, or once the further term has passed, too.
  told(further: boolean): readonly Role[] {
    const { alertRoles, furtherAlertRoles } = this.content;
    const named = further ? furtherAlertRoles : alertRoles;
    return named.length > 0 ? named : [further ? Role.cdo : Role.coordinator];
  }
  // Whether a yes to this step makes a case sensitive.
  sensitive(step: string): boolean {
    return this.content.sensitiveSteps.includes(step);
  }
}
