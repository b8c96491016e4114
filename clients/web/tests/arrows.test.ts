// Arrows point one way: core ← page ← reporter, desk; core ← cleaning, mirror, voice ← reporter. Neither program
// reaches into the other.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const kWeb = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const kMayReach: Readonly<Record<string, readonly string[]>> = {
  core: ['core', 'generated'],
  page: ['page', 'core', 'generated'],
  cleaning: ['cleaning', 'core'],
  mirror: ['mirror'],
  voice: ['voice', 'core'],
  reporter: ['reporter', 'page', 'core', 'generated', 'cleaning', 'mirror', 'voice'],
  desk: ['desk', 'page', 'core', 'generated'],
};

// Every folder of this program's that a file reaches: by import, and in styles.
function reached(file: string): string[] {
  const named = readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']*)'/g);
  return [...named]
    .map(([, path]) => resolve(dirname(file), path!))
    .filter((path) => path.startsWith(`${kWeb}/`))
    .map((path) => path.slice(kWeb.length + 1).split('/')[0]!);
}

for (const [folder, may] of Object.entries(kMayReach))
  test(`${folder}/ reaches ${may.join(', ')} and nothing else`, () => {
    const files = readdirSync(`${kWeb}/${folder}`, { recursive: true, encoding: 'utf8' });
    const read = files.filter((name) => /\.(tsx?|css)$/.test(name));
    const astray = read.flatMap((name) =>
      reached(`${kWeb}/${folder}/${name}`).filter((to) => !may.includes(to)).map((to) => `${name} → ${to}`),
    );
    expect(read.length).toBeGreaterThan(0);
    expect(astray).toEqual([]);
  });
