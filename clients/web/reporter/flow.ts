// Which screens there are, and in which order a kind of case walks through them.
import type { CaseKind } from './session.ts';

export const kScreens = [
  'welcome',
  'before',
  'story',
  'want',
  'where',
  'when',
  'who',
  'helped',
  'adviser',
  'stand_in',
  'identity',
  'review',
  'phrase',
  'check',
  'done',
  'back',
  'case',
  'urgent',
  'another',
  'question',
  'let_in',
  'take_back',
  'delegate',
  'identify',
  'dispute',
  'complaint',
  'take_along',
  'withdraw',
  'withdrawn',
  'help',
  'honest',
  'poster',
  'draft_save',
  'draft_open',
  'closed',
] as const;
export type Screen = (typeof kScreens)[number];

const kFull: readonly Screen[] = [
  'before',
  'story',
  'want',
  'where',
  'when',
  'who',
  'helped',
  'adviser',
  'stand_in',
  'review',
];
const kPaths: Readonly<Record<CaseKind, readonly Screen[]>> = {
  report: kFull,
  witness: kFull,
  advice: ['before', 'story', 'want', 'adviser', 'stand_in', 'review'],
  signal: ['before', 'story', 'where', 'when', 'review'],
};

// Screens that belong together count as one part, so that the way looks as short as it is.
const kParts: Readonly<Partial<Record<Screen, string>>> = {
  story: 'story',
  want: 'want',
  where: 'more',
  when: 'more',
  who: 'more',
  helped: 'more',
  adviser: 'reader',
  stand_in: 'reader',
  review: 'review',
};

export function next_screen(kind: CaseKind, from: Screen): Screen {
  const path = kPaths[kind];
  return path[path.indexOf(from) + 1] ?? 'review';
}

// Past every optional question.
export function after_prompts(kind: CaseKind): Screen {
  return kPaths[kind].find((screen) => screen === 'adviser') ?? 'review';
}

export function part_of(kind: CaseKind, screen: Screen): { now: number; all: number } | null {
  const parts = [...new Set(kPaths[kind].map((step) => kParts[step]).filter((part) => part))];
  const now = parts.indexOf(kParts[screen]);
  return now < 0 ? null : { now: now + 1, all: parts.length };
}
