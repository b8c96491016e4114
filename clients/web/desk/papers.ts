// What a person keeps for themself about their cases, as the desk shows and changes it. How it is sealed and kept:
// core/desk/papers.ts.
import { kLabelsPerCaseMax } from '../generated/rules.ts';
import { goodLabel, kNoPapers, type CasePapers, type Papers } from '../core/desk/papers.ts';

// As typed, with commas between: each once, as many and as long as are kept.
export function labels_of(typed: string): readonly string[] {
  const labels = typed.split(',').map((label) => label.trim().normalize('NFC'));
  return [...new Set(labels)].filter(goodLabel).sort().slice(0, kLabelsPerCaseMax);
}

// Two browsers changed them: what was changed here, the rest as it is there, and how far was read wherever it was.
export function merged(theirs: Papers, mine: Papers, changed: ReadonlySet<string>): Papers {
  const all = new Map(theirs);
  for (const [key, paper] of mine) {
    const other = theirs.get(key) ?? kNoPapers;
    const base: CasePapers = changed.has(key) || !theirs.has(key) ? paper : other;
    all.set(key, { ...base, readSeq: Math.max(paper.readSeq, other.readSeq) });
  }
  return all;
}
