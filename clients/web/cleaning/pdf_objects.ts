// The eight kinds of object in a PDF, read and written. ISO 32000-2, §7.2 and 7.3.
import { broken } from './finding.ts';

export class Ref {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}
export type Dict = Map<string, PdfObject>; // keys with their slash
export interface Stream {
  readonly dict: Dict;
  readonly data: Uint8Array;
}
// What needs no understanding stays as it is written: numbers, names, strings, true, false, null.
export type PdfObject = string | Ref | Dict | PdfObject[] | Stream;

export function is_dict(value: PdfObject | undefined): value is Dict {
  return value instanceof Map;
}
export function is_stream(value: PdfObject | undefined): value is Stream {
  return typeof value === 'object' && 'data' in value;
}
export function number_of(value: PdfObject | undefined): number {
  return typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : -1;
}

const kDepthMax = 100;
const kSpace = /[\0\t\n\f\r ]/;
const kLine = /.*/y;
const kRegular = /[^\0\t\n\f\r ()<>[\]{}/%]*/y;

export class PdfReader {
  readonly text: string;
  at: number;
  private depth_ = 0;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  skip_space(): void {
    for (;;) {
      const next = this.text[this.at];
      if (next === undefined) return;
      if (next === '%') {
        kLine.lastIndex = this.at;
        kLine.test(this.text);
        this.at = kLine.lastIndex;
      } else if (kSpace.test(next)) ++this.at;
      else return;
    }
  }
  // Whether this word comes next; if so, past it.
  eat(word: string): boolean {
    this.skip_space();
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  object(): PdfObject {
    if (++this.depth_ > kDepthMax) broken();
    try {
      return this.any_object();
    } finally {
      --this.depth_;
    }
  }

  private any_object(): PdfObject {
    if (this.eat('<<')) return this.dict();
    if (this.eat('[')) return this.array();
    const from = this.at;
    if (this.eat('(')) return this.string(from);
    if (this.eat('<')) {
      this.at = this.text.indexOf('>', this.at) + 1;
      return this.at > 0 ? this.text.slice(from, this.at) : broken();
    }
    const word = this.word();
    if (/^\d+$/.test(word)) {
      const after = this.at;
      this.skip_space();
      if (/^\d+$/.test(this.word()) && this.eat('R')) return new Ref(Number(word));
      this.at = after;
    }
    return word;
  }
  private word(): string {
    const from = this.at;
    kRegular.lastIndex = this.text[from] === '/' ? from + 1 : from;
    kRegular.test(this.text);
    this.at = Math.max(kRegular.lastIndex, from);
    if (this.at === from) return '';
    return this.text.slice(from, this.at);
  }
  private dict(): Dict {
    const dict: Dict = new Map();
    while (!this.eat('>>')) {
      const key = this.object();
      if (typeof key !== 'string' || key[0] !== '/') broken();
      dict.set(plain_name(key as string), this.some_object());
    }
    return dict;
  }
  private array(): PdfObject[] {
    const items: PdfObject[] = [];
    while (!this.eat(']')) items.push(this.some_object());
    return items;
  }
  private some_object(): PdfObject {
    const found = this.object();
    return found === '' ? broken() : found;
  }
  private string(from: number): string {
    for (let open = 1; open > 0; ++this.at) {
      const next = this.text[this.at];
      if (next === undefined) broken();
      if (next === '\\') ++this.at;
      else if (next === '(') ++open;
      else if (next === ')') --open;
    }
    return this.text.slice(from, this.at);
  }
}

const letter_of = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

// `/A#75thor` is `/Author`.
function plain_name(name: string): string {
  return name.replaceAll(/#([0-9a-fA-F]{2})/g, (whole, hex: string) => {
    const letter = letter_of(hex);
    return /[\w.+-]/.test(letter) ? letter : whole;
  });
}

// What a string says, roughly: text of two bytes a letter has a mark before it (§7.9.2), and either may be written in
// hex.
export function plain_text(string: string): string {
  const text = string[0] === '<' ? string.replace(/[<\s]/g, '').replace(/[\da-f]{2}/gi, letter_of) : string.slice(1);
  return text.replace(/[\0\xfe\xff]/g, '');
}

export function written_object(value: PdfObject): string {
  if (typeof value === 'string') return value;
  if (value instanceof Ref) return `${value.number} 0 R`;
  if (Array.isArray(value)) return `[${value.map(written_object).join(' ')}]`;
  if (is_dict(value)) return `<<${[...value].map(([key, item]) => `${key} ${written_object(item)}`).join('\n')}>>`;
  return broken(); // a stream stands only by itself
}

