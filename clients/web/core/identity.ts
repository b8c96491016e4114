// Who acts on a case: a reporter with their phrase, or a member with the seeds of their key file.

import type { Compartment } from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import { CaseKeys, type PhraseCase } from './crypto/case_keys.ts';
import type { CompartmentKey } from './crypto/commitment.ts';
import type { Digest } from './crypto/hash.ts';
import { memberLocalKey, type LocalKey } from './crypto/local_seal.ts';
import type { Phrase } from './crypto/phrase.ts';
import { wipe } from './crypto/secret.ts';
import { SigningKey, type SigningSeed } from './crypto/signing.ts';
import { xwingKeyHash, xwingPublicKey, type XWingPublicKey, type XWingSeed } from './crypto/xwing.ts';
import { handleOf } from './protocol/entry.ts';
import type { Handle, MemberId, ServiceId } from './protocol/ids.ts';

export interface Identity {
  readonly signingKey: SigningKey;
  readonly localKey: LocalKey;
  // The member's id; nothing for a reporter.
  readonly memberId: MemberId | undefined;
  // The seed whose public key has this hash, if it is theirs.
  seedFor(xwingKeyHash: Digest): XWingSeed | undefined;
  // A key that the reporter derives; a member derives none.
  derive(compartment: Compartment, epoch: number, startedAfter: Digest): CompartmentKey | undefined;
  // Overwrites every secret. The identity is of no use afterwards.
  wipe(): void;
}

// The owner of one case.
export class Reporter implements Identity {
  readonly handle: Handle;
  readonly memberId = undefined;
  private readonly keys: CaseKeys;

  // The phrase may be wiped afterwards. `which`: of the two cases that its words open.
  constructor(phrase: Phrase, service: ServiceId, which: PhraseCase = 'report') {
    this.keys = new CaseKeys(phrase, service, which);
    this.handle = handleOf(this.keys.signingKey.publicKey);
  }

  get signingKey(): SigningKey {
    return this.keys.signingKey;
  }
  get localKey(): LocalKey {
    return this.keys.localKey;
  }
  xwingKey(): XWingPublicKey {
    return this.keys.xwingPublicKey();
  }
  seedFor(hash: Digest): XWingSeed | undefined {
    return equal(hash, xwingKeyHash(this.xwingKey())) ? this.keys.xwingSeed : undefined;
  }
  derive(compartment: Compartment, epoch: number, startedAfter: Digest): CompartmentKey {
    return this.keys.compartmentKey(compartment, epoch, startedAfter);
  }
  wipe(): void {
    this.keys.wipe();
  }
}

// What a member's key file holds (crypto/key_file.ts, which the reporter's app does not load).
export interface MemberSecrets {
  readonly memberId: MemberId;
  readonly signingSeed: SigningSeed;
  readonly xwingSeeds: readonly XWingSeed[]; // newest last
}

// An adviser, or another person of the directory.
export class Member implements Identity {
  readonly signingKey: SigningKey;
  readonly localKey: LocalKey;
  readonly memberId: MemberId;
  // Of the public keys, newest last.
  readonly xwingKeyHashes: readonly Digest[];
  private readonly seeds: readonly XWingSeed[];

  constructor(secrets: MemberSecrets, service: ServiceId) {
    this.memberId = secrets.memberId;
    this.signingKey = new SigningKey(secrets.signingSeed);
    this.localKey = memberLocalKey(secrets.signingSeed, service);
    this.seeds = secrets.xwingSeeds;
    this.xwingKeyHashes = secrets.xwingSeeds.map((seed) => xwingKeyHash(xwingPublicKey(seed)));
  }

  seedFor(hash: Digest): XWingSeed | undefined {
    return this.seeds[this.xwingKeyHashes.findIndex((own) => equal(own, hash))];
  }
  derive(): undefined {
    return undefined;
  }
  wipe(): void {
    wipe(this.localKey, ...this.seeds);
    this.signingKey.wipe();
  }
}
