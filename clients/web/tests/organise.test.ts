// The real program over a folder with the shape of a build: the app's own document, manifest and icon.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const kService = 'ab12'.repeat(16);
const kScript = 'const mine = "something long enough to be worth compressing";\n'.repeat(20);
const kPicture = '<svg xmlns="http://www.w3.org/2000/svg"><defs><path id="a" d="M0 0h9"/></defs><use href="#a" fill="url(#b)"/></svg>';

let folder: string;
let dist: string;
let out: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omzien-organise-'));
  dist = join(folder, 'dist');
  out = join(folder, 'site/reporter');
  cpSync(here('../reporter/public'), dist, { recursive: true });
  cpSync(here('../reporter/index.html'), join(dist, 'index.html'));
  writeFileSync(join(dist, 'app-1.js'), kScript);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function organise(...more: string[]): { code: number | null; said: string } {
  const given = more.includes('--service-id') ? more : [...more, '--service-id', kService];
  const done = spawnSync(process.execPath, [here('../organise.js'), dist, out, ...given], { encoding: 'utf8' });
  return { code: done.status, said: done.stderr };
}
const made = (name: string): string => readFileSync(join(out, name), 'utf8');
const built = (name: string): string => readFileSync(join(dist, name), 'utf8');
const snapshot = (where: string): Record<string, string> =>
  Object.fromEntries(readdirSync(where).sort().map((name) => [name, readFileSync(join(where, name), 'base64')]));

function expect_refused(why: RegExp, ...more: string[]): void {
  const before = existsSync(out) ? snapshot(out) : undefined;
  const { code, said } = organise(...more);
  expect(said).toMatch(why);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
  expect(existsSync(out) ? snapshot(out) : undefined).toEqual(before);
}

test('the organisation stands in the document, and all else is the build', () => {
  expect(organise()).toEqual({ code: 0, said: '' });
  expect(made('index.html')).toBe(built('index.html').replace('0'.repeat(64), kService));
  for (const name of ['app-1.js', 'icon.svg', 'manifest.webmanifest']) expect(made(name)).toBe(built(name));
  const plain = readdirSync(out).filter((name) => !/\.(br|gz)$/.test(name));
  expect(plain.sort()).toEqual(readdirSync(dist).sort());
});

test('name and icon change three files and no other', () => {
  writeFileSync(join(folder, 'mine.svg'), kPicture);
  expect(organise('--name', '  Rust & <stilte> $& ', '--icon', join(folder, 'mine.svg')).code).toBe(0);
  expect(made('index.html')).toContain('<title>Rust &amp; &lt;stilte&gt; $&amp;</title>');
  const manifest = JSON.parse(made('manifest.webmanifest')) as Record<string, unknown>;
  expect(manifest).toEqual({
    ...(JSON.parse(built('manifest.webmanifest')) as object),
    name: 'Rust & <stilte> $&',
    short_name: 'Rust & <stilte> $&',
  });
  expect(made('icon.svg')).toBe(kPicture);
  expect(made('app-1.js')).toBe(built('app-1.js'));
});

test('what stands beside a file is that file, smaller', () => {
  writeFileSync(join(dist, 'tiny.txt'), 'x');
  writeFileSync(join(dist, 'picture.png'), kScript);
  organise();
  for (const name of ['index.html', 'app-1.js', 'icon.svg', 'manifest.webmanifest']) {
    const bytes = readFileSync(join(out, name));
    const brotli = readFileSync(join(out, `${name}.br`));
    const gzip = readFileSync(join(out, `${name}.gz`));
    expect(brotliDecompressSync(brotli).equals(bytes)).toBe(true);
    expect(gunzipSync(gzip).equals(bytes)).toBe(true);
    expect(Math.max(brotli.length, gzip.length)).toBeLessThan(bytes.length);
  }
  for (const name of ['tiny.txt.br', 'tiny.txt.gz', 'picture.png.br']) expect(existsSync(join(out, name))).toBe(false);
});

test('the same input gives the same bytes, and a second copy replaces the first', () => {
  organise();
  const first = snapshot(out);
  organise('--name', 'Anders');
  expect(snapshot(out)).not.toEqual(first);
  organise();
  expect(snapshot(out)).toEqual(first);
  expect(readdirSync(join(folder, 'site'))).toEqual(['reporter']);
});

test('what is no fingerprint, name or icon is refused, and nothing changes', () => {
  organise();
  for (const hex of ['', 'ab', `${kService}0`, 'g'.repeat(64), '0'.repeat(64)]) expect_refused(/service-id/, '--service-id', hex);
  for (const name of ['', '   ', 'x'.repeat(41), 'a\nb', 'a\u202eb']) expect_refused(/--name/, '--name', name);
  expect(organise('--name', '\u{1f33f}'.repeat(40)).code).toBe(0);
  expect_refused(/there is no/, '--icon', join(folder, 'absent.svg'));
  expect_refused(/unknown|option/i, '--colour', 'red');
  expect_refused(/two folders/, 'third');
});

test('an icon is a picture and nothing else', () => {
  const icon = join(folder, 'icon.svg');
  for (const inside of ['<script>1</script>', '< SCRIPT >', '<a onclick="x"/>', '<a\nonload=x />', '<a href="javascript:1"/>',
    '<foreignObject/>', '<image href="https://example.org/a.png"/>', '<image xlink:href=//example.org/a />',
    '<rect fill="url(https://example.org/a)"/>', '<image href="data:text/html,x"/>']) {
    writeFileSync(icon, `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`);
    expect_refused(/more than a picture|from elsewhere/, '--icon', icon);
  }
  for (const text of ['', 'GIF89a', '<html><svg></svg></html>', '<!DOCTYPE svg [<!ENTITY a "b">]><svg></svg>']) {
    writeFileSync(icon, text);
    expect_refused(/no SVG picture/, '--icon', icon);
  }
  writeFileSync(icon, kPicture + ' '.repeat(65_536));
  expect_refused(/more than 65536 bytes/, '--icon', icon);
});

test('what is no build is refused', () => {
  writeFileSync(join(dist, 'index.html'), built('index.html').replace('0'.repeat(64), kService));
  expect_refused(/an organisation's already/);
  symlinkSync('/etc/hostname', join(dist, 'a.txt'));
  expect_refused(/is no file/);
  rmSync(join(dist, 'index.html'));
  expect_refused(/no index\.html/);
});

test('no folder is replaced that was not made here', () => {
  mkdirSync(out, { recursive: true });
  expect(organise().code).toBe(0);
  writeFileSync(join(out, 'index.html'), '<title>my thesis</title>');
  expect_refused(/no copy of this app/);
  out = join(dist, 'inside');
  expect(organise().said).toMatch(/in one another/);
  out = folder;
  expect(organise().said).toMatch(/in one another/);
});

test('the desk becomes the organisation’s in the same way, and has no manifest to change', () => {
  rmSync(dist, { recursive: true });
  cpSync(here('../desk/public'), dist, { recursive: true });
  cpSync(here('../desk/index.html'), join(dist, 'index.html'));
  writeFileSync(join(dist, 'app-1.js'), kScript);
  expect(organise('--name', 'Rust')).toEqual({ code: 0, said: '' });
  expect(made('index.html')).toContain(kService);
  expect(made('index.html')).toContain('<title>Rust</title>');
  expect(existsSync(join(out, 'manifest.webmanifest'))).toBe(false);
});
