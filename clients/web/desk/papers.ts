// What a person keeps for themself about their cases: labels, what belongs together, how far they read. Sealed under a
// key that only their key file brings back, and kept by the gateway as bytes, so that a second browser finds it.
import { kBelongsWithMax, kLabelBytesMax, kLabelsPerCaseMax, kPapersBytesMax } from '../generated/rules.ts';
import { PapersSchema } from '../generated/wire.ts';
import { asBytes, compare, fromHex, toHex } from '../core/crypto/bytes.ts';
import { openLocal, sealLocal, type LocalKey } from '../core/crypto/local_seal.ts';
import type { Random } from '../core/crypto/random.ts';
import { countOf, encode, parse } from '../core/protocol/strict.ts';
import type { Paper, Papers } from './inbox.ts';

const kPurpose = 'papers';

export const kNoPaper: Paper = { labels: [], belongs_with: [], read_seq: -1 };

const by_bytes = (a: string, b: string): number => compare(asBytes(a), asBytes(b));

// As typed, with commas between: each once, in order, as many and as long as are kept.
export function labels_of(typed: string): readonly string[] {
  const labels = typed.split(',').map((label) => label.trim().normalize('NFC'));
  const good = labels.filter((label) => label !== '' && asBytes(label).length <= kLabelBytesMax);
  return [...new Set(good)].sort(by_bytes).slice(0, kLabelsPerCaseMax);
}

export function seal_papers(papers: Papers, key: LocalKey, random: Random): Uint8Array {
  const cases = [...papers]
    .sort(([a], [b]) => by_bytes(a, b))
    .map(([handle, { labels, belongs_with, read_seq }]) => ({
      handle: fromHex(handle)!,
      labels: [...labels].sort(by_bytes),
      belongsWith: [...belongs_with].sort(by_bytes).slice(0, kBelongsWithMax).map((other) => fromHex(other)!),
      readSeq: BigInt(Math.max(0, read_seq)),
    }));
  return sealLocal(key, kPurpose, encode(PapersSchema, { cases }), random);
}

// Nothing for what this key does not open, or is no papers.
export function open_papers(sealed: Uint8Array, key: LocalKey): Papers | undefined {
  const opened = openLocal(key, kPurpose, sealed);
  const message = opened.ok ? parse(PapersSchema, opened.value) : undefined;
  return message && new Map(
    message.cases.map(({ handle, labels, belongsWith, readSeq }) => [
      toHex(handle),
      { labels, belongs_with: belongsWith.map((other) => toHex(other)), read_seq: countOf(readSeq) ?? 0 },
    ]),
  );
}

// As much as the gateway keeps: whatever was labelled or joined, and how far was read of the cases touched last.
export function fitting(papers: Papers): Papers {
  const size = ({ labels, belongs_with }: Paper): number =>
    kCaseBytes + labels.reduce((sum, label) => sum + asBytes(label).length + 2, 0) + kHandleBytes * belongs_with.length;
  const is_plain = ({ labels, belongs_with }: Paper): boolean => labels.length + belongs_with.length === 0;
  const all = [...papers];
  let room = kPapersBytesMax - kSealBytes;
  for (const [, paper] of all) if (!is_plain(paper)) room -= size(paper);
  const kept = all.reverse().filter(([, paper]) => !is_plain(paper) || (room -= size(paper)) >= 0);
  return new Map(kept.reverse());
}
const kCaseBytes = 52; // a handle, a number, and what stands around them
const kHandleBytes = 34;
const kSealBytes = 1024;

// Two browsers changed them: what was changed here, the rest as it is there, and how far was read wherever it was.
export function merged(theirs: Papers, mine: Papers, changed: ReadonlySet<string>): Papers {
  const all = new Map(theirs);
  for (const [key, paper] of mine) {
    const other = theirs.get(key);
    const base = changed.has(key) || !other ? paper : other;
    all.set(key, { ...base, read_seq: Math.max(paper.read_seq, other?.read_seq ?? -1) });
  }
  return all;
}
