// Acts on a case now, or not at all: fetched, changed, handed in as one append, and once more from the start when
// somebody else was first. Nothing waits in the outbox, since a decision of today must not be carried out by surprise
// on another day.

import { PayloadState, Status } from '../../generated/rules.ts';
import { wipeCase, type OpenedEntry } from '../case_log.ts';
import { fetchCertificates } from '../certificates.ts';
import type { Connection } from '../connection.ts';
import type { Random } from '../crypto/random.ts';
import { good } from '../expected.ts';
import { fail, refusal, type Result } from '../errors.ts';
import { fetchCase, type FetchedCase } from '../fetch.ts';
import type { Identity } from '../identity.ts';
import type { FrozenEntry } from '../outbox.ts';
import type { OperationResult } from '../protocol/frame.ts';
import type { Handle } from '../protocol/ids.ts';
import { parseAccepted, type Accepted, type StoredEntry } from '../protocol/operations.ts';
import { freezeEntries, isStale, stageEntries, submitEntries } from '../submission.ts';
import { Addition, type Certificates } from './addition.ts';

const kActTries = 8;
const kSendTries = 3; // the same bytes again cost nothing: they stand once

// Adds the entries to the case as it stands; called again when it changed meanwhile.
export type Act = (addition: Addition, certificates: Certificates) => Promise<Result<unknown>>;

export interface Actor {
  readonly connection: Connection;
  readonly self: Identity;
  readonly random: Random;
  readonly known?: FetchedCase | undefined; // the case as it was last seen: only what came since is fetched
  readonly staged?: (sent: number, total: number) => void; // chunks that arrived, of a step larger than a frame
}

export interface Acted {
  readonly accepted: Accepted | undefined; // nothing: there was nothing to do
  readonly entries: readonly StoredEntry[]; // all of the case, headers alone, what was added last
}

// 'unreachable': what was sent may have arrived; a look at the case tells.
export async function act(actor: Actor, handle: Handle, change: Act): Promise<Result<Acted>> {
  let entries: readonly StoredEntry[] = [];
  const accepted = await handInAsItStands(actor, handle, async () => {
    const added = await addTo(actor, handle, change);
    if (!added.ok) return added;
    entries = added.value.log.map(({ entry }) => withoutPayload(entry.headerBytes, entry.signature));
    return good(added.value.frozen);
  });
  return accepted.ok ? good({ accepted: accepted.value, entries }) : accepted;
}

export interface Added {
  readonly log: readonly OpenedEntry[]; // all of the case
  readonly frozen: FrozenEntry[]; // what was added last
}

// To the case as it stands now. Keys that were fetched or made for this alone are wiped, whatever comes of it.
export async function addTo(
  { connection, self, random, known }: Actor,
  handle: Handle,
  change: Act,
): Promise<Result<Added>> {
  const fetched = await fetchCase(connection, handle, self, known);
  if (!fetched.ok) return fetched;
  const { opened } = fetched.value;
  const { directory, today, work } = connection;
  const certificates: Certificates = (ids, evenLapsed) => fetchCertificates(connection, ids, evenLapsed);
  const addition = new Addition(opened, self, directory, today, random, certificates, work);
  try {
    const changed = await change(addition, certificates);
    if (!changed.ok) return changed;
    const frozen = freezeEntries(addition.entries, undefined, connection.frameSize, random);
    return good({ log: addition.log, frozen });
  } finally {
    addition.wipe();
    if (fetched.value !== known) wipeCase(opened);
  }
}

// The entries as the case stands now, frozen; none: there is nothing to do.
export type FreezeNow = () => Promise<Result<FrozenEntry[]>>;

// Under act() and takeOver(): hands in what `freezeNow` gives, and once more from the start, under the newest
// directory, when somebody else was first. Nothing, and 'unreachable': as act().
export async function handInAsItStands(
  actor: Omit<Actor, 'known'>,
  handle: Handle,
  freezeNow: FreezeNow,
): Promise<Result<Accepted | undefined>> {
  for (let tries = 0; tries < kActTries; ++tries) {
    const frozen = await freezeNow();
    if (!frozen.ok) return frozen;
    if (frozen.value.length === 0) return good(undefined);
    const answer = await handIn(actor, handle, frozen.value);
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    if (status === Status.done) {
      const accepted = parseAccepted(body);
      return accepted ? good(accepted) : fail('unreachable', 'unreadable answer', "the gateway's answer can't be read");
    }
    if (!isStale(status)) return { ok: false, error: refusal(status) };
    const refreshed = await actor.connection.refreshDirectory();
    if (!refreshed.ok) return refreshed;
  }
  return fail('unreachable', 'changes too fast', 'this case changes faster than you can act on it; try again');
}

const withoutPayload = (header: Uint8Array, signature: Uint8Array): StoredEntry => ({
  header,
  signature,
  payloadState: PayloadState.withheld,
  payload: new Uint8Array(0),
});

// The answer, once every chunk it asked for is there.
async function handIn(
  actor: Omit<Actor, 'known'>,
  handle: Handle,
  entries: readonly FrozenEntry[],
): Promise<Result<OperationResult>> {
  const { connection, self, staged } = actor;
  let answer: Result<OperationResult> = fail('defect', 'defect', 'nothing was sent');
  for (let tries = 0; tries < kSendTries; ++tries) {
    answer = await submitEntries(connection, self, entries, undefined);
    if (answer.ok && answer.value.status !== Status.incomplete) return answer;
    if (!answer.ok && answer.error.kind !== 'unreachable') return answer;
    if (!answer.ok) continue;
    const chunks = await stageEntries(connection, self, handle, entries, staged);
    if (!chunks.ok) return chunks;
  }
  if (answer.ok || answer.error.kind !== 'unreachable') return answer;
  const unknown = 'It is not known whether this arrived: look at the case before you do it again';
  return { ok: false, error: { ...answer.error, message: `${answer.error.message}. ${unknown}` } };
}
