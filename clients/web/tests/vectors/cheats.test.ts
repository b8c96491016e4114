// Members and gateways that cheat, let through on purpose (tests/vectors/cheats.h): every client sees it, what may not
// be changes nothing, and the case goes on. That a gateway refuses the same entries: tests/gateway/cheats_test.cpp.
import { describe, expect, test } from 'vitest';

import { openLog } from '../../core/case_log.ts';
import { fold } from '../../core/case_state.ts';
import { Access } from '../../core/protocol/access.ts';
import { parseHeader } from '../../core/protocol/entry.ts';
import { renderCase } from '../../core/render.ts';
import { CaseVectors, type LogVector } from './case_reader.ts';

const vectors = new CaseVectors('cheats.json');

// Every entry that the rules forbid, and which rule.
async function forbiddenIn(log: LogVector): Promise<LogVector['forbidden']> {
  const directory = await vectors.directory(log);
  const found = [];
  let access = Access.empty;
  for (const { header: bytes } of vectors.fetched(log).entries) {
    const header = parseHeader(bytes);
    if (!header.ok) throw new Error(header.error);
    const admitted = access.admit(header.value, directory);
    if (admitted.ok) access = admitted.value;
    else found.push({ seq: header.value.seq, breach: admitted.error });
  }
  return found;
}

async function openedBy(log: LogVector, who: string) {
  const reader = vectors.reader(log, who);
  return openLog(vectors.fetched(log), vectors.owner(log).handle, reader, await vectors.directory(log));
}

describe.each(vectors.logs.map((log) => [log.name, log] as const))('%s', (_, log) => {
  test.each(Object.entries(log.reads))('as %s sees it', async (who, read) => {
    const opened = await openedBy(log, who);
    if (read.error !== undefined) {
      expect(opened).toMatchObject({ ok: false, error: { kind: read.error } });
      return;
    }
    if (!opened.ok) throw new Error(opened.error.message);
    const state = fold(opened.value, await vectors.directory(log));
    if (read.case !== undefined) expect(renderCase(opened.value, state)).toEqual(read.case);
    if (read.alarms !== undefined) expect(state.alarms.map(({ seq, kind }) => ({ seq, kind }))).toEqual(read.alarms);
  });

  test.runIf((log.forbidden ?? []).length > 0)('changes nothing, and the case goes on', async () => {
    expect(await forbiddenIn(log)).toEqual(log.forbidden);
    const opened = await openedBy(log, 'owner');
    if (!opened.ok) throw new Error(opened.error.message);
    for (const { entry, counts, event } of opened.value.entries) {
      const mayNot = log.forbidden!.some(({ seq }) => seq === entry.header.seq);
      expect(counts).toBe(!mayNot);
      if (mayNot) expect(event).toBeUndefined();
    }
    expect(opened.value.entries.at(-1)!.event).toBeDefined();
  });
});

test('an adviser, a committee, a gateway and two together are among them', () => {
  expect(vectors.logs.length).toBeGreaterThan(40);
});
