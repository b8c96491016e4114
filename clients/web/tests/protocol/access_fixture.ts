// A case that mieke (holder) and youssef hold in story, people, talk and summary, and the rules' view of it. The twin
// of tests/protocol/access_fixture.h. Headers go through their bytes; nothing is signed, since the rules look at no
// signature.
import { expect } from 'vitest';

import { Compartment, Milestone, type ReleaseCause } from '../../generated/rules.ts';
import { asBytes } from '../../core/crypto/bytes.ts';
import { EpochCommitment } from '../../core/crypto/case_share.ts';
import { Digest, sha256 } from '../../core/crypto/hash.ts';
import { SigningKey, SigningSeed } from '../../core/crypto/signing.ts';
import type { SigningPublicKey } from '../../core/crypto/signature.ts';
import { XWingPublicKey } from '../../core/crypto/xwing.ts';
import type { Expected } from '../../core/expected.ts';
import { Access, type Breach } from '../../core/protocol/access.ts';
import type { Directory } from '../../core/protocol/directory.ts';
import {
  encodeHeader,
  handleOf,
  parseHeader,
  payloadHash,
  type CompartmentEpoch,
  type Event,
  type Fields,
  type GrantMember,
  type Header,
} from '../../core/protocol/entry.ts';
import { Salt, type Day } from '../../core/protocol/ids.ts';
import { kOwnersCompartments } from '../../core/protocol/kinds.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';
import * as kit from '../kit/moves.ts';
import { FixedRandom } from '../support.ts';

export const { story, people, identity, talk, summary, notes, sheet } = Compartment;
export const kFirstDay: Day = 20_000;
export const kEmptyUnknown: Fields = { kind: 'unknown', bytes: new Uint8Array(0) };
export const kAnotherKey: Digest = sha256(asBytes('a newer key'));

export const keys = (...list: readonly (readonly [Compartment, number])[]): CompartmentEpoch[] =>
  list.map(([compartment, epoch]) => ({ compartment, epoch }));

const kOrganisation = new Organisation('organisation', kFirstDay, kWithCommittee);
const kDirectory = await kOrganisation.directory();

export class AccessTest {
  readonly owner = new SigningKey(SigningSeed.random(new FixedRandom('case'))).publicKey;
  access = Access.empty;
  day = kFirstDay;
  private nextSeq = 0;

  constructor(
    readonly organisation: Organisation = kOrganisation,
    readonly directory: Directory = kDirectory,
  ) {
    const members = ['mieke', 'youssef'].map((name) =>
      this.sealedTo(name, keys([story, 1], [people, 1], [talk, 1], [summary, 1])),
    );
    const marked = [{ ...members[0]!, holder: true }, members[1]!];
    this.take(this.opening());
    const nobody = kit.grant(this.access, this.organisation, 'mieke', []);
    this.take(this.header(this.owner, { ...nobody, members: marked }));
    this.take(this.header(this.owner, { ...this.talk(), compartment: story }));
  }

  // A header at this place, through its bytes.
  header(author: SigningPublicKey, fields: Fields, payloadSize = fields.kind === 'event' ? 1065 : 0): Header {
    const salt = Salt.zeros();
    const header: Header = {
      serviceId: this.organisation.service,
      handle: handleOf(this.owner),
      author,
      seq: this.nextSeq,
      prevHash: Digest.zeros(),
      day: this.day,
      directoryHash: this.directory.hash,
      salt,
      kind: kit.kindOf(fields),
      fields,
      payloadHash: payloadHash(salt, new Uint8Array(0)),
      payloadSize,
    };
    const parsed = parseHeader(encodeHeader(header));
    if (!parsed.ok) throw new Error(parsed.error);
    expect(parsed.value).toEqual(header);
    return parsed.value;
  }
  opening(): Header {
    return this.header(this.owner, {
      kind: 'open',
      ownerXwingKey: XWingPublicKey.zeros(),
      caseShareCommitment: Digest.zeros(),
      starts: kOwnersCompartments.map((compartment) => ({
        compartment,
        epoch: 1,
        commitment: EpochCommitment.zeros(),
      })),
      unclocked: false,
      admission: new Uint8Array(0),
    });
  }

