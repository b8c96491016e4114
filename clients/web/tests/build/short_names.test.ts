// What the build does to the reporter's app may change how long it is, and nothing else.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cube_roots, with_roots } from '../../prime_roots.ts';
import { kReadCodes, without_prose } from '../../prose.ts';
import { kEmptyDraft } from '../../reporter/draft.ts';
import { kept_names, shortened } from '../../short_names.ts';
import { as_values } from '../../twin_words.ts';
import { without_unused } from '../../unused.ts';
import { words as en } from '../../reporter/words/en.ts';
import { has_names, like } from '../../reporter/words/like.ts';
import { words as nl } from '../../reporter/words/nl.ts';

const source = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
// Runs a program as the browser would; it gives back what it leaves in globalThis.answer.
function run(code: string): unknown {
  new Function(code)();
  return (globalThis as { answer?: unknown }).answer;
}

test('a name that only this program knows is shortened, everywhere', async () => {
  const code = 'const made = { reporter_own: globalThis.start, other: 2 }; globalThis.answer = made.reporter_own + made.other;';
  const small = await shortened(`globalThis.start = 1;${code}`);
  expect(small).not.toContain('reporter_own');
  expect(run(small)).toBe(3);
});

test('what is declared once is declared as what changes is, and a text about it stays', async () => {
  const small = await shortened("const kept = globalThis.start; for (const one of ['const a', `const ${kept}`]) globalThis.answer = (globalThis.answer ?? '') + one;");
  expect(small.match(/const \w/g)).toEqual(['const a']);
  expect(run(`globalThis.start = 2; globalThis.answer = ''; ${small}`)).toBe('const aconst 2');
});

test('a long text comes first, and says the same', async () => {
  const list = 'é'.repeat(20_000);
  const small = await shortened(`globalThis.start = 1; const list = '${list}'; globalThis.answer = list.charCodeAt(globalThis.start) + 'after'.length;`);
  expect(small.indexOf(list)).toBeLessThan(small.indexOf('start'));
  expect(run(small)).toBe(0xe9 + 5);
});

test.each([
  ['a string that picks by name', "const all = { first_one: 1, second_one: 2 }; pick(all['first_one'], all.second_one, ['second_one']);", 'second_one'],
  ['a string with a stroke', "const all = { 'nl-1': 1 }; pick(all[globalThis.list ?? 'nl-1']);", 'nl-1'],
  ['a template that picks by name', 'const all = { news_left: 1, news_came: 2 }; pick(all[`news_${kind}`], all.news_left, all.news_came);', 'news_left'],
  ['a key in quotes', "const draft = { 'withheld': 1 }; pick(JSON.stringify(draft), draft.withheld);", 'withheld'],
  ['an option of the browser', "const own = { notation: 1 }; pick(own.notation, new Intl.NumberFormat('nl', { notation: 'compact' }));", 'notation'],
  ['an option in a constant', "const how = { notation: 'compact' }; pick(how.notation, new Intl.NumberFormat('nl', how));", 'notation'],
  ['an attribute of an element', "function h(...all) { globalThis.draw(all); } const own = { inputmode: 1 }; pick(own.inputmode, h('input', { inputmode: 'numeric' }));", 'inputmode'],
  ['attributes that are spread', "function h(...all) { globalThis.draw(all); } const all = { enterkeyhint: 'go' }; pick(all.enterkeyhint, h('input', { ...all }));", 'enterkeyhint'],
  ['what is read and never written', 'pick(globalThis.somewhere.made_elsewhere);', 'made_elsewhere'],
  ['what is written and never read', 'pick({ for_somebody: 1 });', 'for_somebody'],
])('%s keeps its name', async (_, code, name) => {
  expect(kept_names(code)).toContain(name);
  expect(await shortened(code)).toContain(name);
});

test('a draft that was kept is read by a later build: its keys stand in quotes', () => {
  const draft = source('reporter/draft.ts');
  for (const key of Object.keys(kEmptyDraft)) expect(draft).toContain(`  '${key}': `);
  expect(source('reporter/screens/prompt.tsx')).toContain("{ 'text': text, 'withheld': withheld }");
});

