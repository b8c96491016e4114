// The rules judge every move of every log as C++ did, and find the same in the end (tests/vectors/access_moves.h).
import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

import type { EntryKind } from '../../generated/rules.ts';
import { asBytes, toHex } from '../../core/crypto/bytes.ts';
import { Digest, sha256 } from '../../core/crypto/hash.ts';
import { SigningPublicKey } from '../../core/crypto/signature.ts';
import { Access } from '../../core/protocol/access.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { encodeFields, parseFields } from '../../core/protocol/entry_fields.ts';
import { handleOf } from '../../core/protocol/entry.ts';
import { Salt, ServiceId } from '../../core/protocol/ids.ts';
import { built, kBin } from '../kit/programs.ts';
import { bytes, fixed, readVectors } from '../support.ts';
import { textOf } from './access_text.ts';

const kMovesPerText = 40; // as in C++

interface Logs {
  readonly service: string;
  readonly directory: string;
  readonly directory_before: string;
  readonly first_day: number;
  readonly keys: readonly string[];
  readonly logs: readonly { readonly moves: readonly string[]; readonly digest: string }[];
}

const kProgram = `${kBin}/omzien-access-moves`;

async function replay(all: Logs): Promise<Map<string, number>> {
  const serviceId = fixed(ServiceId, all.service);
  const [directory, before] = await Promise.all(
    [all.directory, all.directory_before].map((hex) => Directory.parse(bytes(hex), serviceId)),
  );
  if (!directory!.ok || !before!.ok) throw new Error('a directory that does not check out');
  const keys = all.keys.map((hex) => fixed(SigningPublicKey, hex));
  const handle = handleOf(keys[0]!);
  const verdicts = new Map<string, number>();
  for (const { moves, digest } of all.logs) {
    let access = Access.empty;
    let today = all.first_day;
    let found = '';
    for (const [seq, move] of moves.entries()) {
      const [author, day, number, payloadSize, early, hex, ...said] = move.split(' ') as [string, string, string, string, string, string];
      const expected = (said as string[]).join(' ');
      const kind = Number(number) as EntryKind;
      const written = hex === '-' ? new Uint8Array(0) : bytes(hex);
      const fields = parseFields(kind, written);
      today = all.first_day + Number(day);
      let verdict = 'malformed';
      if (fields !== undefined) {
        if (toHex(encodeFields(fields)) !== toHex(written)) throw new Error(`written otherwise: ${move}`);
        const header = {
          serviceId,
          handle,
          author: keys[Number(author)]!,
          seq,
          prevHash: Digest.zeros(),
          day: today,
          directoryHash: (early === '1' ? before : directory)!.value.hash,
          salt: Salt.zeros(),
          kind,
          fields,
          payloadHash: Digest.zeros(),
          payloadSize: Number(payloadSize),
        };
        const admitted = access.admit(header, directory!.value);
        if (admitted.ok) access = admitted.value;
        verdict = admitted.ok ? 'ok' : admitted.error;
      }
      if (verdict !== expected) throw new Error(`${verdict}, not ${expected}: move ${seq}, ${move}`);
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      if ((seq + 1) % kMovesPerText === 0) found += textOf(access, directory!.value, today);
    }
    found += textOf(access, directory!.value, today);
    expect(toHex(sha256(asBytes(found)))).toBe(digest);
  }
  return verdicts;
}

const countOf = (verdicts: ReadonlyMap<string, number>): number => [...verdicts.values()].reduce((a, b) => a + b, 0);

test('every committed move is judged as in C++', async () => {
  const verdicts = await replay(readVectors<Logs>('access.json'));
  expect(countOf(verdicts)).toBeGreaterThanOrEqual(1200); // and a purge where one is due
  expect(verdicts.get('ok')).toBeGreaterThan(200);
});

// More of them, for a long run: OMZIEN_RANDOM_LOGS=100000. What they add up to in the end is compared too.
const kLogs = Number(process.env['OMZIEN_RANDOM_LOGS'] ?? 60);
const kLogsAtOnce = 60;
const kMoves = 400;

test.skipIf(!built('omzien-access-moves'))(`and so are those of ${kLogs} logs more`, { timeout: 60_000 + kLogs * 100 }, async () => {
  const verdicts = new Map<string, number>();
  for (let done = 0; done < kLogs; done += kLogsAtOnce) {
    const wanted = [1000 + done, Math.min(kLogsAtOnce, kLogs - done), kMoves].map(String);
    const printed = execFileSync(kProgram, wanted, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    for (const [verdict, count] of await replay(JSON.parse(printed) as Logs))
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + count);
  }
  expect(countOf(verdicts)).toBeGreaterThanOrEqual(kLogs * kMoves);
  // Worth something: all but what takes 65 people, or a case opened twice, is among them.
  for (const breach of [
    'ok', 'malformed', 'newer version', 'author', 'payload', 'withdrawn', 'compartment', 'epoch', 'milestone', 'dispute',
    'urgent', 'grantor', 'grantee', 'grant keys', 'holder', 'dormant', 'delegation', 'remaining', 'owner keys', 'notes',
    'reseal', 'revoke', 'purge', 'release',
  ])
    expect(verdicts.get(breach) ?? 0, breach).toBeGreaterThan(0);
});
