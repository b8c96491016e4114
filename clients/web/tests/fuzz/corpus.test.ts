// Bytes that a fuzzer found worth keeping (tests/fuzz/corpus): C++ and TypeScript say the same of every one, and write
// what they accept as the same bytes again.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { toHex } from '../../core/crypto/bytes.ts';
import { built, kBin } from '../kit/programs.ts';
import { kCodecs } from './codecs.ts';

const kVerdicts = `${kBin}/omzien-fuzz-verdicts`;
const kCorpus = fileURLToPath(new URL('../../../../tests/fuzz/corpus', import.meta.url));
const kBuilt = built('omzien-fuzz-verdicts');
if (!kBuilt) console.warn('corpora: skipped, there is no omzien-fuzz-verdicts; set OMZIEN_BIN');

interface Row {
  readonly codec: string;
  readonly file: string;
  readonly answer: string;
  readonly again: string;
}

function verdictsOfCpp(): Row[] {
  const ran = spawnSync(kVerdicts, [kCorpus], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (ran.status !== 0) throw new Error(`omzien-fuzz-verdicts: ${ran.status} ${ran.stderr}`);
  return ran.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [codec, file, answer, again] = line.split('\t');
      return { codec: codec!, file: file!, answer: answer!, again: again! };
    });
}

describe.skipIf(!kBuilt)('the corpora', () => {
  const rows = kBuilt ? verdictsOfCpp() : [];
  const judged = (row: Row): ReturnType<(typeof kCodecs)[string]> =>
    kCodecs[row.codec]!(new Uint8Array(readFileSync(`${kCorpus}/${row.codec}/${row.file}`)));

  test.each(Object.keys(kCodecs))('%s: the same verdict, the same bytes again', (codec) => {
    const mine = rows.filter((row) => row.codec === codec);
    expect(mine.some(({ answer }) => answer === 'good'), 'an input that is good').toBe(true);
    for (const row of mine) {
      const verdict = judged(row);
      if (verdict === undefined) continue;
      // A request of a version to come is answered by a gateway alone; a page never reads one.
      const expected = codec === 'request' && row.answer === 'newer version' ? 'malformed' : row.answer;
      expect(verdict.answer, row.file).toBe(expected);
      if (verdict.again !== undefined) expect(toHex(verdict.again), row.file).toBe(row.again);
    }
  });

  test('every codec of C++ is judged here', () => {
    expect([...new Set(rows.map(({ codec }) => codec))].sort()).toEqual(Object.keys(kCodecs).sort());
  });
});
