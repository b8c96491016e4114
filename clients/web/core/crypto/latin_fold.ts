// Reads what a person typed as plain Latin letters: lower case, no accents. Rules: phrase.ts.

interface Fold {
  readonly first: number;
  readonly last: number;
  readonly to: string;
}

// A character outside every row becomes '?'. An empty `to` vanishes.
const kFolds: readonly Fold[] = [
  // white space; , - . : ; _ and every dash: the end of a word
  ...rows(' ', '0009-000d 0020 002c-002e 003a-003b 005f 0085 00a0 1680 2000-200a 2010-2015 2028-2029 202f 205f 3000'),
  // soft hyphens, combining marks, zero width
  ...rows('', '00ad 0300-036f 200b-200f 2060 feff'),
  ...rows('a', '00c0-00c5 00e0-00e5 0100-0105'),
  ...rows('ae', '00c6 00e6'),
  ...rows('c', '00c7 00e7 0106-010d'),
  ...rows('d', '00d0 00f0 010e-0111'),
  ...rows('e', '00c8-00cb 00e8-00eb 0112-011b'),
  ...rows('g', '011c-0123'),
  ...rows('h', '0124-0127'),
  ...rows('i', '00cc-00cf 00ec-00ef 0128-0131'),
  ...rows('ij', '0132-0133'),
  ...rows('j', '0134-0135'),
  ...rows('k', '0136-0138'),
  ...rows('l', '0139-0142'),
  ...rows('n', '00d1 00f1 0143-014b'),
  ...rows('o', '00d2-00d6 00d8 00f2-00f6 00f8 014c-0151'),
  ...rows('oe', '0152-0153'),
  ...rows('r', '0154-0159'),
  ...rows('s', '015a-0161 017f'),
  ...rows('ss', '00df'),
  ...rows('t', '0162-0167'),
  ...rows('th', '00de 00fe'),
  ...rows('u', '00d9-00dc 00f9-00fc 0168-0173'),
  ...rows('w', '0174-0175'),
  ...rows('y', '00dd 00fd 00ff 0176-0178'),
  ...rows('z', '0179-017e'),
];

function rows(to: string, ranges: string): Fold[] {
  return ranges.split(' ').map((range) => {
    const [first, last] = range.split('-').map((hex) => Number.parseInt(hex, 16));
    return { first: first!, last: last ?? first!, to };
  });
}

function fold(character: string): string {
  const lower = character.toLowerCase();
  if (/^[a-z]$/i.test(character)) return lower;
  const code = character.codePointAt(0)!;
  return kFolds.find((row) => code >= row.first && code <= row.last)?.to ?? '?';
}

// [a-z] for letters, one space for anything that ends a word, '?' for what is neither.
export function foldLatin(text: string): string {
  return Array.from(text, fold).join('');
}
