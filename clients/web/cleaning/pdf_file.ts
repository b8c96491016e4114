// Where the objects of a PDF lie: tables, streams of references, objects packed into streams. What an
// earlier version of the file held and the newest does not is simply never asked for.
// ISO 32000-2, §7.5.
import type { Rest } from './clean.ts';
import { unpack } from './deflate.ts';
import { broken, Unclean } from './finding.ts';
import { is_dict, is_stream, number_of, PdfReader, Ref, type Dict, type PdfObject, type Stream } from './pdf_objects.ts';
import { latin1 } from './reader.ts';

const kObjectsMax = 500_000;
const kPlacesMax = 1_000_000; // told of objects, each as often as the file was added to
const kBytesAtOnce = 1_000_000;
const kSectionsMax = 1000; // times a file was added to
const kLettersMax = 30_000_000; // read of all objects together: some could lie within each other
export const kPackedMax = 50_000_000; // bytes of one stream of objects, unpacked

// At a place in the file, or within a stream of objects.
type Place = { readonly at: number } | { readonly within: number; readonly index: number };

export class PdfFile {
  readonly bytes: Uint8Array;
  text = '';
  readonly trailer: Dict = new Map();
  private put_ = 0;
  private letters_ = 0;
  private readonly places_ = new Map<number, Place | null>();
  private readonly packed_ = new Map<number, readonly PdfObject[]>();

