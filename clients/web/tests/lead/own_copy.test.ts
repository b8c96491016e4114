// A case with nonsense in it, as its reporter takes it along: what the C++ program says of the copy is what they saw.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { EntryKind, kPaddingSmallBytes, kSuite, Milestone, type Compartment } from '../../generated/rules.ts';
import { allZero } from '../../core/crypto/bytes.ts';
import { kEnvelopeOverheadBytes } from '../../core/crypto/envelope.ts';
import { sealEvent } from '../../core/crypto/event_seal.ts';
import { encodeEvent } from '../../core/event_encode.ts';
import { letIn } from '../../core/lead/moves.ts';
import { copyCase, toJson } from '../../core/lead/own_copy.ts';
import type { OpenedCase } from '../../core/case_log.ts';
import type { Header } from '../../core/protocol/entry.ts';
import { sealEntry } from '../../core/seal_parts.ts';
import { built, kBin } from '../kit/programs.ts';
import { LeadTest, story, summary, talk } from './fixture.ts';

type Payload = (header: Header, opened: OpenedCase) => Uint8Array;

// The coordinator writes this in the summary, which neither a decision nor advice is, and then that the case is over; a
// gateway is blind to what stands inside.
async function endedAfter(payload: Payload): Promise<LeadTest> {
  const it = await LeadTest.open();
  const coordinator = it.member('coordinator');
  await it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id('coordinator')], compartments: [story, talk, summary] }, certificates),
  );
  await it.say(coordinator, 'Read.');
  const write = (compartment: Compartment, made: Payload): Promise<void> =>
    it.did(coordinator, async (addition) => {
      const fields = { kind: 'event', compartment, epoch: 1, milestone: Milestone.none, urgent: false, files: [], dispute: 0 } as const;
      const opened = await it.opened(coordinator);
      return addition.take(
        await sealEntry(coordinator, addition.place, EntryKind.event, fields, it.random, (header) => made(header, opened)),
      );
    });
  await write(summary, payload);
  await write(talk, ({ serviceId, handle, author, seq }, { keys, share }) => {
    const outcome = encodeEvent({ kind: 'outcome', text: 'Done.', reason: 'No.' });
    return sealEvent(keys.get(talk, 1)!, share!, { serviceId, handle, author, compartment: talk, epoch: 1, seq }, outcome, it.random);
  });
  return it;
}

async function copied(it: LeadTest) {
  const opened = await it.opened(it.owner);
  return { opened, copy: copyCase(it.served(it.owner), opened, it.directory) };
}

function verified(copy: object): { verified?: boolean; alarms?: { seq: number; kind: string }[] } {
  const folder = mkdtempSync(join(tmpdir(), 'omzien-copy-'));
  try {
    const file = join(folder, 'case.json');
    writeFileSync(file, JSON.stringify(copy));
    const { OMZIEN_ORG: _, ...env } = process.env;
    const ran = spawnSync(`${kBin}/omzien`, ['verify', 'file', file, '--json'], { env, encoding: 'utf8' });
    return JSON.parse(ran.stdout) as object;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const shaped = (suite: number): Uint8Array => new Uint8Array(kEnvelopeOverheadBytes + kPaddingSmallBytes).fill(7).fill(suite, 0, 1);
const kNonsense: readonly (readonly [string, Uint8Array, string])[] = [
  ['that is no envelope', Uint8Array.of(1, 2, 3), 'altered'],
  ['that is shaped as an envelope', shaped(kSuite), 'altered'],
  ['that calls itself newer', shaped(kSuite + 1), 'newer_version'],
];

test.each(kNonsense)('nonsense %s goes along in a copy, with zeros where there is no key', async (name, payload) => {
  const { copy } = await copied(await endedAfter(() => payload));
  const { disclosed } = copy.entries.at(-2)!;
  expect(disclosed?.payload).toEqual(payload);
  expect(allZero(disclosed!.key)).toBe(!name.includes('shaped'));
});

test('a text that the gateway altered is left out of a copy', async () => {
  const it = await LeadTest.open();
  await it.say(it.member('mieke'), 'Read.');
  const log = it.everything();
  const last = log.entries.length - 1;
  const entries = log.entries.map((entry, i) => (i === last ? { ...entry, payload: entry.payload.map((byte) => byte ^ 1) } : entry));
  const altered = { ...log, entries };
  expect(copyCase(altered, await it.opened(it.owner, altered), it.directory).entries[last]!.disclosed).toBeUndefined();
});

describe.skipIf(!built('omzien'))('the program that checks a copy', () => {
  test.each(kNonsense)('sees nonsense %s, and that nothing ended after it', async (_, payload, kind) => {
    const { opened, copy } = await copied(await endedAfter(() => payload));
    const end = opened.entries.length - 1;
    expect(opened.entries[end]!.counts).toBe(false);
    const { verified: good, alarms } = verified(toJson(copy));
    expect(good).toBe(false);
    expect(alarms!.map((alarm) => [alarm.seq, alarm.kind]).sort()).toEqual([[end - 1, kind], [end, 'rule_broken']]);
  });
});