  admit(header: Header, directory: Directory = this.directory): Expected<Access, Breach> {
    return this.access.admit(header, directory);
  }
  take(header: Header, directory: Directory = this.directory): Breach | undefined {
    const admitted = this.admit(header, directory);
    if (!admitted.ok) return admitted.error;
    this.access = admitted.value;
    ++this.nextSeq;
    return undefined;
  }
  // Nothing: it was taken in.
  tried(author: SigningPublicKey, fields: Fields): Breach | undefined {
    return this.take(this.header(author, fields));
  }
  byOwner(fields: Fields): Breach | undefined {
    return this.tried(this.owner, fields);
  }
  by(name: string, fields: Fields): Breach | undefined {
    return this.tried(this.key(name), fields);
  }
  // What must go well for the test to mean anything.
  ownerDid(fields: Fields): void {
    expect(this.byOwner(fields)).toBeUndefined();
  }
  did(name: string, fields: Fields): void {
    expect(this.by(name, fields)).toBeUndefined();
  }

  key(name: string): SigningPublicKey {
    return this.organisation.colleague(name).key.publicKey;
  }
  id(name: string) {
    return kit.idOf(this.organisation, name);
  }
  seqOfLast(): number {
    return this.nextSeq - 1;
  }
  epoch(compartment: Compartment): number {
    return this.access.newestEpoch(compartment)?.number ?? 0;
  }
  event(compartment: Compartment, epoch: number): Event {
    return { kind: 'event', compartment, epoch, milestone: Milestone.none, urgent: false, files: [], dispute: 0 };
  }
  talk(): Event {
    return this.event(talk, this.epoch(talk));
  }
  milestone(milestone: Milestone): Event {
    return { ...this.talk(), milestone };
  }

  reads(name: string, compartment: Compartment, epoch = this.epoch(compartment)): boolean {
    return this.access.mayRead(this.id(name), compartment, epoch, this.day);
  }
  isIn(name: string): boolean {
    return this.access.isIn(this.id(name), this.day);
  }
  holder(): string | undefined {
    const id = this.access.holder(this.day);
    return id && this.directory.person(id)?.name;
  }

  // Moves by honest clients, from the state of now.
  sealedTo(name: string, which: readonly CompartmentEpoch[]): GrantMember {
    return kit.sealedTo(this.organisation, name, which);
  }
  grant(name: string, compartments: readonly Compartment[], change: Partial<GrantMember> = {}) {
    const made = kit.grant(this.access, this.organisation, name, compartments);
    return { ...made, members: [{ ...made.members[0]!, ...change }] };
  }
  standIn(name: string, forName: string, compartments: readonly Compartment[] = [story, talk], holder = false) {
    const made = kit.standIn(this.access, this.organisation, name, compartments, forName);
    return { ...made, members: [{ ...made.members[0]!, holder }] };
  }
  revoke(...names: readonly string[]) {
    return kit.revoke(this.access, this.organisation, names, this.day);
  }
  keepAlive(...compartments: readonly Compartment[]) {
    return kit.keepAlive(this.access, this.organisation, compartments, this.day);
  }
  notes(...names: readonly string[]) {
    return kit.notes(this.access, this.organisation, names);
  }
  delegate(name: string, whom: readonly string[], compartments: readonly Compartment[], lastDay: Day) {
    return kit.delegate(this.organisation, name, whom, compartments, lastDay);
  }
  takeBack(name: string) {
    return kit.takeBack(this.organisation, name);
  }
  release(name: string, cause: ReleaseCause) {
    return kit.release(this.organisation, name, cause);
  }
}
