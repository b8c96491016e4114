// Bytes that a fuzzer found worth keeping (tests/fuzz/corpus): C++ and TypeScript say the same of every one, and write
// what they accept as the same bytes again.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { exactly, fromHex, toHex } from '../../core/crypto/bytes.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { built, kBin } from '../kit/programs.ts';
import { kCodecs } from './codecs.ts';
import { kReaders, type Scene } from './readers.ts';

const kVerdicts = `${kBin}/omzien-fuzz-verdicts`;
const kCorpus = fileURLToPath(new URL('../../../../tests/fuzz/corpus', import.meta.url));
const kBuilt = built('omzien-fuzz-verdicts');

interface Row {
  readonly name: string; // of a codec or a reader
  readonly file: string; // with its corpus
  readonly answer: string;
  readonly hex: string; // what a codec writes again; what a reader was given
}

function verdictsOfCpp(): Row[] {
  const ran = spawnSync(kVerdicts, [kCorpus], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (ran.status !== 0) throw new Error(`omzien-fuzz-verdicts: ${ran.status} ${ran.stderr}`);
  return ran.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name, file, answer, hex] = line.split('\t');
      return { name: name!, file: file!, answer: answer!, hex: hex! };
    });
}

describe.skipIf(!kBuilt)('the corpora', () => {
  const [organisation, ...rows] = kBuilt ? verdictsOfCpp() : [];
  const of = (name: string): Row[] => rows.filter((row) => row.name === name);

  test.each(Object.keys(kCodecs))('%s: the same verdict, the same bytes again', (codec) => {
    const mine = of(codec);
    expect(mine.some(({ answer }) => answer === 'good'), 'an input that is good').toBe(true);
    for (const row of mine) {
      const verdict = kCodecs[codec]!(new Uint8Array(readFileSync(`${kCorpus}/${row.file}`)));
      if (verdict === undefined) continue;
      // A request of a version to come is answered by a gateway alone; a page never reads one.
      const expected = codec === 'request' && row.answer === 'newer version' ? 'malformed' : row.answer;
      expect(verdict.answer, row.file).toBe(expected);
      if (verdict.again !== undefined) expect(toHex(verdict.again), row.file).toBe(row.hex);
    }
  });

  async function scene(): Promise<Scene> {
    const { file, answer, hex } = organisation!;
    const service = exactly(ServiceId, fromHex(file)!);
    const directory = await Directory.parse(fromHex(hex)!, service);
    if (!directory.ok) throw new Error(directory.error);
    return { service, today: Number(answer), directory: directory.value };
  }

  test.each(Object.keys(kReaders))('%s: the same answer to the same bytes', async (reader) => {
    const where = await scene();
    const mine = of(reader);
    expect(mine.length).toBeGreaterThan(1000);
    for (const { file, answer, hex } of mine) {
      const mine_says = await kReaders[reader]!(fromHex(hex)!, where);
      if (mine_says !== undefined) expect(mine_says, file).toBe(answer);
    }
  });

  test('what was signed or sealed is taken, and refused for reasons that lie behind it', () => {
    const met = (name: string, ...answers: string[]): void => {
      const all = [...new Set(of(name).map(({ answer }) => answer))];
      expect(all, name).toEqual(expect.arrayContaining(['good', ...answers]));
    };
    met('directory_signed', 'invalid', 'newer version', 'other organisation');
    met('certificate_signed', 'signature', 'stranger', 'validity');
    met('availability_signed', 'signature', 'stranger', 'invalid');
    met('enrolment_signed', 'signature', 'other organisation');
    met('key_file_sealed', 'not a key file');
    met('local_sealed');
    for (const name of ['invitation', 'member_card', 'papers', 'handbook_read']) met(name, 'malformed');
  });

  test('every codec and every reader of C++ is judged here', () => {
    const here = [...Object.keys(kCodecs), ...Object.keys(kReaders)];
    expect([...new Set(rows.map(({ name }) => name))].sort()).toEqual(here.sort());
  });
});
