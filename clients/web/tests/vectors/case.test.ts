// Whole cases that C++ made: ordinary ones, ones that hold something forbidden, ones that are not whole.
import { describe, expect, test } from 'vitest';

import type { AlarmKind } from '../../core/alarm.ts';
import { openLog } from '../../core/case_log.ts';
import { fold } from '../../core/case_state.ts';
import { Access, type Breach } from '../../core/protocol/access.ts';
import { Chain, type ChainError } from '../../core/protocol/chain.ts';
import { Entry, parseHeader, type EntryError } from '../../core/protocol/entry.ts';
import { renderCase } from '../../core/render.ts';
import { readVectors } from '../support.ts';
import { CaseVectors, type LogVector } from './case_reader.ts';

const vectors = new CaseVectors('case.json');

// The compiler asks for every name here, and the last test for a vector of each.
const kBreaches: Readonly<Record<Breach, true>> = {
  'newer version': true,
  opening: true,
  author: true,
  compartment: true,
  epoch: true,
  milestone: true,
  urgent: true,
  grantor: true,
  grantee: true,
  'grant keys': true,
  holder: true,
  dormant: true,
  payload: true,
  withdrawn: true,
  dispute: true,
  crowded: true,
  delegation: true,
  remaining: true,
  'owner keys': true,
  notes: true,
  reseal: true,
  revoke: true,
  purge: true,
  release: true,
};
// 'other_day' is of a log and of a clock: lead/own_clock.test.ts.
const kAlarms: Readonly<Record<Exclude<AlarmKind, 'other_day'>, true>> = {
  rule_broken: true,
  altered: true,
  other_key: true,
  strangers_key: true,
  unknown_directory: true,
  newer_version: true,
  missing: true,
};
const kBreaks: Readonly<Record<EntryError | ChainError, true>> = {
  malformed: true,
  'newer version': true,
  signature: true,
  'other case': true,
  sequence: true,
  link: true,
  day: true,
};

// What the rules say of the last entry.
async function breachOf(log: LogVector): Promise<Breach | undefined> {
  let access = Access.empty;
  const directory = await vectors.directory(log);
  let last: Breach | undefined;
  for (const { header } of vectors.fetched(log).entries) {
    const parsed = parseHeader(header);
    if (!parsed.ok) throw new Error(parsed.error);
    const admitted = access.admit(parsed.value, directory);
    if (admitted.ok) access = admitted.value;
    last = admitted.ok ? undefined : admitted.error;
  }
  return last;
}

// Where the log breaks first, entry by entry.
async function breakOf(log: LogVector): Promise<LogVector['breaks']> {
  const chain = new Chain(vectors.service, vectors.owner(log).handle);
  for (const [at, { header, signature }] of vectors.fetched(log).entries.entries()) {
    const entry = await Entry.parse(header, signature);
    const placed = entry.ok ? chain.extend(entry.value.header, entry.value.hash) : entry;
    if (!placed.ok) return { at, why: placed.error };
  }
  return undefined;
}

describe.each(vectors.logs.map((log) => [log.name, log] as const))('%s', (_, log) => {
  test.each(Object.entries(log.reads))('as %s sees it', async (who, read) => {
    const directory = await vectors.directory(log);
    const handle = vectors.owner(log).handle;
    const opened = await openLog(vectors.fetched(log), handle, vectors.reader(log, who), directory);
    if (read.error !== undefined) {
      expect(opened).toMatchObject({ ok: false, error: { kind: read.error } });
      return;
    }
    if (!opened.ok) throw new Error(opened.error.message);
    const state = fold(opened.value, directory);
    if (read.case !== undefined) expect(renderCase(opened.value, state)).toEqual(read.case);
    if (read.alarms !== undefined) expect(state.alarms.map(({ seq, kind }) => ({ seq, kind }))).toEqual(read.alarms);
    if (log.breach !== undefined) expect(opened.value.entries.at(-1)!.counts).toBe(false);
  });

  test('breaks the rules, or the chain, as it should', async () => {
    expect(await breakOf(log)).toEqual(log.breaks);
    if (log.breaks === undefined) expect(await breachOf(log)).toBe(log.breach);
  });
});

test('every breach, alarm and break has a log that shows it', () => {
  const named = (names: readonly (string | undefined)[]): string[] => [
    ...new Set(names.filter((name) => name !== undefined)),
  ];
  const alarms = vectors.logs.flatMap((log) => Object.values(log.reads).flatMap(({ alarms: some = [] }) => some));
  // access.json has the moves of people who come and go; a case so crowded, and one that was withdrawn, are in
  // tests/protocol (access.test.ts, release.test.ts).
  const moves = readVectors<{ logs: { moves: string[] }[] }>('access.json').logs.flatMap((log) => log.moves);
  const verdicts = moves.map((move) => move.split(' ').slice(6).join(' ')).filter((verdict) => verdict in kBreaches);
  const breaches = named([...vectors.logs.map((log) => log.breach), ...verdicts, 'crowded', 'withdrawn']);
  expect(breaches.sort()).toEqual(Object.keys(kBreaches).sort());
  expect(named(alarms.map(({ kind }) => kind)).sort()).toEqual(Object.keys(kAlarms).sort());
  expect(named(vectors.logs.map((log) => log.breaks?.why)).sort()).toEqual(Object.keys(kBreaks).sort());
});
