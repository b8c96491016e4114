// Files that are broken, cut off, huge or made to do harm: an answer each time, never a crash, in bounded memory and
// time. OMZIEN_FUZZ_ROUNDS makes the rounds of chance longer.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

import { concat } from '../../core/crypto/bytes.ts';
import { clean, kCleanedBytesMax, kind_of } from '../../cleaning/clean.ts';
import { kEveryCleaner } from '../../cleaning/every_kind.ts';
import { read_exif } from '../../cleaning/exif.ts';
import { kTroubles, type Removed } from '../../cleaning/finding.ts';
import { from_latin1, number_bytes } from '../../cleaning/reader.ts';
import { rewrite_xml } from '../../cleaning/xml.ts';
import { kUnpackedMax, ZipWriter } from '../../cleaning/zip.ts';
import { at_once, committed_files, draws } from './kit.ts';

const kRounds = Number(process.env['OMZIEN_FUZZ_ROUNDS'] ?? 60);
const trouble = async (bytes: Uint8Array): Promise<string> => {
  const done = await clean(bytes, kEveryCleaner, at_once);
  return done.ok ? 'cleaned' : done.error;
};

describe.each(committed_files())('%s', (name, bytes) => {
  test('is answered for however it is altered', async () => {
    const draw = draws(bytes.length);
    for (let round = 0; round < kRounds; ++round) {
      const altered = bytes.slice(0, draw(4) === 0 ? draw(bytes.length) : bytes.length);
      for (let change = 1 + draw(6); change > 0 && altered.length > 0; --change) {
        const at = draw(altered.length);
        if (draw(3) === 0) altered.set(Uint8Array.of(0xff, 0xff, 0xff, 0x7f).subarray(0, Math.min(4, altered.length - at)), at);
        else altered[at] = draw(256);
      }
      const done = await clean(altered, kEveryCleaner, at_once);
      if (done.ok) expect(done.value.bytes.length).toBeLessThan(4 * bytes.length + 10_000);
      else expect(kTroubles).toContain(done.error);
    }
  });

  // Of these a beginning is a whole file: the first picture, the earlier version.
  test.skipIf(['second.jpg', 'added-to.pdf', 'photo.pdf'].includes(name))('is not cleaned when it is cut off anywhere', async () => {
    for (let part = 1; part < 12; ++part)
      expect(kTroubles).toContain(await trouble(bytes.slice(0, Math.floor((bytes.length * part) / 12))));
  });

  test('is the same when it is cleaned again', async () => {
    const once = await clean(bytes, kEveryCleaner, at_once);
    if (!once.ok) return;
    const twice = await clean(once.value.bytes, kEveryCleaner, at_once);
    expect(twice.ok && [...twice.value.bytes]).toEqual([...once.value.bytes]);
  });
});