  private constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  static async read(bytes: Uint8Array, rest: Rest): Promise<PdfFile> {
    const file = new PdfFile(bytes);
    for (let at = 0; at < bytes.length; at += kBytesAtOnce) {
      await rest();
      file.text += latin1(bytes.subarray(at, at + kBytesAtOnce));
    }
    const start = file.text.lastIndexOf('startxref');
    const reader = new PdfReader(file.text, start + 'startxref'.length);
    if (start < 0) broken();
    // Places are counted from where the PDF begins, which some programs put a few bytes before.
    const before = Math.max(0, file.text.slice(0, 1024).indexOf('%PDF-'));
    if (before > 0) return PdfFile.read(bytes.subarray(before), rest);
    const waiting = [number_of(reader.object())];
    const seen = new Set<number>();
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      if (seen.has(at)) continue;
      if (seen.add(at).size > kSectionsMax) broken();
      const dict = await file.section(at, rest);
      for (const [key, value] of dict) if (!file.trailer.has(key)) file.trailer.set(key, value);
      for (const key of ['/XRefStm', '/Prev']) if (dict.has(key)) waiting.push(number_of(dict.get(key)));
    }
    if (file.trailer.has('/Encrypt')) throw new Unclean('locked');
    return file;
  }

  async object(number: number): Promise<PdfObject> {
    const place = this.places_.get(number);
    if (!place) return 'null';
    if ('at' in place) return this.object_at(place.at, number);
    let packed = this.packed_.get(place.within);
    if (!packed) this.packed_.set(place.within, (packed = await this.unpacked(place.within)));
    return packed[place.index] ?? 'null';
  }

  async resolve(value: PdfObject | undefined): Promise<PdfObject> {
    let found = value ?? 'null';
    for (let steps = 0; found instanceof Ref; ++steps) found = steps < 10 ? await this.object(found.number) : broken();
    return found;
  }

  // --- where things lie ---

  private async section(at: number, rest: Rest): Promise<Dict> {
    const reader = new PdfReader(this.text, at);
    if (at < 0 || at >= this.bytes.length) broken();
    if (!reader.eat('xref')) return this.section_stream(at);
    while (!reader.eat('trailer')) {
      const first = number_of(reader.object());
      const count = number_of(reader.object());
      if (first < 0 || count < 0 || count > kObjectsMax) broken();
      for (let i = 0; i < count; ++i) {
        await rest();
        const place = number_of(reader.object());
        reader.object(); // the generation: always the newest
        const used = reader.eat('n');
        if (!used && !reader.eat('f')) broken();
        this.put(first + i, used ? { at: place } : null);
      }
    }
    const dict = reader.object();
    return is_dict(dict) ? dict : broken();
  }

  private async section_stream(at: number): Promise<Dict> {
    const stream = await this.object_at(at, null);
    if (!is_stream(stream)) broken();
    const { dict } = stream as Stream;
    const widths = list(dict.get('/W')).map(number_of);
    if (widths.length !== 3 || widths.some((width) => width < 0 || width > 7)) broken();
    const data = await this.decoded(stream as Stream);
    const index = dict.has('/Index') ? list(dict.get('/Index')).map(number_of) : [0, number_of(dict.get('/Size'))];
    let from = 0;
    const next = (width: number): number => {
      let value = 0;
      for (let i = 0; i < width; ++i) value = value * 256 + (data[from++] ?? broken());
      return value;
    };
    for (let pair = 0; pair + 1 < index.length; pair += 2)
      for (let i = 0; i < index[pair + 1]!; ++i) {
        const kind = widths[0] === 0 ? 1 : next(widths[0]!);
        const [second, third] = [next(widths[1]!), next(widths[2]!)];
        this.put(index[pair]! + i, kind === 1 ? { at: second } : kind === 2 ? { within: second, index: third } : null);
      }
    return dict;
  }

  // The newest section is read first: what it says stays said.
  private put(number: number, place: Place | null): void {
    if (!this.places_.has(number)) this.places_.set(number, place);
    if (++this.put_ > kPlacesMax) broken();
  }

  // --- what lies there ---

  private async object_at(at: number, number: number | null): Promise<PdfObject> {
    const reader = new PdfReader(this.text, at);
    const found = number_of(reader.object());
    reader.object();
    if (!reader.eat('obj') || (number !== null && found !== number)) broken();
    const value = this.counted(reader);
    if (!is_dict(value) || !reader.eat('stream')) return value;
    if (this.text[reader.at] === '\r') ++reader.at;
    if (this.text[reader.at] === '\n') ++reader.at;
    const size = number_of(await this.resolve(value.get('/Length')));
    const end = new PdfReader(this.text, reader.at + size);
    if (size < 0 || !end.eat('endstream')) broken();
    return { dict: value, data: this.bytes.subarray(reader.at, reader.at + size) };
  }

  private async unpacked(number: number): Promise<readonly PdfObject[]> {
    const place = this.places_.get(number);
    const stream = place && 'at' in place ? await this.object_at(place.at, number) : broken();
    if (!is_stream(stream)) broken();
    const { dict } = stream as Stream;
    const text = latin1(await this.decoded(stream as Stream));
    const count = number_of(dict.get('/N'));
    const first = number_of(dict.get('/First'));
    if (count < 0 || count > kObjectsMax || first < 0) broken();
    const head = new PdfReader(text);
    return Array.from({ length: count }, () => {
      head.object();
      return this.counted(new PdfReader(text, first + number_of(head.object())));
    });
  }
  private counted(reader: PdfReader): PdfObject {
    const from = reader.at;
    const object = reader.object();
    if ((this.letters_ += reader.at - from) > kLettersMax) broken();
    return object;
  }

  private async decoded({ dict, data }: Stream): Promise<Uint8Array> {
    const filters = [await this.resolve(dict.get('/Filter'))].flat();
    if (filters[0] === 'null') return data;
    if (filters.length !== 1 || filters[0] !== '/FlateDecode') broken();
    const flat = await unpack(data, 'deflate', kPackedMax);
    const how = [await this.resolve(dict.get('/DecodeParms'))].flat()[0];
    if (!is_dict(how) || number_of(how.get('/Predictor')) < 10) return flat;
    return unpredicted(flat, Math.max(1, number_of(how.get('/Columns'))));
  }
}

function list(value: PdfObject | undefined): readonly PdfObject[] {
  return Array.isArray(value) ? value : broken();
}

// PNG's predictors for one byte a pixel (PNG §9): each row says which of the first three it used.
function unpredicted(bytes: Uint8Array, columns: number): Uint8Array {
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; ++row) {
    const kind = bytes[row * (columns + 1)]!;
    if (kind > 2) broken();
    for (let i = 0; i < columns; ++i) {
      const at = row * columns + i;
      const left = kind === 1 && i > 0 ? out[at - 1]! : 0;
      const above = kind === 2 && row > 0 ? out[at - columns]! : 0;
      out[at] = bytes[row * (columns + 1) + 1 + i]! + left + above;
    }
  }
  return out;
}
