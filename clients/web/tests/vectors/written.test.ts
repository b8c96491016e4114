// The vectors that TypeScript writes and C++ reads (tests/vectors, FromTypeScript): the committed ones are what the
// code makes today, byte for byte. To change them on purpose: npm run vectors.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { kVectorsFolder } from '../support.ts';
import { cases } from './write_cases.ts';
import { seals } from './write_seals.ts';

const kFolder = new URL('from_typescript/', kVectorsFolder);

test.each([
  ['seals.json', seals],
  ['case.json', cases],
] as const)('%s is what the code writes', async (name, make) => {
  const file = new URL(name, kFolder);
  const written = `${JSON.stringify(await make(), null, 1)}\n`;
  if (process.env['OMZIEN_WRITE_VECTORS'] !== undefined) {
    mkdirSync(kFolder, { recursive: true });
    writeFileSync(file, written);
  }
  expect(written === readFileSync(file, 'utf8'), `${name}; if that is meant: npm run vectors`).toBe(true);
});
