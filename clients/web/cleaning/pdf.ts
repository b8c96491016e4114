// PDF: what the newest version of the document shows is written anew, object by object; what only tells
// about people, programs, times and earlier versions is left behind. Streams that draw stay as they are.
import { concat } from '../core/crypto/bytes.ts';
import type { CleanPart, Rest } from './clean.ts';
import { pack, unpack } from './deflate.ts';
import { broken, type Removed } from './finding.ts';
import { kPackedMax, PdfFile } from './pdf_file.ts';
import { is_dict, is_stream, plain_text, Ref, written_object, type Dict, type PdfObject } from './pdf_objects.ts';
import { clean_jpx } from './jpx.ts';
import { is_place } from './office.ts';
import { from_latin1, starts_with } from './reader.ts';

// Entries that draw nothing, by what they tell. ISO 32000-2, §7.7.2, 7.11, 12.5, 12.6, 14.3 to 14.5.
const kTells: readonly (readonly [Removed, RegExp])[] = [
  ['person', /^\/(Metadata|T|Perms|DSS|Legal|PTEX\.\w+|OPI|Ref)$/],
  ['time', /^\/(LastModified|CreationDate|ModDate|M)$/],
  ['preview', /^\/Thumb$/],
  ['position', /^\/(VP|Measure|LGIDict)$/],
  ['device', /^\/CreatorInfo$/],
  ['embedded', /^\/(EmbeddedFiles|AF|EF|RF|XFA|Collection)$/],
  ['other', /^\/(PieceInfo|OpenAction|AA|JavaScript|JS|NM|IDTree|ID|SpiderInfo|NeedsRendering)$/],
];
const kInfo: typeof kTells = [['person', /Author/], ['time', /Date/], ['device', /Creator|Producer/]];
// `T` names a field too, and a field without its name is lost; `M` is a day only in a remark.
const kOnlyInRemarks = /^\/(T|M|CreationDate|NM)$/;
// Dictionaries of which nothing stays: who signed, which file is meant, whose article it is, what leads to another
// file.
const kGoes = /^\/(Sig|DocTimeStamp|Thread|Filespec|F) | \/(GoTo[RE]|Launch|ImportData)$/; // by type, and by what is done
const kGoesWith = /^\/(UF|ByteRange|SubFilter)$/; // by what is in it: a type may be left out
const kObjectsMax = 300_000;
const kHeader = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';

export async function clean_pdf(bytes: Uint8Array, removed: Set<Removed>, clean_part: CleanPart, rest: Rest): Promise<Uint8Array<ArrayBuffer>> {
  const file = await PdfFile.read(bytes, rest);
  if (file.trailer.has('/Info')) await note_info(file, removed);
  if (file.trailer.has('/Prev')) removed.add('history');
  const root = file.trailer.get('/Root');
  if (!(root instanceof Ref) || !is_dict(await file.object(root.number))) broken();
  return new Writing(file, removed, clean_part).run(root as Ref, rest);
}

async function note_info(file: PdfFile, removed: Set<Removed>): Promise<void> {
  const info = await file.resolve(file.trailer.get('/Info')).catch(() => 'null');
  if (!is_dict(info)) return;
  for (const key of info.keys()) removed.add(kInfo.find(([, keys]) => keys.test(key))?.[0] ?? 'text');
}

// `F` is a number of flags, too.
const names_a_file = (key: string, value: PdfObject): boolean =>
  typeof value === 'string' && (key === '/F' ? /^[(<]/.test(value) : is_place(plain_text(value)));

class Writing {
  private readonly numbers_ = new Map<number, number>(); // old to new
  private readonly waiting_: number[] = [];

  constructor(
    private readonly file_: PdfFile,
    private readonly removed_: Set<Removed>,
    private readonly clean_part_: CleanPart,
  ) {}

  async run(root: Ref, rest: Rest): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [from_latin1(kHeader)];
    let at = parts[0]!.length;
    const places: number[] = [];
    const new_root = this.renumbered(root);
    for (let old = this.waiting_.shift(); old !== undefined; old = this.waiting_.shift()) {
      await rest();
      const object = await this.written(await this.file_.object(old), places.length + 1);
      places.push(at);
      parts.push(object);
      at += object.length;
    }
    const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
    const size = places.length + 1;
    parts.push(
      from_latin1(
        `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size} /Root ${written_object(new_root)}>>\nstartxref\n${at}\n%%EOF\n`,
      ),
    );
    return concat(...parts) as Uint8Array<ArrayBuffer>;
  }

  private renumbered({ number }: Ref): Ref {
    let mine = this.numbers_.get(number);
    if (mine === undefined) {
      mine = this.numbers_.size + 1;
      if (mine > kObjectsMax) broken();
      this.numbers_.set(number, mine);
      this.waiting_.push(number);
    }
    return new Ref(mine);
  }

  private async written(object: PdfObject, number: number): Promise<Uint8Array> {
    const begin = `${number} 0 obj\n`;
    if (!is_stream(object)) return from_latin1(`${begin}${written_object(this.kept(object))}\nendobj\n`);
    const data = await this.drawing(object.dict, object.data);
    const dict = this.kept_dict(new Map([...object.dict].filter(([key]) => key !== '/Length')));
    dict.set('/Length', String(data.length));
    return concat(from_latin1(`${begin}${written_object(dict)}\nstream\n`), data, from_latin1('\nendstream\nendobj\n'));
  }

  // A photograph within is cleaned as one: as the camera made it, or packed once more.
  private async drawing(dict: Dict, data: Uint8Array): Promise<Uint8Array> {
    if (dict.get('/Type') === '/Metadata' || dict.get('/Type') === '/EmbeddedFile') return new Uint8Array();
    const filters = [await this.file_.resolve(dict.get('/Filter'))].flat().join();
    if (!/DCT|JPX/.test(filters)) return data;
    const [, packed, kind] = /^(\/Flate.*,)?\/(...)Decode$/.exec(filters) ?? broken(); // packed in a way that is not undone here
    const photograph = packed ? await unpack(data, 'deflate', kPackedMax) : data;
    if (kind === 'DCT' && !starts_with(photograph, '\xff\xd8\xff')) broken();
    const cleaned = kind === 'JPX' ? clean_jpx(photograph) : await this.clean_part_(photograph);
    return packed ? pack(cleaned, 'deflate') : cleaned;
  }

  private kept(value: PdfObject): PdfObject {
    if (value instanceof Ref) return this.renumbered(value);
    if (Array.isArray(value)) return value.map((item) => this.kept(item));
    return is_dict(value) ? this.kept_dict(value) : value;
  }

  private kept_dict(dict: Dict): Dict {
    const kept: Dict = new Map();
    const type = dict.get('/Type');
    if (kGoes.test(`${type} ${dict.get('/S')}`) || [...dict.keys()].some((key) => kGoesWith.test(key))) return this.removed_.add('person'), kept;
    const remark = type === '/Annot' || (dict.has('/Rect') && dict.get('/Subtype') !== '/Widget');
    for (const [key, value] of dict) {
      const tells = kTells.find(([, keys]) => keys.test(key))?.[0] ?? (names_a_file(key, value) && 'person');
      if (tells && (!kOnlyInRemarks.test(key) || (remark && !dict.has('/FT')))) this.removed_.add(tells);
      else kept.set(key, this.kept(value));
    }
    return kept;
  }
}
