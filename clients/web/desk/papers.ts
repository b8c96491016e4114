// What a person keeps for themself about their cases, as the desk shows and changes it. How it is sealed and kept:
// core/desk/papers.ts.
import { kBelongsWithMax, kLabelsPerCaseMax } from '../generated/rules.ts';
import { goodLabel, kNoPapers, type CasePapers, type Papers } from '../core/desk/papers.ts';

// As typed, with commas between: each once. Nothing when they are more, or longer, than are kept.
export function labels_of(typed: string): readonly string[] | null {
  const all = typed.split(',').map((label) => label.trim().normalize('NFC'));
  const labels = [...new Set(all)].filter((label) => label !== '').sort();
  return labels.every(goodLabel) && labels.length <= kLabelsPerCaseMax ? labels : null;
}

// Two browsers changed them: what was added or taken away here since `base` is so there too, and a case is read as far
// as it was read anywhere.
export function merged(theirs: Papers, mine: Papers, base: Papers): Papers {
  const all = new Map(theirs);
  for (const [key, paper] of mine) {
    const other = theirs.get(key) ?? kNoPapers;
    const before = base.get(key) ?? kNoPapers;
    all.set(key, {
      labels: both(other.labels, paper.labels, before.labels, kLabelsPerCaseMax),
      belongsWith: both(other.belongsWith, paper.belongsWith, before.belongsWith, kBelongsWithMax),
      readSeq: Math.max(paper.readSeq, other.readSeq),
    });
  }
  return all;
}

// Where there is no room for all of them, what was there first stays.
function both(theirs: readonly string[], mine: readonly string[], before: readonly string[], max: number): readonly string[] {
  const stays = theirs.filter((one) => mine.includes(one) || !before.includes(one));
  const added = mine.filter((one) => !before.includes(one) && !stays.includes(one));
  return [...stays, ...added].slice(0, max).sort();
}

// Whether something was changed here since `base`.
export function differs(mine: Papers, base: Papers): boolean {
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    one.length === other.length && one.every((part) => other.includes(part));
  const is_same = (paper: CasePapers, before: CasePapers): boolean =>
    paper.readSeq === before.readSeq && same(paper.labels, before.labels) && same(paper.belongsWith, before.belongsWith);
  return [...mine].some(([key, paper]) => !is_same(paper, base.get(key) ?? kNoPapers));
}
