// The table of states and the fold, as C++ has them.

import { describe, expect, test } from 'vitest';

import { foldSteps } from '../../core/case_state/fold.ts';
import { kEveryNeed, land, onlyState } from '../../core/case_state/table.ts';
import { asBytes, toHex } from '../../core/crypto/bytes.ts';
import { sha256 } from '../../core/crypto/hash.ts';
import type { Terms } from '../../core/protocol/directory.ts';
import {
  bit,
  CaseKind,
  CaseState,
  caseStateName,
  EntryKind,
  EventKind,
  kAcknowledgeDays,
  kFeedbackMonths,
  kFurtherDays,
  kRetentionDays,
  kSilenceDays,
  StepRole,
} from '../../generated/rules.ts';
import { lineOf, randomLog } from '../random_log.ts';
import { readVectors } from '../support.ts';

interface Vectors {
  readonly table: readonly string[];
  readonly random: {
    readonly logs_per_batch: number;
    readonly first_lines: readonly string[];
    readonly batch_digests: readonly string[];
  };
}
const vectors = readVectors<Vectors>('states.json');
const kTerms: Terms = {
  acknowledgeDays: kAcknowledgeDays,
  feedbackMonths: kFeedbackMonths,
  retentionDays: kRetentionDays,
  silenceDays: kSilenceDays,
  furtherDays: kFurtherDays,
};

const lineOfLog = (index: number): string => lineOf(foldSteps(randomLog(index), kTerms));

// "report status>active member unmet": where to from each state, "-" where it is forbidden.
function rowOf(what: string): string {
  const [kind, moved, role, met] = what.split(' ');
  const [event, wanted] = moved!.split('>');
  const move = {
    entry: event === 'withdraw' ? EntryKind.withdraw : EntryKind.event,
    event: event === 'withdraw' ? (0 as const) : EventKind[event as keyof typeof EventKind],
    role: StepRole[role as keyof typeof StepRole],
    wanted: wanted === undefined ? undefined : CaseState[wanted as keyof typeof CaseState],
  };
  const kinds = bit(CaseKind[kind as keyof typeof CaseKind]);
  const to = Object.values(CaseState).map((from) => {
    const state = onlyState(land(move, kinds, bit(from), met === 'met' ? kEveryNeed : 0));
    return state === undefined ? '-' : caseStateName(state);
  });
  return `${what}: ${to.join(' ')}`;
}

describe('the table of states', () => {
  test('leads every role from every state of every kind of case where C++ says', () => {
    expect(vectors.table.length).toBeGreaterThan(600);
    expect(vectors.table.map((row) => rowOf(row.slice(0, row.indexOf(':'))))).toEqual(vectors.table);
  });
});

describe('the fold', () => {
  test('says the same of the first random logs, word for word', () => {
    expect(vectors.random.first_lines.map((_, index) => lineOfLog(index))).toEqual(vectors.random.first_lines);
  });

  test('says the same of 100,000 random logs', { timeout: 240_000 }, () => {
    const { logs_per_batch: size, batch_digests: digests } = vectors.random;
    expect(size * digests.length).toBe(100_000);
    for (const [batch, digest] of digests.entries()) {
      let lines = '';
      for (let i = 0; i < size; ++i) lines += `${lineOfLog(batch * size + i)}\n`;
      expect(toHex(sha256(asBytes(lines))), `batch ${batch}`).toBe(digest);
    }
  });
});
