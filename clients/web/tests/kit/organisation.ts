// An invented organisation: a root key, members who can open what is sealed to them, its signed directory. The same
// seed gives the same organisation. The twin of tests/kit/organisation.h.
import {
  Position,
  Role,
  kAcknowledgeDays,
  kDirectoryReviewDays,
  kFeedbackMonths,
  kFurtherDays,
  kKeyValidityDays,
  kRetentionDays,
  kSilenceDays,
  kTagDirectorySignature,
  kTagKeyCertificateSignature,
  kTagSigningKeySuccession,
} from '../../generated/rules.ts';
import { compare, type FixedKind } from '../../core/crypto/bytes.ts';
import type { Digest } from '../../core/crypto/hash.ts';
import type { Signature } from '../../core/crypto/signature.ts';
import { SigningKey, SigningSeed } from '../../core/crypto/signing.ts';
import { xwingPublicKey, XWingSeed, type XWingPublicKey } from '../../core/crypto/xwing.ts';
import { Member } from '../../core/identity.ts';
import { Certificate, encodeCertificate, encodeCertificateContent } from '../../core/protocol/certificate.ts';
import {
  Directory,
  encodeSignedDirectory,
  serviceIdOf,
  successionBytes,
  type DirectoryContent,
  type SigningKeyEntry,
  type Unit,
} from '../../core/protocol/directory.ts';
import { encodeDirectory } from '../../core/protocol/directory_codec.ts';
import { MemberId, type Day, type ServiceId } from '../../core/protocol/ids.ts';
import { FixedRandom } from '../support.ts';

export interface Colleague {
  readonly name: string;
  readonly role: Role;
  readonly id: MemberId;
  readonly signingSeed: SigningSeed;
  readonly key: SigningKey;
  readonly xwingSeed: XWingSeed;
  readonly xwingKey: XWingPublicKey;
}

const kPeople: readonly (readonly [string, Role])[] = [
  ['mieke', Role.adviser],
  ['youssef', Role.adviser],
  ['anouk', Role.adviser],
  ['ruud', Role.stand_in],
  ['ilse', Role.triage_chair],
  ['coordinator', Role.coordinator],
];
// With the whole of a triage committee.
export const kWithCommittee = [...kPeople, ['tarik', Role.triage], ['bram', Role.triage]] as const;
const kUnit: Unit = { id: 1, name: 'Noord' };

export class Organisation {
  readonly service: ServiceId;
  readonly people: readonly Colleague[]; // ascending by id
  private readonly root: SigningKey;
  private previousHashes: Digest[] = [];

  constructor(
    seed: string,
    readonly day: Day,
    people: readonly (readonly [string, Role])[] = kPeople,
  ) {
    const random = new FixedRandom(seed);
    const draw = <T extends Uint8Array>(kind: FixedKind<T>): T => kind.random(random);
    this.root = new SigningKey(draw(SigningSeed));
    this.service = serviceIdOf(this.root.publicKey);
    this.people = people
      .map(([name, role]): Colleague => {
        const [id, signingSeed, xwingSeed] = [draw(MemberId), draw(SigningSeed), draw(XWingSeed)];
        const [key, xwingKey] = [new SigningKey(signingSeed), xwingPublicKey(xwingSeed)];
        return { name, role, id, signingSeed, key, xwingSeed, xwingKey };
      })
      .sort((a, b) => compare(a.id, b.id));
  }

  colleague(name: string): Colleague {
    return this.people.find((person) => person.name === name)!;
  }
  // The same person, able to open what was granted to them.
  member(name: string): Member {
    const { id, signingSeed, xwingSeed } = this.colleague(name);
    return new Member({ memberId: id, signingSeed, xwingSeeds: [xwingSeed] }, this.service);
  }

  content(): DirectoryContent {
    return {
      version: this.previousHashes.length + 1,
      rootKey: this.root.publicKey,
      previousHashes: this.previousHashes,
      madeDay: this.day,
      reviewDay: this.day + kDirectoryReviewDays,
      name: 'Test organisation',
      units: [kUnit],
      people: this.people.map(({ id, name, role, key }) => ({
        memberId: id,
        name,
        role,
        unitId: kUnit.id,
        languages: ['nl'],
        line: '',
        signingKeys: [
          ...(this.earlierKeys.get(name) ?? []),
          { key: key.publicKey, fromDay: this.day, signedByPrevious: this.vouched.get(name) },
        ],
        position: Position.none,
        leftDay: 0,
        workingDays: 0,
        standIn: undefined,
      })),
      terms: {
        acknowledgeDays: kAcknowledgeDays,
        feedbackMonths: kFeedbackMonths,
        retentionDays: kRetentionDays,
        silenceDays: kSilenceDays,
        furtherDays: kFurtherDays,
      },
      texts: [],
      handbookHash: undefined,
      alertRoles: [],
      furtherAlertRoles: [],
      sensitiveSteps: [],
    };
  }
  async sign(content: DirectoryContent): Promise<Uint8Array> {
    const bytes = encodeDirectory(content);
    return encodeSignedDirectory(bytes, await this.root.sign(kTagDirectorySignature, bytes));
  }
  async directory(): Promise<Directory> {
    const parsed = await Directory.parse(await this.sign(this.content()), this.service);
    if (!parsed.ok) throw new Error(parsed.error);
    return parsed.value;
  }
  // Everything made before is from then on made under a stale one.
  async nextVersion(): Promise<void> {
    const { hash } = await this.directory();
    this.previousHashes = [hash, ...this.previousHashes];
  }
  // From here on they sign with another key, which the one before signed or did not.
  async replaceKey(name: string, seed: string, vouched: boolean): Promise<void> {
    await this.nextVersion();
    const before = this.colleague(name);
    const entry = this.content().people.find((person) => person.name === name)!.signingKeys.at(-1)!;
    this.earlierKeys.set(name, [...(this.earlierKeys.get(name) ?? []), entry]);
    const signingSeed = SigningSeed.random(new FixedRandom(seed));
    const key = new SigningKey(signingSeed);
    const said = successionBytes(this.service, before.id, key.publicKey, this.day);
    this.vouched.set(name, vouched ? await before.key.sign(kTagSigningKeySuccession, said) : undefined);
    Object.assign(before, { signingSeed, key });
  }
  private readonly earlierKeys = new Map<string, readonly SigningKeyEntry[]>();
  private readonly vouched = new Map<string, Signature | undefined>();

  // Other last days than the usual one, by name.
  readonly keyUntil = new Map<string, Day>();
  async certificate({ id, key, name, xwingKey }: Colleague): Promise<Uint8Array> {
    const body = encodeCertificateContent({
      serviceId: this.service,
      memberId: id,
      number: 1,
      xwingKey,
      fromDay: this.day,
      lastDay: this.keyUntil.get(name) ?? this.day + kKeyValidityDays,
    });
    return encodeCertificate(body, await key.sign(kTagKeyCertificateSignature, body));
  }
  async checkedCertificate(name: string, directory: Directory): Promise<Certificate> {
    const parsed = await Certificate.parse(await this.certificate(this.colleague(name)), directory, this.day);
    if (!parsed.ok) throw new Error(parsed.error);
    return parsed.value;
  }
}
