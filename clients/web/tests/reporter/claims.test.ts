// The page of honest claims: every claim stands there once and names a test that exists, declared as a test
// in a file that ctest runs.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { kCannotHide, kCannotSee } from '../../reporter/claims.ts';
import { words as dutch } from '../../reporter/words/nl.ts';

const kProject = new URL('../../../../', import.meta.url).pathname;
const kClaims = [...kCannotSee, ...kCannotHide];

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : files(path);
    return [path];
  });
}

// How each kind of file declares a test; the last group is its name.
const kDeclarations: readonly (readonly [file: RegExp, declaration: RegExp])[] = [
  [/_test\.cpp$/, /^TEST(?:_F|_P)?\(\s*\w+,\s*(\w+)\s*\)/gm],
  [/_test\.py$/, /^\s+def (test_\w+)\(/gm],
  [/\.test\.[jt]s$/, /\btest\(\s*(?:'|`)([^'`]+)/g],
  [/CMakeLists\.txt$/, /add_test\(NAME (\S+)/g],
];

// A file of tests that no CMakeLists.txt names is run by nobody.
function declared_tests(): string[] {
  const all = [...files(`${kProject}tests`), ...files(`${kProject}clients/web/tests`)];
  const lists = all.filter((path) => path.endsWith('CMakeLists.txt')).map((path) => readFileSync(path, 'utf8')).join('\n');
  const is_run = (path: string): boolean => {
    const name = basename(path).replace(/([._]test)?\.\w+$/, '');
    return path.includes('/clients/web/tests/') || path.endsWith('CMakeLists.txt') || new RegExp(`\\b${name}(_test)?\\b`).test(lists);
  };
  return kDeclarations.flatMap(([file, declaration]) =>
    all.filter((path) => file.test(path) && is_run(path))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(declaration)].map((found) => found[1]!)),
  );
}

// The whole name; of a test that is declared once for several ways, all before the first gap.
const exists = (name: string, among: readonly string[]): boolean => among.some((one) => one.split(' (${')[0] === name);

test('every claim names a test that exists', () => {
  const declared = declared_tests();
  expect(kClaims.filter((claim) => !exists(claim.test, declared))).toEqual([]);
});

test('a test that is only mentioned somewhere does not count', () => {
  expect(exists('a claim that nobody tests', declared_tests())).toBe(false);
  expect(exists('kDeclarations', declared_tests())).toBe(false);
  expect(exists('every claim', declared_tests())).toBe(false); // how two of them begin
});

test('every claim of the catalogue is on the page once', () => {
  const shown = kClaims.map((claim) => claim.key);
  expect([...shown].sort()).toEqual(Object.keys(dutch.honest.claims).sort());
});
