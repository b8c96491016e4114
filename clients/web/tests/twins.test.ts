// The core is one thing written twice: the same files, the same names, and the rules from proto/rules alone. Where the
// two differ on purpose, it stands here with the reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import * as rules from '../generated/rules.ts';

const kProject = new URL('../../../', import.meta.url);
const kCore = new URL('../core/', import.meta.url);
const kFolders = [
  { here: 'crypto/', there: ['crypto/open/', 'crypto/verify/'] },
  { here: 'protocol/access/', there: ['protocol/access/'] },
  { here: 'protocol/', there: ['protocol/'] },
  { here: 'case_state/', there: ['clients/core/case_state/'] },
  { here: 'lead/', there: ['clients/core/lead/'] },
  { here: '', there: ['clients/core/'] },
] as const;

// Files that stand on one side alone.
const kOnlyHere: Readonly<Record<string, string>> = {
  certificates: 'a method of Connection there, which keeps no frames waiting',
  document: 'the same',
  'crypto/native_ed25519': "the browser's own Ed25519",
  'crypto/noble_ed25519': 'and the one beside it; C++ has libsodium',
  'crypto/speller': 'few bytes to load; C++ has the lists as they are',
  'crypto/x25519': "noble's; libsodium has it whole",
  expected: 'tl::expected there',
  hurry: 'the pacer of the desk; C++ sends at once',
  render: "the command line's JSON: clients/cli/render",
  rhythm: 'the terminal keeps no rhythm',
  slot_plan: 'the terminal keeps no rhythm',
  timer: 'the terminal keeps no rhythm',
  turns: 'the terminal keeps no rhythm',
  'protocol/access/asked': 'a struct inside Access there',
  'protocol/wire': "Google's library there",
};
// Twins under another name.
const kNamedOtherwise: Readonly<Record<string, string>> = {
  attached_files: 'clients/core/attachment_read', // its header is attachment.h
};
const kOnlyThere: Readonly<Record<string, string>> = {
  'clients/core/heads': 'remembers heads on disk; a browser keeps nothing',
  'clients/core/local_folder': 'keeps what was not sent on disk; a browser keeps nothing',
  'clients/core/pending_files': 'remembers files on disk; a browser keeps nothing',
  'clients/core/org': 'reads the organisation from a file; a page carries it',
  'crypto/verify/xwing_key': 'for the gateway, which may not link the rest of xwing',
};
// Functions and classes without a namesake in their twin.
const kOwnNames: Readonly<Record<string, readonly string[]>> = {
  // std has these, or a template does.
  'crypto/bytes': ['concat', 'equal', 'allZero', 'u32Bytes', 'u64Bytes', 'readU32', 'fixedBytes'],
  'crypto/envelope': ['decrypted'], // noble throws where libsodium answers
  'crypto/event_seal': ['eventKey', 'openEventWith'], // without a JIT, deriving the key again costs
  case_state: ['judged'], // judge() changes its case there
  'crypto/random': ['systemRandom', 'drawUnit'], // a value; for the rhythm
  'crypto/word_list': ['completeWords', 'readWords'], // while somebody types; piece by piece
  'crypto/xwing': ['xwingKeyHash'], // in xwing_key there
  // Methods of the structs there.
  'protocol/directory': ['isGone', 'signingKeyOf'],
  'protocol/desk_operations': ['parseReadAvailability', 'parseSealedPapers'], // one template there
  'protocol/grants': ['isExpired', 'isLive'],
  'protocol/kinds': ['compareKeys', 'sameKeys'], // operator<=>
  'protocol/access/admit': ['admitEntry'], // Access::admit there
  'protocol/access/grants': ['checkTogether'], // holders and room at once
  'protocol/access/epochs': ['joinKeys'],
  'protocol/access/revoke': ['endOf', 'heldNewest'], // inside admit_revoke there
  'protocol/grant_fields': ['takeAll', 'putStarts'],
  'protocol/frame': ['publicOperation', 'requestSize', 'responseSize'],
  'protocol/strict': ['countOf'], // JavaScript counts to 2^53
  case_log: ['wipeCase'], // destructors there
  attached_files: ['chunksAhead', 'fetchFile'], // into memory; a file on disk there
  attachment: ['attachFile'], // a class there, which also remembers
  'case_state/fold': ['foldSteps'], // `fold` there, by its argument
  'case_state/table': ['movesACase'],
  errors: ['describeDirectoryError'],
  event: ['wellFormed'], // halves of surrogate pairs exist in JavaScript alone
  key_ring: ['unwrapKeys'], // of a grant or a revoke; two functions there
  'lead/addition': ['forbidden'],
  'lead/own_copy': ['toJson'], // clients/cli/lead/copy_file there
  'lead/next_epochs': ['idsOf', 'granteesOf'],
  seal: ['memberOf'],
  seal_parts: ['sealEntry'], // next_header and finish there
  submission: ['freezeEntries', 'submitEntries', 'stageEntries'], // without the noun there
};

