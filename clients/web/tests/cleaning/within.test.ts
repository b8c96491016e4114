// What tells may stand deep within: a photograph in a document, whatever it is called there and however it is packed.
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

import { clean } from '../../cleaning/clean.ts';
import { kEveryCleaner } from '../../cleaning/every_kind.ts';
import { from_latin1, latin1 } from '../../cleaning/reader.ts';
import { Zip, ZipWriter } from '../../cleaning/zip.ts';
import { concat } from '../../core/crypto/bytes.ts';

const kTells = 'SM-A546B of J. Jansen';
// A beginning, a remark, one scan, an end.
const photograph = concat(
  from_latin1(`\xff\xd8\xff\xfe\0${String.fromCharCode(kTells.length + 2)}${kTells}`),
  from_latin1('\xff\xda\0\x02drawn\xff\xd9'),
);

async function cleaned(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const done = await clean(file, kEveryCleaner);
  if (!done.ok) throw new Error(done.error);
  return done.value.bytes;
}

describe('in a PDF', () => {
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
    const done = await clean(await docx(name, part), kEveryCleaner);
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

  test('a drawing, with who drew it, in which program and where it was saved', async () => {
    const svg =
      '<?xml version="1.0"?><!-- Created with Inkscape --><svg xmlns="x" sodipodi:docname="jansen.svg" width="3"><sodipodi:namedview inkscape:cx="1"/>' +
      '<metadata><rdf:RDF><dc:creator>J. Jansen</dc:creator></rdf:RDF></metadata><g inkscape:export-filename="/home/jjansen/plan.png"><path d="M0 0"/></g></svg>';
    expect(await part_of('ppt/media/image2.svg', from_latin1(svg))).toBe('<?xml version="1.0"?><svg xmlns="x" width="3"><g><path d="M0 0"/></g></svg>');
  });
});

test('in the timing of a GIF', async () => {
  const picture = ',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0';
  const gif = (timing: string): Uint8Array => from_latin1(`GIF89a\x01\0\x01\0\0\0\0!\xf9${timing}${picture};`);
  const plain = gif('\x04\0\x02\0\0\0');
  expect([...(await cleaned(plain))]).toEqual([...plain]);
  expect(latin1(await cleaned(gif('\x04\0\x02\0\0\x09J. Jansen\0')))).not.toContain('Jansen');
});