test('what a command line reads keeps its keys: a proof, a copy of a case', () => {
  for (const file of ['core/lead/withdrawal_proof.ts', 'core/lead/own_copy.ts']) {
    const made = /return \{\n\s+'omzien'[^]*?\n {2}\};/.exec(source(file))![0];
    expect([...made.matchAll(/(?:^|[{,])\s*(\w+): /gm)], file).toEqual([]);
  }
});

test('a number of a constant table stands for its name; a table that changes or is picked from stays', () => {
  expect(without_unused('const Choice = { yes: 1, no: 4 }; pick(Choice.no);')).toContain('pick(4)');
  expect(without_unused('const Choice = { yes: 1 }; Choice.yes = 2; pick(Choice.yes);')).toContain('pick(Choice.yes)');
  expect(without_unused("const Choice = { yes: 'ja' }; pick(Choice.yes);")).toContain('pick(Choice.yes)');
  expect(without_unused('const Choice = { yes: 1 }; const f = (Choice) => Choice.yes; pick(f);')).toContain('=> Choice.yes');
  expect(without_unused('const Choice = { yes: 1 }; pick(Choice[key]);')).toContain('Choice = { yes: 1 }');
});

test('a method that nothing names is left out, and what only it called; others stay', () => {
  const small = without_unused('class One { a() { return this.only_a(); } only_a() {} used() {} then() {} } new One().used(); pick("picked");');
  expect(small).not.toMatch(/only_a|\ba\(/);
  expect(small).toMatch(/used\(\) \{\}/);
  expect(small).toMatch(/then\(\) \{\}/);
  expect(without_unused('class One { picked() {} } new One()[globalThis.which ?? "picked"]();')).toContain('picked() {}');
});

test('a field that a class only names is left out; one with a value stays, and so does one that may hide another', () => {
  const code = 'class One { kind; at = 1; #own; static many; constructor() { this.kind = 2; } own() { return this.#own; } }';
  expect(without_unused(code).replace(/\s+/g, ' ')).toBe('class One { at = 1; #own; static many; constructor() { this.kind = 2; } own() { return this.#own; } }');
  expect(without_unused('class Two extends One { kind; } pick(new Two());')).toContain('{ kind; }');
  expect(without_unused('class Two extends Error { kind; } pick(new Two());')).not.toContain('kind');
});

test('every code that the app goes another way by is kept', () => {
  const sources = ['core', 'page', 'reporter'].flatMap((folder) =>
    readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => source(`${folder}/${name}`)),
  );
  const read = sources.flatMap((source) => [...source.matchAll(/error\.code\b(?: [!=]== '([^']*)')?/g)].map(([, code]) => code));
  expect(read.sort()).toEqual([...kReadCodes]);
});

test('two catalogues have the same names in the same order, so that one is the other’s values', () => {
  const names = (part: unknown): unknown =>
    has_names(part) ? Object.entries(part).map(([name, inner]) => [name, names(inner)]) : null;
  expect(names(en)).toEqual(names(nl));
  const { name, code, locale, direction, ...rest } = en;
  expect(name + code + locale + direction).toContain('en');
  const values = (part: unknown): unknown => (has_names(part) ? Object.values(part).map(values) : part);
  expect(like(nl as never, values(en) as unknown[])).toEqual(en);
  expect(rest).toEqual(Object.fromEntries(Object.entries(like(nl as never, values(en) as unknown[])).slice(4)));
});

test('a part of a catalogue with a file of its own is put together once', () => {
  const nl = { a: 'A', lead: { b: { c: 'C' } }, d: 'D' };
  const lead = like(nl.lead, [['c']]);
  expect(like(nl, ['a', lead, 'd'])).toEqual({ a: 'a', lead: { b: { c: 'c' } }, d: 'd' });
});

test('a catalogue becomes its values, with what it spreads behind them', () => {
  const made = as_values("export const words = { a: 'A', b: { c: (n) => n, d: ['x'] }, ...more };", '/x/reporter/words/en.ts');
  expect(made).toContain("export const words = { ...like(nl_words, ['A',[(n) => n,['x']]]), ...more };");
  expect(made).toContain("import { words as nl_words } from './nl.ts';");
  expect(as_values("export const lead = { a: 'A' };", '/x/reporter/words/en/lead.ts')).toContain("from '../nl/lead.ts'");
});

test('the roots of primes are the constants that noble lists, and hashes are what they were', async () => {
  const file = new URL('../../node_modules/@noble/hashes/sha2.js', import.meta.url);
  const listed = readFileSync(file, 'utf8');
  const long = [.../const K512 = [^;]*;/.exec(listed)![0].matchAll(/0x[0-9a-f]{16}/g)].map(([hex]) => BigInt(hex));
  const short = [.../const SHA256_K = [^;]*;/.exec(listed)![0].matchAll(/0x[0-9a-f]{8}/g)].map(([hex]) => Number(hex));
  expect(cube_roots()).toEqual(long);
  expect(cube_roots().slice(0, 64).map((root) => Number(root >> 32n))).toEqual(short);
  const folder = mkdtempSync(new URL('../../node_modules/.roots-', import.meta.url).pathname);
  try {
    writeFileSync(`${folder}/sha2.mjs`, with_roots(listed).replaceAll("\"./", "\"../@noble/hashes/"));
    const made = (await import(/* @vite-ignore */ `${folder}/sha2.mjs`)) as { sha256: typeof hash; sha512: typeof hash };
    for (const size of [0, 1, 111, 112, 128, 1000]) {
      const bytes = new Uint8Array(size).fill(7);
      for (const name of ['sha256', 'sha512'] as const)
        expect(Buffer.from(made[name](bytes)).toString('hex')).toBe(createHash(name).update(bytes).digest('hex'));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
declare function hash(bytes: Uint8Array): Uint8Array;

test('sentences for programmers stay behind; what a program decides by does not', () => {
  const noble = '/x/node_modules/@noble/hashes/utils.js';
  expect(without_prose("if (bad) throw new TypeError('expected a ' + typeof n);", noble)).toBe('if (bad) throw new TypeError();');
  const core = '/x/clients/web/core/errors.ts';
  expect(without_prose("fail('refused', 'quota', `too much: ${n}`, detail)", core)).toBe("fail('refused', '', '', detail)");
  expect(without_prose("fail('refused', 'no such case', 'nothing here')", core)).toBe("fail('refused', 'no such case', '')");
  expect(without_prose("({ kind: 'refused', code: 'quota', message: 'all it takes' })", core)).toBe("({ kind: 'refused', code: '', message: '' })");
  expect(without_prose("({ kind: 'refused', message: 'all it takes today' })", core)).toBe("({ kind: 'refused', message: '' })");
  expect(without_prose('({ ...answer.error, message: `${said}. And more` })', core)).toBe("({ ...answer.error, message: '' })");
  expect(without_prose("({ ...draft, message: 'what was typed' })", core)).toContain('what was typed');
  expect(without_prose("({ kind: 'message', text: text, message: 'word' })", core)).toBe("({ kind: 'message', text: text, message: 'word' })");
  const probe = "({ key: 'd75a', message: 'an ordinary message' })"; // what a signature is tried on
  expect(without_prose(probe, core)).toBe(probe);
  expect(without_prose("fail('a', 'b', 'c d')", '/x/clients/web/core/crypto/signing.ts')).toContain('c d');
  const reporter = '/x/clients/web/reporter/a.ts';
  expect(without_prose("if (bad) throw new TypeError('mine');", reporter)).toContain("'mine'");
  expect(without_prose('throw new RangeError(`not ${n}`);', reporter)).toBe('throw new RangeError();');
  expect(without_prose("throw new SessionError('refused', 'gone');", reporter)).toBe("throw new SessionError('refused', '');");
  expect(without_prose("fail('defect', 'defect', 'a file that is not there')", reporter)).toBe("fail('defect', '', '')");
  expect(without_prose("({ kind: 'message', text: 'what somebody says' })", reporter)).toContain('what somebody says');
  expect(without_prose("throw new Error('a key of nobody');", '/x/clients/web/core/crypto/signing.ts')).toBe('throw new Error();');
});