const snake = (name: string): string =>
  name.replaceAll(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, (letter) => `_${letter}`).toLowerCase();
const textOf = (folder: URL, file: string): string => {
  const url = new URL(file, folder);
  return existsSync(url) ? readFileSync(url, 'utf8') : '';
};
const namesIn = (folder: URL, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length));
const allHere: string[] = kFolders.flatMap(({ here }) => namesIn(new URL(here, kCore), '.ts').map((name) => here + name));
const twinsOf = (file: string): string[] => {
  if (file in kNamedOtherwise) return [kNamedOtherwise[file]!];
  const { here, there } = kFolders.find(({ here }) => file.startsWith(here))!;
  return there.map((folder) => folder + file.slice(here.length));
};
const sourceOf = (twin: string): string => textOf(kProject, `${twin}.h`) + textOf(kProject, `${twin}.cpp`);

describe('the twin in C++', () => {
  test.each(allHere.filter((file) => !(file in kOnlyHere)))('of %s has its name, and the names inside it', (file) => {
    const twin = twinsOf(file).map(sourceOf).join('');
    expect(twin, 'a file of that name').not.toBe('');
    const source = textOf(kCore, `${file}.ts`);
    for (const [, kind, name] of source.matchAll(/^export (?:async )?(function|class|const) ([a-zA-Z]\w*)/gm)) {
      if (kind === 'const' && !/^(?!k[A-Z])[a-z]/.test(name!)) continue; // types and constants
      if (kOwnNames[file]?.includes(name!)) continue;
      // C++ has one encode and one parse for every operation.
      const wanted = kind === 'class' ? name! : snake(name!);
      const overloaded = /^(?:encode|parse)([A-Z]\w+)$/.exec(name!)?.[1];
      const found = [wanted, overloaded].some((one) => one !== undefined && new RegExp(`\\b${one}\\b`).test(twin));
      expect(found, `${name} of ${file}`).toBe(true);
    }
  });

  test('of every C++ file of the core is here', () => {
    const there = kFolders.flatMap(({ here, there: folders }) =>
      folders.flatMap((folder) =>
        namesIn(new URL(folder, kProject), '.h').map((name) => ({ twin: folder + name, file: here + name })),
      ),
    );
    const missing = there.filter(({ twin, file }) => !(twin in kOnlyThere) && !allHere.includes(file));
    expect(missing.map(({ twin }) => twin)).toEqual([]);
  });
});

describe('rules', () => {
  const code = allHere.map((file) => ({
    file,
    code: textOf(kCore, `${file}.ts`)
      .replaceAll(/^\s*\/\/.*$/gm, '')
      .replaceAll(/ \/\/ .*$/gm, ''),
  }));

  test('no domain tag is written by hand', () => {
    const tags = Object.entries(rules).filter(([name]) => name.startsWith('kTag'));
    expect(tags.length).toBeGreaterThan(20);
    for (const { file, code: text } of code)
      for (const [, tag] of tags) {
        const plain = (tag as string).slice(0, -1);
        const hex = Buffer.from(plain).toString('hex');
        expect(text.includes(plain) || text.includes(hex), `${plain} in ${file}`).toBe(false);
        expect(/omzien\/\d/.test(text), file).toBe(false);
      }
  });

  // Small numbers mean too many things; these mean one.
  test('no limit or size is written by hand', () => {
    const kElsewhere: Readonly<Record<string, readonly number[]>> = {
      'crypto/phrase': [1024], // bytes of text that may be a phrase; the rule of that size is a padding class
      'crypto/key_file': [1024], // KiB in a MiB
      'crypto/latin_fold': [2000], // a code point
    };
    const numbers = Object.entries(rules).filter(([, value]) => typeof value === 'number' && value >= 500);
    expect(numbers.length).toBeGreaterThan(15);
    for (const { file, code: text } of code)
      for (const [, literal] of text.matchAll(/(?<![\w.])(\d[\d_]*)(?![\w.])/g)) {
        const value = Number(literal!.replaceAll('_', ''));
        const rule = numbers.find(([, number]) => number === value);
        const repeated = rule !== undefined && !kElsewhere[file]?.includes(value);
        expect(repeated, `${literal} in ${file} is ${rule?.[0]}`).toBe(false);
      }
  });

  test('no number of a kind, state or role is compared by hand', () => {
    for (const { file, code: text } of code)
      expect(
        /(?<!response\.)\b(?:status|kind|milestone|role|state|compartment)\b\s*[!=]==\s*[1-9]/.test(text),
        file,
      ).toBe(false);
  });
});
