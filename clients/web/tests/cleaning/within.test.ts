// What tells may stand deep within: a photograph in a document, whatever it is called there and however it is packed.
import { deflateSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';

import { clean } from '../../cleaning/clean.ts';
import { kEveryCleaner } from '../../cleaning/every_kind.ts';
import { from_latin1, latin1 } from '../../cleaning/reader.ts';
import { Zip, ZipWriter } from '../../cleaning/zip.ts';
import { concat } from '../../core/crypto/bytes.ts';
import { at_once } from './kit.ts';

const kTells = 'SM-A546B of J. Jansen';
// A beginning, a remark, one scan, an end.
const photograph = concat(
  from_latin1(`\xff\xd8\xff\xfe\0${String.fromCharCode(kTells.length + 2)}${kTells}`),
  from_latin1('\xff\xda\0\x02drawn\xff\xd9'),
);

async function cleaned(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const done = await clean(file, kEveryCleaner, at_once);
  if (!done.ok) throw new Error(done.error);
  return done.value.bytes;
}

const pdf = (dict: string, data: Uint8Array, ...more: readonly string[]): Uint8Array => {
  const parts = [
    from_latin1('<</Type /Catalog /Shown 2 0 R>>'),
    concat(from_latin1(`<<${dict} /Length ${data.length}>>\nstream\n`), data, from_latin1('\nendstream')),
    ...more.map(from_latin1),
  ].map((object, i) => concat(from_latin1(`${i + 1} 0 obj\n`), object, from_latin1('\nendobj\n')));
  let at = 9;
  const lines = parts.map((part) => `${String((at += part.length) - part.length).padStart(10, '0')} 00000 n \n`).join('');
  const size = parts.length + 1;
  return concat(from_latin1('%PDF-1.4\n'), ...parts, from_latin1(`xref\n0 ${size}\n0000000000 65535 f \n${lines}trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`));
};

describe('in a PDF', () => {
  test.each([
    ['under its own name', '/Filter /DCTDecode', photograph],
    ['of which the packing stands elsewhere', '/Filter 3 0 R', photograph, '/DCTDecode'],
    ['packed twice', '/Filter [/FlateDecode /DCTDecode]', new Uint8Array(deflateSync(photograph))],
  ] as [string, string, Uint8Array, string?][])('a photograph %s', async (_, dict, data, more) => {
    const file = pdf(dict, data, ...(more ? [more] : []));
    const text = latin1(await cleaned(file));
    const stream = from_latin1(/stream\n([^]*?)\nendstream/.exec(text)![1]!);
    const packed = dict.includes('Flate');
    const drawn = packed ? new Uint8Array(await new Response(new Blob([stream]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer()) : stream;
    expect(latin1(drawn)).toContain('drawn');
    expect(latin1(drawn)).not.toContain(kTells);
  });

  test('a drawing that TeX took from another file, with the path and the author of that one', async () => {
    const text = latin1(await cleaned(pdf('/PTEX.FileName (/home/jjansen/plan.pdf) /PTEX.InfoDict 3 0 R', from_latin1('q Q'), '<</Author (J. Jansen)>>')));
    expect(text).toContain('q Q');
    expect(text).not.toMatch(/[Jj]ansen/);
  });
});

describe('in an office file', () => {
  const docx = async (name: string, part: Uint8Array): Promise<Uint8Array> => {
    const zip = new ZipWriter();
    await zip.add('[Content_Types].xml', from_latin1('<Types/>'));
    await zip.add(name, part);
    return zip.finish();
  };
  const part_of = async (name: string, part: Uint8Array): Promise<string> => latin1(await new Zip(await cleaned(await docx(name, part))).part(name));
  const trouble = async (name: string, part: Uint8Array): Promise<string> => {
    const done = await clean(await docx(name, part), kEveryCleaner, at_once);
    return done.ok ? 'cleaned' : done.error;
  };

  test.each(['word/media/image1.jpg', 'word/media/image1.jfif', 'word/media/image1.tmp', 'ObjectReplacements/Object 1'])('a photograph called %s', async (name) => {
    const text = await part_of(name, photograph);
    expect(text).toContain('drawn');
    expect(text).not.toContain(kTells);
  });

  test('a film, a photograph of a kind that is not cleaned: said, and not passed over', async () => {
    expect(await trouble('ppt/media/media1.mp4', from_latin1('\0\0\0\x18ftypisom, at 52.37 N'))).toBe('film');
    expect(await trouble('ppt/media/image1.heic', from_latin1('\0\0\0\x18ftypheic, at 52.37 N'))).toBe('heic');
    expect(await trouble('word/media/image1.tiff', from_latin1('II*\0, at 52.37 N'))).toBe('unknown');
    expect(await trouble('word/fonts/font1.odttf', from_latin1('\xff\xe3 letters'))).toBe('cleaned');
  });

  const document = (text: string): Promise<string> => part_of('word/document.xml', from_latin1(`<w:p>${text}</w:p>`));
  const field = (...code: readonly string[]): string =>
    `<w:fldChar w:fldCharType="begin"/>${code.map((part) => `<w:instrText>${part}</w:instrText>`).join('')}<w:fldChar w:fldCharType="separate"/><w:t>seen</w:t><w:fldChar w:fldCharType="end"/>`;
  test.each([
    ['INCLUDEPICTURE "C:\\\\Users\\\\jjansen\\\\plan.png" \\d'],
    ['INCLUDETEXT C:\\\\Us', 'ers\\\\jjansen\\\\plan.doc'],
    ['LINK Excel.Sheet.12 "\\\\\\\\fileserver\\\\jjansen.xlsx"'],
    ['HYPERLINK "\\\\\\\\fileserver\\\\jjansen"'],
    ['ADDIN ZOTERO_ITEM {"uris":["http://zotero.org/users/jjansen"]}'],
    ['DOCPROPERTY Author', ' "J. jjansen"'],
  ])('a field is what it showed last: %s', async (...code) => {
    const text = await document(field(...code));
    expect(text).toContain('<w:t>seen</w:t>');
    expect(text).not.toMatch(/jjansen|fileserver|Author/);
  });
  test.each(['PAGE   \\* MERGEFORMAT', ' NUMPAGES ', ' TOC \\o "1-3" \\h ', ' PAGEREF _Toc12 \\h '])('but it goes on counting: %s', async (code) => {
    expect(await document(field(code))).toContain(code);
    expect(await document(`<w:fldSimple w:instr="${code.replaceAll('"', '&quot;')}"><w:t>1</w:t></w:fldSimple>`)).toContain('fldSimple');
  });
  test('a plain field, too', async () => {
    expect(await document('<w:fldSimple w:instr="TEMPLATE \\p C:\\x"><w:t>seen</w:t></w:fldSimple>')).toBe('<w:p><w:t>seen</w:t></w:p>');
  });

  test('where a workbook gets what it shows, and who fetched that', async () => {
    const connections =
      '<connections><connection id="1" name="jjansen" sourceFile="C:\\Users\\jjansen\\a.odc" type="5" refreshedVersion="6"><dbPr connection="User ID=jjansen" command="x"/></connection></connections>';
    expect(await part_of('xl/connections.xml', from_latin1(connections))).toBe('<connections><connection id="1" sourceFile="" type="5" refreshedVersion="6"></connection></connections>');
    const cache = '<pivotCacheDefinition refreshedBy="J. Jansen" refreshedDate="45123.5" recordCount="3"/>';
    expect(await part_of('xl/pivotCache/pivotCacheDefinition1.xml', from_latin1(cache))).toBe('<pivotCacheDefinition refreshedBy="-" recordCount="3"/>');
    const views = '<workbook><customWorkbookViews><customWorkbookView name="J. Jansen - Eigen weergave"/></customWorkbookViews><sheets/></workbook>';
    expect(await part_of('xl/workbook.xml', from_latin1(views))).toBe('<workbook><sheets/></workbook>');
    expect(await part_of('xl/externalLinks/externalLink1.xml', from_latin1('<ddeLink ddeTopic="C:\\jjansen\\a.doc"/>'))).toBe('<ddeLink ddeTopic=""/>');
  });

  test('what leads out of it: links that are seen stay, places and what was fetched from elsewhere do not', async () => {
    const rel = (type: string, target: string): string => `<Relationship Id="r" Type="x/${type}" Target="${target}" TargetMode="External"/>`;
    const out = async (type: string, target: string): Promise<string> =>
      part_of('word/_rels/document.xml.rels', from_latin1(`<Relationships>${rel(type, target)}</Relationships>`));
    expect(await out('hyperlink', 'https://example.org/')).toContain('https://example.org/');
    for (const target of ['file:///C:/Users/jjansen/x', '\\\\fileserver\\jjansen', '../jjansen/x']) expect(await out('hyperlink', target)).toContain('about:blank');
    expect(await out('externalLinkPath', 'https://example.org/personal/jjansen/a.xlsx')).toContain('about:blank');
  });

  test('a drawing of the older kind, also one that is not closed as it should be', async () => {
    const vml = '<xml><v:shape alt="C:\\Users\\jjansen\\a.png"><v:imagedata o:relid="r1" o:title="foto van jjansen"/><div>a<br>b</div></v:shape></xml>';
    expect(await part_of('xl/drawings/vmlDrawing1.vml', from_latin1(vml))).toBe('<xml><v:shape alt=""><v:imagedata o:relid="r1"/><div>a<br/>b</div></v:shape></xml>');
  });

  test('who changed which slide goes; what nobody looks into here is refused', async () => {
    const file = await docx('ppt/changesInfos/changesInfo1.xml', from_latin1('<pc:chgData name="J. Jansen"/>'));
    expect(new Zip(await cleaned(file)).has('ppt/changesInfos/changesInfo1.xml')).toBe(false);
    for (const name of ['word/afchunk.mht', 'xl/workbook.bin', 'xl/model/item.data']) expect(await trouble(name, from_latin1('J. Jansen'))).toBe('unknown');
  });

  test('a drawing, with who drew it, in which program and where it was saved', async () => {
    const svg =
      '<?xml version="1.0"?><!-- Created with Inkscape --><svg xmlns="x" sodipodi:docname="jansen.svg" width="3"><sodipodi:namedview inkscape:cx="1"/>' +
      '<metadata><rdf:RDF><dc:creator>J. Jansen</dc:creator></rdf:RDF></metadata><g inkscape:export-filename="/home/jjansen/plan.png"><path d="M0 0"/></g></svg>';
    expect(await part_of('ppt/media/image2.svg', from_latin1(svg))).toBe('<?xml version="1.0"?><svg xmlns="x" width="3"><g><path d="M0 0"/></g></svg>');
  });
});

describe('where a file lay, in a PDF', () => {
  const kPlaces = ['(C:\\\\Users\\\\jjansen\\\\plan.doc)', '(\\\\\\\\fileserver\\\\team4\\\\jjansen.doc)', '(file:///home/jjansen/plan.pdf)', '<FEFF0043003A005C006A006A0061006E00730065006E>', '<433a5c6a 6a616e73656e>'];
  const tells = /jjansen|fileserver|6A006A0061|6a616e/;
  test.each(kPlaces.flatMap((place) => [
    ['an action', `/Annot 3 0 R`, `<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /GoToR /F ${place} /D [0 /Fit]>>>>`],
    ['what is launched', `/Annot 3 0 R`, `<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /Launch /Win <</F ${place}>>>>>>`],
    ['a specification', `/Annot 3 0 R`, `<</Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS <</Type /Filespec /F ${place} /UF ${place} /Desc ${place}>>>>`],
    ['one without its type', `/Annot 3 0 R`, `<</FS <</F ${place} /Desc (plan)>>>>`],
    ['a link', `/Annot 3 0 R`, `<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI ${place}>>>>`],
    ['words for who does not see it', `/Annot 3 0 R`, `<</S /Figure /Alt ${place}>>`],
    ['a picture kept elsewhere', `/OPI <</2.0 <</F ${place}>>>>`, 'null'],
  ] as const))('where a file lay: %s', async (_, dict, more) => {
    const text = latin1(await cleaned(pdf(dict, from_latin1('q Q'), more)));
    expect(text).toContain('q Q');
    expect(text).not.toMatch(tells);
  });
  test('what is no place stays: flags, a link to a page, words', async () => {
    const text = latin1(await cleaned(pdf('/Annot 3 0 R', from_latin1('q Q'), '<</Type /Annot /Rect [0 0 9 9] /F 4 /Contents (See C: it says) /A <</S /URI /URI (https://example.org/a)>>>>')));
    for (const stays of ['/F 4', '(See C: it says)', '(https://example.org/a)']) expect(text).toContain(stays);
  });
});

test.each([
  ['/ByteRange', '/ByteRange [0 9 9 9] /Name (J. Jansen) /M (D:20261014) /Contents <4a616e73656e>'],
  ['/SubFilter', '/Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Name (J. Jansen) /Contents <4a616e73656e>'],
])('in a PDF, a signature that does not say that it is one: known by %s', async (_, dict) => {
  const done = await clean(pdf('/V 3 0 R', from_latin1('q Q'), `<<${dict}>>`), kEveryCleaner, at_once);
  if (!done.ok) throw new Error(done.error);
  expect(latin1(done.value.bytes)).not.toMatch(/Jansen|4a616e|2026/);
  expect([...done.value.removed]).toEqual(['person']);
});

describe('JPEG 2000, in a PDF', () => {
  const box = (type: string, data: string): string => `\0\0\0${String.fromCharCode(8 + data.length)}${type}${data}`;
  const stream = `\xff\x4f\xff\x51\xff\x64\0\x19\0\x01${kTells}\xff\x90drawn`;
  test.each([
    ['a remark in the picture itself', stream],
    ['in its box', box('jP  ', '\r\n\x87\n') + `\0\0\0\0jp2c${stream}`],
  ])('%s', async (_, picture) => {
    const file = pdf('/Filter /JPXDecode', from_latin1(picture));
    const text = latin1(await cleaned(file));
    expect(text).toContain('drawn');
    expect(text).not.toContain(kTells);
    expect(/stream\n([^]*?)\nendstream/.exec(text)![1]!.length, 'places are counted').toBe(picture.length);
  });
  test('boxes that tell are no picture, and refused', async () => {
    const done = await clean(pdf('/Filter /JPXDecode', from_latin1(box('uuid', `0123456789abcdef${kTells}`) + `\0\0\0\0jp2c${stream}`)), kEveryCleaner, at_once);
    expect(done).toEqual({ ok: false, error: 'unknown' });
  });
  test('a photograph that is packed in a way that is not undone here is refused', async () => {
    const done = await clean(pdf('/Filter [/ASCII85Decode /DCTDecode]', photograph), kEveryCleaner, at_once);
    expect(done).toEqual({ ok: false, error: 'broken' });
  });
});

describe('which side is up', () => {
  const entry = (tag: string, type: string, value: string): string => `${tag}\0${type}\0\0\0\x01${value}`;
  const up = entry('\x01\x12', '\x03', '\0\x06\0\0');
  const head = 'MM\0*\0\0\0\x08\0';
  const stays = `${head}\x01${up}\0\0\0\0`;
  test.each([
    ['the next folder', `${head}\x01${up}\x12\x34\x56\x78`],
    ['a folder within', `${head}\x02${up}${entry('\x87\x69', '\x04', '\x12\x34\x56\x78')}\0\0\0\0`],
    ['more entries than there are', `${head}\x09${up}`],
  ])('stays told where EXIF is damaged: %s', async (_, tiff) => {
    const exif = `Exif\0\0${tiff}J`;
    const jpeg = concat(photograph.subarray(0, 2), from_latin1(`\xff\xe1\0${String.fromCharCode(exif.length + 2)}${exif}`), photograph.subarray(2));
    expect(latin1(await cleaned(jpeg))).toContain(`Exif\0\0${stays}`);
  });
});

test('letters of a PDF stay what they were, also where the web has other ones for them', async () => {
  vi.stubGlobal('TextDecoder', class {
    decode = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte >= 0x80 && byte < 0xa0 ? 0x2000 + byte : byte)).join('');
  });
  const every = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect([...from_latin1(latin1(every))]).toEqual([...every]);
  vi.unstubAllGlobals();
});

test('in the timing of a GIF', async () => {
  const picture = ',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0';
  const gif = (timing: string): Uint8Array => from_latin1(`GIF89a\x01\0\x01\0\0\0\0!\xf9${timing}${picture};`);
  const plain = gif('\x04\0\x02\0\0\0');
  expect([...(await cleaned(plain))]).toEqual([...plain]);
  expect(latin1(await cleaned(gif('\x04\0\x02\0\0\x09J. Jansen\0')))).not.toContain('Jansen');
});
