// What a desk's person keeps for themself about their cases: labels, "belongs with", how far they have read. Sealed
// under a key that only their key file grows (decisions/0022), and kept by the gateway as ciphertext, so that a second
// browser finds it.

import {
  kBelongsWithMax,
  kLabelBytesMax,
  kLabelsPerCaseMax,
  kPapersBytesMax,
  OperationKind,
  Status,
} from '../../generated/rules.ts';
import { PapersSchema } from '../../generated/wire.ts';
import type { Connection } from '../connection.ts';
import { asBytes, compare, exactly, fromHex, toHex } from '../crypto/bytes.ts';
import { openLocal, sealLocal } from '../crypto/local_seal.ts';
import type { Random } from '../crypto/random.ts';
import { wipe } from '../crypto/secret.ts';
import { fail, refusal, type Result } from '../errors.ts';
import { wellFormed } from '../event.ts';
import { good } from '../expected.ts';
import type { Identity } from '../identity.ts';
import { encodeReadPapers, encodeSealedPapers, parseSealedPapers } from '../protocol/desk_operations.ts';
import { Handle } from '../protocol/ids.ts';
import { countOf, encode, parse } from '../protocol/strict.ts';

export interface CasePapers {
  readonly labels: readonly string[]; // each once; at most kLabelsPerCaseMax, of 1 to kLabelBytesMax bytes each
  readonly belongsWith: readonly string[]; // handles in hexadecimal, each once; at most kBelongsWithMax
  readonly readSeq: number;
}
export const kNoPapers: CasePapers = { labels: [], belongsWith: [], readSeq: 0 };
// By handle, in hexadecimal.
export type Papers = ReadonlyMap<string, CasePapers>;

export interface KeptPapers {
  readonly papers: Papers;
  readonly number: number; // 0: nothing is kept yet
}

const kPurpose = 'papers';
const kTries = 5;

// Whether it is text that a case may be labelled with.
export const goodLabel = (label: string): boolean =>
  label !== '' && asBytes(label).length <= kLabelBytesMax && wellFormed(label) === label;

const byBytes = (a: string, b: string): number => compare(asBytes(a), asBytes(b));
const handleFrom = (hex: string): Handle => exactly(Handle, fromHex(hex)!);
const ascends = (list: readonly string[]): boolean => list.every((one, i) => i === 0 || byBytes(list[i - 1]!, one) < 0);

// The plaintext to seal, without cases of which nothing is kept; the caller's to wipe.
export function encodePapers(papers: Papers): Uint8Array {
  const kept = [...papers].filter(([, { labels, belongsWith, readSeq }]) => labels.length + belongsWith.length + readSeq > 0);
  const cases = kept
    .sort(([a], [b]) => byBytes(a, b))
    .map(([handle, { labels, belongsWith, readSeq }]) => ({
      handle: handleFrom(handle),
      labels: [...labels].sort(byBytes),
      belongsWith: [...belongsWith].sort(byBytes).map(handleFrom),
      readSeq: BigInt(readSeq),
    }));
  return encode(PapersSchema, { cases });
}

export function parsePapers(plaintext: Uint8Array): Papers | undefined {
  const message = parse(PapersSchema, plaintext);
  if (message === undefined) return undefined;
  const papers = new Map<string, CasePapers>();
  let before = '';
  for (const { handle, labels, belongsWith, readSeq } of message.cases) {
    const others = belongsWith.map(toHex);
    const seq = countOf(readSeq);
    const key = toHex(handle);
    const holds =
      handle.length === Handle.size && key > before && seq !== undefined &&
      labels.length <= kLabelsPerCaseMax && labels.every(goodLabel) && ascends(labels) &&
      others.length <= kBelongsWithMax && belongsWith.every((other) => other.length === Handle.size) && ascends(others);
    if (!holds) return undefined;
    papers.set(key, { labels, belongsWith: others, readSeq: seq });
    before = key;
  }
  return papers;
}

// 'misfit': what is kept was not sealed by this person.
export async function fetchPapers(connection: Connection, self: Identity): Promise<Result<KeptPapers>> {
  const body = await connection.call(OperationKind.papers, encodeReadPapers(), self.signingKey);
  if (!body.ok) return body;
  const kept = parseSealedPapers(body.value);
  if (kept?.number === 0) return good({ papers: new Map(), number: 0 });
  const plaintext = kept && openLocal(self.localKey, kPurpose, kept.sealed);
  const papers = plaintext?.ok === true ? parsePapers(plaintext.value) : undefined;
  if (plaintext?.ok === true) wipe(plaintext.value);
  if (kept === undefined || papers === undefined)
    return fail('verification', 'misfit', "your labels can't be read: you did not seal them");
  return good({ papers, number: kept.number });
}

// Fetches, changes, puts back; again when a second browser was faster. 'too large': more than there is room for; what
// is kept stays as it was.
export async function changePapers(
  connection: Connection,
  self: Identity,
  random: Random,
  change: (papers: Papers) => Papers,
): Promise<Result<KeptPapers>> {
  for (let i = 0; i < kTries; ++i) {
    const kept = await fetchPapers(connection, self);
    if (!kept.ok) return kept;
    const next = { papers: change(kept.value.papers), number: kept.value.number + 1 };
    const plaintext = encodePapers(next.papers);
    if (parsePapers(plaintext) === undefined)
      return fail('bad input', 'too large', 'too many labels, or one that is too long; nothing changed');
    const sealed = sealLocal(self.localKey, kPurpose, plaintext, random);
    wipe(plaintext);
    if (sealed.length > kPapersBytesMax)
      return fail('bad input', 'too large', 'there is no room for more labels; nothing changed');
    const body = encodeSealedPapers({ number: next.number, sealed });
    const results = await connection.submit([{ kind: OperationKind.put_papers, body }], self.signingKey);
    if (!results.ok) return results;
    const { status } = results.value[0]!;
    if (status === Status.done) return good(next);
    if (status !== Status.stale_head) return { ok: false, error: refusal(status) };
  }
  return fail('unreachable', 'changes too fast', 'your labels change faster than they can be kept; try again');
}