describe('hostile files', () => {
  const docx = async (xml: string): Promise<Uint8Array> => {
    const zip = new ZipWriter();
    await zip.add('[Content_Types].xml', from_latin1('<Types/>'));
    await zip.add('word/document.xml', from_latin1(xml));
    return zip.finish();
  };

  test('a part that unpacks to far more than it says is not unpacked', async () => {
    const packed = deflateRawSync(new Uint8Array(1 << 24));
    const name = from_latin1('[Content_Types].xml');
    const fields = [[2, 20], [2, 0], [2, 8], [4, 0], [4, 0], [4, packed.length], [4, 100], [2, name.length], [2, 0]] as const;
    const local = concat(number_bytes(true, [4, 0x04034b50], ...fields), name, packed);
    const central = concat(number_bytes(true, [4, 0x02014b50], [2, 20], ...fields, [2, 0], [2, 0], [2, 0], [4, 0], [4, 0]), name);
    const end = number_bytes(true, [4, 0x06054b50], [4, 0], [2, 1], [2, 1], [4, central.length], [4, local.length], [2, 0]);
    expect(await trouble(concat(local, central, end))).toBe('too_large');
    expect(kUnpackedMax).toBeLessThanOrEqual(200_000_000);
  });

  test('marks that nest without end, cross, or never close are refused', async () => {
    expect(await trouble(await docx('<a>'.repeat(100_000)))).toBe('broken');
    expect(await trouble(await docx('<a><b></a></b>'))).toBe('broken');
    expect(await trouble(await docx('<a b="1></a>'))).toBe('broken');
    expect(await trouble(await docx('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))).toBe('broken');
  });

  test('what is not touched in XML stays letter by letter', async () => {
    const xml = '<?xml version="1.0"?>\n<a b=\'1"2\' c="&amp;"><![CDATA[<x>]]> t &lt; <d/></a>\n';
    expect(await rewrite_xml(xml, () => 'keep', at_once)).toBe(xml.replace('\'1"2\'', '"1&quot;2"'));
    expect(await rewrite_xml('<a><!-- J. Jansen --><b>x</b></a>', ({ name }) => (name === 'b' ? 'empty' : 'keep'), at_once)).toBe('<a><b></b></a>');
  });

  test('a PDF whose pieces point at each other in a ring ends', async () => {
    const ring = from_latin1('%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Length 2 0 R>>\nstream\nx\nendstream\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \ntrailer\n<</Size 3 /Root 1 0 R /Prev 121>>\nstartxref\n121\n%%EOF');
    expect(await trouble(ring)).toBe('broken');
  });

  test('a PDF of brackets without end is refused', async () => {
    const deep = `%PDF-1.4\n1 0 obj\n${'['.repeat(200_000)}\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2 /Root 1 0 R>>\nstartxref\n${9 + 8 + 200_000 + 8}\n`;
    expect(await trouble(from_latin1(deep))).toBe('broken');
  });

  // Whatever takes long is asked for a rest all along: a page goes on meanwhile.
  describe('a long document rests with every piece of it', () => {
    const rests = async (bytes: Uint8Array): Promise<number> => {
      let count = 0;
      const done = await clean(bytes, kEveryCleaner, () => void ++count);
      expect(done.ok).toBe(true);
      return count;
    };

    test('each mark of a letter', async () => {
      expect(await rests(await docx(`<a>${'<b>word</b>'.repeat(5000)}</a>`))).toBeGreaterThan(10_000);
    });

    test('each object of a PDF, each place in its table, each part of it that is read', async () => {
      const count = 5000;
      const object = (number: number): string => `${number} 0 obj\n(${' '.repeat(500)})\nendobj\n`;
      let objects = `1 0 obj\n<</Type /Catalog /All [${Array.from({ length: count }, (_, i) => `${i + 2} 0 R`).join(' ')}]>>\nendobj\n`;
      const places = [9];
      for (let i = 0; i < count; ++i) {
        places.push(9 + objects.length);
        objects += object(i + 2);
      }
      const lines = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
      const table = `xref\n1 ${count + 1}\n${lines}trailer\n<</Size ${count + 2} /Root 1 0 R>>\n`;
      const bytes = from_latin1(`%PDF-1.4\n${objects}${table}startxref\n${9 + objects.length}\n%%EOF`);
      expect(bytes.length).toBeGreaterThan(2_000_000);
      expect(await rests(bytes)).toBe(3 + 2 * (count + 1));
    });
  });

  // Each of these took minutes, or never ended.
  describe('nothing is read again and again', { timeout: 20_000 }, () => {
    const pdf = (objects: string, table: string): Uint8Array => from_latin1(`%PDF-1.5\n${objects}startxref\n${9 + objects.indexOf(table)}\n%%EOF`);

    test('a remark in XML that never ends, begun many times', async () => {
      for (const begin of ['<!--', '<![CDATA[', '<?'])
        expect(await trouble(await docx(`<a>${begin.repeat(400_000)}`))).toBe('broken');
    });

    test('a table of a PDF that tells of the same objects without end, in no bytes at all', async () => {
      const again = Array.from({ length: 20_000 }, () => '0 400000').join(' ');
      const table = `1 0 obj\n<</Type /XRef /Size 9 /W [0 0 0] /Index [${again}] /Root 1 0 R /Length 0>>\nstream\n\nendstream\nendobj\n`;
      expect(await trouble(pdf(table, '1 0 obj'))).toBe('broken');
    });

    test('objects of a PDF that lie within each other', async () => {
      const count = 20_000;
      const head = (number: number): string => `${number} 0 obj\n(`.padEnd(16);
      let objects = `1 0 obj\n[${Array.from({ length: count }, (_, i) => `${i + 2} 0 R`).join(' ')}]\nendobj\n`;
      const places = [9];
      for (let i = 0; i < count; ++i) places.push(9 + objects.length + 16 * i);
      objects += Array.from({ length: count }, (_, i) => head(i + 2)).join('') + ')'.repeat(count);
      const root = objects.length + 1;
      objects += `\n${count + 2} 0 obj\n<</Type /Catalog /All 1 0 R>>\nendobj\n`;
      places.push(9 + root);
      const lines = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
      const table = `xref\n0 ${count + 3}\n0000000000 65535 f \n${lines}trailer\n<</Size ${count + 3} /Root ${count + 2} 0 R>>\n`;
      expect(await trouble(pdf(objects + table, 'xref'))).toBe('broken');
    });

    test('EXIF whose folders point at all the others', async () => {
      const half = 2_400_000; // entries of 12 bytes, each of which begins a folder, too
      const tiff = new DataView(new ArrayBuffer(24 * half + 6400));
      tiff.setUint16(0, 0x4949);
      tiff.setUint32(4, 8, true);
      tiff.setUint16(8, 512, true);
      for (let i = 0; i < 2 * half; ++i) {
        tiff.setUint16(12 * i + 10, 0x8769, true);
        tiff.setUint32(12 * i + 18, 8 + 12 * (half + ((7 * i) % half)), true);
      }
      const removed = new Set<Removed>();
      expect(read_exif(new Uint8Array(tiff.buffer), removed)).toBe(1);
      expect(removed).toContain('other');
    });
  });

  test('more than a page can work on is said to be too large, before it is read', async () => {
    const huge = new Uint8Array(kCleanedBytesMax + 1);
    huge.set(from_latin1('\xff\xd8\xff'));
    expect(await trouble(huge)).toBe('too_large');
  });

  test('kinds that are not cleaned are known by their first bytes', async () => {
    const heads: Readonly<Record<string, string>> = {
      heic: '\0\0\0\x18ftypheic', film: '\0\0\0\x18ftypisom', old_office: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', sound: 'ID3\x04', unknown: 'hello',
    };
    for (const [kind, head] of Object.entries(heads)) expect(kind_of(from_latin1(head.padEnd(32, '\0')))).toBe(kind);
    expect(kind_of(new Uint8Array())).toBe('unknown');
    expect(await trouble(from_latin1('PK\x03\x04'))).toBe('broken');
  });

  test('macros and passwords are named, not passed over', async () => {
    const zip = new ZipWriter();
    await zip.add('[Content_Types].xml', from_latin1('<Types/>'));
    await zip.add('word/vbaProject.bin', from_latin1('x'));
    expect(await trouble(zip.finish())).toBe('macros');
    const locked = committed_files().find(([name]) => name === 'locked.pdf')![1];
    expect(await trouble(locked)).toBe('locked');
  });
});
