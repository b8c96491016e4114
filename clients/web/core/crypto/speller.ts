// Sorted lists of words as a short text: a sixth less to load than the best that browsers unpack. Both lists are needed
// before the first exchange, and they are the largest part of the reporter's app.
//
// A word is spelled decision by decision: at each place where it may still go on like the word before, whether it does;
// then which letter comes, five decisions of a binary tree, without those that the order of the list has made already.
// A model guesses each decision, learns from it, and the code spends the more the more it was surprised (an arithmetic
// code). Spelling is written once: whoever codes says what was decided, whoever reads is told, so the two cannot
// differ.
//
// Whole numbers alone; the table is made by × and ÷, which every browser rounds alike, and not by Math.exp.

export type Decisions = (chance: number, decided: number) => number; // chance: of a 1, in 65,536ths

const kDepth = 5; // 26 letters, and 0, the end of a word
const kSame = 32; // nodes from here on: does it go on with this letter, as the word before does?
const kNodes = 64;
const kNone = -1;
const kNoLetter = 27; // before the beginning
const kLast = 26;
const kBeforeA = 'a'.charCodeAt(0) - 1;
const kPlaceMax = 10;

// What is known before a letter, five things at a time. Each has a weight for every decision, and the sum of the five
// is the logarithm of the odds. After a decision all five move by how far off the guess was, the less the more they
// met.
const kViews = 5;
const kWeightsMax = 1 << 20; // both lists need 61 % of it
const kMetMax = 41;
// In fixed point, since without a JIT every fraction is an object: weights in 65,536ths, rates in 1,024ths.
const kRates = Int32Array.from({ length: kMetMax + 1 }, (_, met) => Math.round(819 / (1 + 0.3 * met)));
const kRateBits = 10;

// The chance that belongs to such a sum, from −12 to 12 in steps of 1/128.
const kStepBits = 9; // of a weight's 16
const kStepsMax = 12 * 128;
const kStep = 1.0078430972064479; // e^(1/128)
const kChances = chances();

function chances(): Int32Array {
  const table = new Int32Array(2 * kStepsMax + 1);
  for (let i = 0, odds = 1; i <= kStepsMax; ++i, odds *= kStep) {
    const chance = Math.min(Math.round((65536 * odds) / (1 + odds)), 65520);
    table[kStepsMax - i] = 65536 - chance;
    table[kStepsMax + i] = chance;
  }
  return table;
}

export class Speller {
  private before: number[] = [];
  private readonly begins = new Map<number, number>(); // a view → its weights
  private readonly weights = new Int32Array(kWeightsMax);
  private readonly met = new Uint8Array(kWeightsMax);
  private readonly views = new Int32Array(kViews);

  constructor(private readonly decide: Decisions) {}

  // The next word of a list; `wanted` is for whoever codes it. A new list begins after ''.
  word(wanted?: string): string {
    const { before } = this;
    const letters: number[] = [];
    let asBefore = true; // so far
    let letter: number;
    do {
      const place = letters.length;
      this.look(letters, before, asBefore);
      const given = wanted === undefined ? 0 : (wanted.charCodeAt(place) || kBeforeA) - kBeforeA;
      const theirs: number = asBefore ? (before[place] ?? 0) : kNone;
      asBefore &&= theirs > 0 && this.decided(kSame + theirs, given === theirs ? 1 : 0) === 1;
      letter = asBefore ? theirs : this.letter(theirs, given);
      letters.push(letter);
    } while (letter > 0);
    letters.pop();
    this.before = letters;
    return String.fromCharCode(...letters.map((one) => one + kBeforeA));
  }

  begin(): void {
    this.before = [];
  }

  // One that comes after `last` in the alphabet, since the list is sorted and has no word twice.
  private letter(last: number, wanted: number): number {
    let node = 1;
    for (let i = kDepth - 1; i >= 0; --i) {
      const middle = ((2 * node + 1) << i) & (kSame - 1); // the first letter of the upper half
      const bit = middle > kLast ? 0 : middle <= last + 1 ? 1 : this.decided(node, (wanted >> i) & 1);
      node = 2 * node + bit;
    }
    return node - kSame;
  }

  private look(letters: readonly number[], before: readonly number[], asBefore: boolean): void {
    const place = letters.length;
    const [a = kNoLetter, b = kNoLetter, c = kNoLetter] = [letters[place - 1], letters[place - 2], letters[place - 3]];
    const here = Math.min(place, kPlaceMax);
    const going = asBefore ? 1 : 0;
    this.view(0, a * 2 + going);
    this.view(1, a * 28 + b);
    this.view(2, (a * 28 + b) * 28 + c);
    this.view(3, a * 11 + here);
    this.view(4, (((before[place] ?? 0) * 28 + (before[place + 1] ?? 0)) * 11 + here) * 2 + going);
  }
  private view(i: number, seen: number): void {
    const view = seen * kViews + i;
    let at = this.begins.get(view);
    if (at === undefined) {
      at = this.begins.size * kNodes;
      this.begins.set(view, at);
    }
    this.views[i] = at;
  }

  private decided(node: number, wanted: number): number {
    const { views, weights, met } = this;
    let sum = 0;
    for (let i = 0; i < kViews; ++i) sum += weights[views[i]! + node]!;
    const step = kStepsMax + (sum >> kStepBits);
    const chance = kChances[step < 0 ? 0 : step > 2 * kStepsMax ? 2 * kStepsMax : step]!;
    const bit = this.decide(chance, wanted);
    const miss = 65536 * bit - chance;
    for (let i = 0; i < kViews; ++i) {
      const at = views[i]! + node;
      const times = met[at]!;
      weights[at]! += (miss * kRates[times]!) >> kRateBits;
      if (times < kMetMax) met[at] = times + 1;
    }
    return bit;
  }
}

// The code: 64 signs from '0' on, without the backslash, each six bits of a number in [0, 1). A decision keeps one part
// of what is left of it; `range` is how much that is, out of 2^30.
export const kSignBits = 6;
export const kRangeBits = 30;
export const kRangeMin = 1 << (kRangeBits - kSignBits);
export const kChanceBits = 16;
const kFirstSign = 48;
const kBackslash = 92;

export const signOf = (six: number): string =>
  String.fromCharCode(six + kFirstSign + (six + kFirstSign < kBackslash ? 0 : 1));

export function reading(code: string): Decisions {
  let at = 0;
  const next = (): number => {
    const sign = code.charCodeAt(at++);
    return sign - kFirstSign - (sign < kBackslash ? 0 : 1);
  };
  let range = 2 ** kRangeBits - 1;
  let rest = 0;
  for (let i = 0; i < kRangeBits; i += kSignBits) rest = (rest << kSignBits) | next();
  return (chance) => {
    const ones = (range >>> kChanceBits) * chance;
    const bit = rest < ones ? 1 : 0;
    if (bit === 0) rest -= ones;
    range = bit === 1 ? ones : range - ones;
    for (; range < kRangeMin; range <<= kSignBits) rest = (rest << kSignBits) | next();
    return bit;
  };
}
