// Entries in order: sequence, links and days (protocol §2). Breaking this is not a breach of rules but a broken log:
// whoever meets it stops trusting what follows.

import { equal } from '../crypto/bytes.ts';
import { Digest } from '../crypto/hash.ts';
import { bad, done, type Expected } from '../expected.ts';
import type { Header } from './entry.ts';
import type { Day, Handle, ServiceId } from './ids.ts';

export type ChainError =
  | 'other case' // another organisation or handle
  | 'sequence' // a number is missing, twice, or out of order
  | 'link' // prev_hash is not the entry before
  | 'day'; // earlier than the entry before

// The end of a prefix of a case's log.
export class Chain {
  nextSeq = 0;
  headHash: Digest = Digest.zeros(); // zeros when empty
  headDay: Day = 0;

  // An empty log of this case.
  constructor(
    readonly service: ServiceId,
    readonly handle: Handle,
  ) {}

  // As if everything up to `headSeq` had been extended: for who knows where a log ends, and nothing else of it.
  static resume(service: ServiceId, handle: Handle, headSeq: number, headHash: Digest, headDay: Day): Chain {
    return Object.assign(new Chain(service, handle), { nextSeq: headSeq + 1, headHash, headDay });
  }

  get empty(): boolean {
    return this.nextSeq === 0;
  }

  // Another that goes its own way from here.
  copy(): Chain {
    return Object.assign(new Chain(this.service, this.handle), this);
  }

  // Takes the entry in if it is the next one. An error changes nothing.
  extend(header: Header, hash: Digest): Expected<void, ChainError> {
    if (!equal(header.serviceId, this.service) || !equal(header.handle, this.handle)) return bad('other case');
    if (header.seq !== this.nextSeq) return bad('sequence');
    if (!equal(header.prevHash, this.headHash)) return bad('link');
    if (header.day < this.headDay) return bad('day');
    ++this.nextSeq;
    this.headHash = hash;
    this.headDay = header.day;
    return done;
  }
}
