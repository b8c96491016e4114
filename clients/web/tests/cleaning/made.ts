// Files as phones, programs and people make them, in a folder, by common tools: exiftool, ImageMagick, qpdf, cwebp,
// and by hand where no tool writes what phones write.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

import { concat } from '../../core/crypto/bytes.ts';
import { from_latin1, number_bytes } from '../../cleaning/reader.ts';
import { chunk as riff_chunk } from '../../cleaning/webp.ts';
import { Zip, ZipWriter } from '../../cleaning/zip.ts';
import { phone_exif } from './exif_made.ts';
import { telling_profile } from './profile_made.ts';

const kFiles = new URL('files/', import.meta.url).pathname;
const kTells = [
  '-GPSLatitude=52.37', '-GPSLatitudeRef=N', '-GPSLongitude=4.89', '-GPSLongitudeRef=E', '-Make=Samsung', '-Model=SM-A546B',
  '-SerialNumber=R5CW30ABCDE', '-Artist=J. Jansen', '-DateTimeOriginal=2026:10:14 07:31:22', '-ImageDescription=kantine bureau Noord',
];
const kXmp = ['-XMP-dc:Creator=J. Jansen', '-XMP-xmp:CreateDate=2026:10:14 07:31:22', '-XMP-exif:GPSLatitude=52.37N', '-XMP-xmp:CreatorTool=Snapseed'];

const kCopiesMax = 45;
const kFormat = number_bytes(true, [2, 1], [2, 1], [4, 22_050], [4, 44_100], [2, 2], [2, 16]); // PCM, one channel, 16 bits

export async function make_files(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  const at = (name: string): string => `${folder}/${name}`;
  const run = (tool: string, ...args: string[]): void => void execFileSync(tool, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const convert = (...args: string[]): void => run('/usr/bin/convert', ...args);
  // One run for many files: starting it takes longer than its work.
  const waiting: string[] = [];
  const exiftool = (name: string, ...args: string[]): void => void waiting.push('-q', '-overwrite_original', ...args, name, '-execute');
  const tag_them = (): void => {
    writeFileSync(at('arguments'), waiting.splice(0).join('\n'));
    run('exiftool', '-@', 'arguments');
  };
  const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(at(name)));
  const put = (name: string, ...parts: Uint8Array[]): string => {
    writeFileSync(at(name), concat(...parts));
    names.push(name);
    return name;
  };
  let drawn = 0;
  const copy = (from: string, to: string, change: (bytes: Uint8Array) => Uint8Array = (same) => same): string =>
    put(to, change(bytes(from.replace(/^plain/, () => `plain-${drawn++}`))));

  // --- what the others begin as: no two corners alike, so that a turned picture is seen to be turned ---
  const corners = ['-size', '96x64', 'gradient:red-blue', '-fill', 'lime', '-draw', 'rectangle 2,2 20,12', '-fill', 'white', '-draw', 'circle 80,50 86,50'];
  // Each copy of a plain one is another picture: cleaned, two that only told different things would be the same file.
  const lines = (ending: string): string[] =>
    Array.from({ length: kCopiesMax }, (_, i) => ['(', '-clone', '0', '-draw', `line 30,${i + 10} 70,${i + 10}`, '-write', `plain-${i}.${ending}`, '+delete', ')']).flat();
  convert(...corners, '-strip', '-quality', '88', ...lines('jpg'), 'plain.jpg');
  convert(...corners, '-strip', '-resize', '24x16', '-quality', '60', 'small.jpg');
  convert(...corners, '-strip', ...lines('png'), 'plain.png');
  const segment = (marker: number, data: Uint8Array): Uint8Array => concat(number_bytes(false, [1, 0xff], [1, marker], [2, data.length + 2]), data);
  const with_segment = (marker: number, data: Uint8Array) => (jpeg: Uint8Array): Uint8Array =>
    concat(jpeg.subarray(0, 2), segment(marker, data), jpeg.subarray(2));
  const exif = (orientation: number, little: boolean): Uint8Array => concat(from_latin1('Exif\0\0'), phone_exif(orientation, little, bytes('small.jpg')));

  // --- JPEG ---
  for (let side = 1; side <= 8; ++side) copy('plain.jpg', `phone-${side}.jpg`, with_segment(0xe1, exif(side, side % 2 === 0)));
  for (const [name, ...how] of [
    ['tool', ...kTells],
    ['xmp', ...kXmp],
    ['iptc', '-IPTC:By-line=J. Jansen', '-IPTC:City=Amsterdam', '-IPTC:DateCreated=2026:10:14'],
    ['comment', '-Comment=gemaakt door J. Jansen'],
    ['photoshop', '-Photoshop:CopyrightFlag=true', '-Photoshop:URL=https://jansen.example'],
    ['motion-xmp', '-XMP-GCamera:MicroVideo=1', '-XMP-GCamera:MicroVideoOffset=4000'],
    ['everything', ...kTells, ...kXmp, '-Comment=J. Jansen', '-IPTC:By-line=J. Jansen', '-Orientation#=6'],
  ] as const) exiftool(copy('plain.jpg', `${name}.jpg`), ...how);
  tag_them();
  const film = concat(from_latin1('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'), from_latin1('\0\0\0\x20moovJ. Jansen 2026-10-14 film'));
  copy('motion-xmp.jpg', 'motion.jpg', (jpeg) => concat(jpeg, film));
  copy('phone-6.jpg', 'samsung-trailer.jpg', (jpeg) => concat(jpeg, from_latin1('\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1791955882000SEFHj\0\0\0SEFT')));
  copy('phone-3.jpg', 'second.jpg', (jpeg) => concat(with_segment(0xe2, concat(from_latin1('MPF\0'), new Uint8Array(40)))(jpeg), bytes('phone-1.jpg')));
  copy('plain.jpg', 'jfif-thumbnail.jpg', (jpeg) => with_segment(0xe0, concat(from_latin1('JFIF\0\x01\x02\0\0\x48\0\x48\x02\x02'), new Uint8Array(12).fill(99)))(concat(jpeg.subarray(0, 2), jpeg.subarray(20))));
  copy('plain.jpg', 'screen-profile.jpg', with_segment(0xe2, concat(from_latin1('ICC_PROFILE\0\x01\x01'), telling_profile('own screen'))));
  copy('plain.jpg', 'p3-profile.jpg', with_segment(0xe2, concat(from_latin1('ICC_PROFILE\0\x01\x01'), telling_profile('Display P3'))));
  copy('plain.jpg', 'unknown-app.jpg', with_segment(0xe9, from_latin1('SerialNumber R5CW30ABCDE')));
  copy('plain.jpg', 'filler.jpg', (jpeg) => concat(jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xff, 0xff), segment(0xfe, from_latin1('J. Jansen')), jpeg.subarray(2)));
  for (const [name, ...how] of [
    ['progressive', '-interlace', 'JPEG'], ['grey', '-colorspace', 'Gray'], ['cmyk', '-colorspace', 'CMYK'], ['subsampled', '-sampling-factor', '4:2:0'],
  ] as const) {
    convert('plain.jpg', ...how, `${name}.jpg`);
    names.push(`${name}.jpg`);
    exiftool(`${name}.jpg`, ...kTells);
  }

  // --- PNG ---
  const png_chunk = (name: string, data: Uint8Array): Uint8Array => {
    const named = concat(from_latin1(name), data);
    return concat(number_bytes(false, [4, data.length]), named, number_bytes(false, [4, crc32(named)]));
  };
  const after_header = (...chunks: Uint8Array[]) => (png: Uint8Array): Uint8Array => concat(png.subarray(0, 33), ...chunks, png.subarray(33));
  exiftool(copy('plain.png', 'text.png'), '-PNG:Author=J. Jansen', '-PNG:Software=Screenshot iPhone15,2', '-PNG:CreationTime=2026:10:14 07:31:22');
  exiftool(copy('plain.png', 'exif.png'), ...kTells, '-Orientation#=8');
  exiftool(copy('plain.png', 'xmp.png'), ...kXmp);
  copy('plain.png', 'ztxt.png', after_header(png_chunk('zTXt', concat(from_latin1('Author\0\0'), deflateSync('J. Jansen')))));
  copy('plain.png', 'itxt.png', after_header(png_chunk('iTXt', from_latin1('Author\0\0\0nl\0Maker\0J. Jansen'))));
  copy('plain.png', 'time.png', after_header(png_chunk('tIME', Uint8Array.of(0x07, 0xea, 10, 14, 7, 31, 22))));
  copy('plain.png', 'private.png', after_header(png_chunk('jaNs', from_latin1('J. Jansen'))));
  copy('plain.png', 'screen.png', after_header(png_chunk('iCCP', concat(from_latin1('Jansens scherm\0\0'), deflateSync(telling_profile('own screen'))))));
  copy('plain.png', 'p3.png', after_header(png_chunk('iCCP', concat(from_latin1('Display P3\0\0'), deflateSync(telling_profile('Display P3'))))));
  copy('plain.png', 'cropped-before.png', (png) => concat(png, png.subarray(60))); // what some programs leave behind the end
  for (const [name, ...how] of [
    ['palette', '-type', 'Palette'], ['grey', '-colorspace', 'Gray'], ['transparent', '-alpha', 'set', '-channel', 'A', '-evaluate', 'multiply', '0.5'], ['deep', '-depth', '16'], ['interlaced', '-interlace', 'PNG'],
  ] as const) {
    convert('plain.png', ...how, `${name}.png`);
    names.push(`${name}.png`);
    exiftool(`${name}.png`, '-PNG:Author=J. Jansen');
  }

  // --- WebP, GIF ---
  run('cwebp', '-quiet', 'plain.png', '-o', 'lossy.webp');
  run('cwebp', '-quiet', '-lossless', 'transparent.png', '-o', 'lossless.webp');
  convert('-delay', '20', 'plain.png', '(', 'plain.png', '-negate', ')', '-loop', '0', 'moving.gif');
  run('gif2webp', '-quiet', 'moving.gif', '-o', 'moving.webp');
  for (const name of ['lossy', 'lossless', 'moving']) {
    exiftool(`${name}.webp`, ...kTells, ...kXmp, '-Orientation#=6');
    names.push(`${name}.webp`);
  }
  tag_them();
  copy('lossy.webp', 'profile.webp', (webp) => {
    const body = concat(webp.subarray(8, 30), riff_chunk('ICCP', telling_profile('Display P3')), webp.subarray(30));
    body[4 + 8]! |= 0x20;
    return concat(from_latin1('RIFF'), number_bytes(true, [4, body.length]), body);
  });
  copy('lossy.webp', 'trailing.webp', (webp) => concat(webp, from_latin1('J. Jansen')));
  exiftool(copy('moving.gif', 'comment.gif'), '-Comment=J. Jansen');
  exiftool(copy('moving.gif', 'xmp.gif'), ...kXmp);
  copy('moving.gif', 'trailing.gif', (gif) => concat(gif, from_latin1('J. Jansen')));
  names.push('moving.gif');

  // --- PDF ---
  copyFileSync(`${kFiles}letter.pdf`, at('letter.pdf'));
  put('photo.pdf', scanned_pdf(bytes('phone-6.jpg')));
  exiftool('photo.pdf', '-Author=J. Jansen', '-Producer=Scanner Noord');
  for (const [to, from, ...how] of [
    ['packed.pdf', 'letter.pdf', '--object-streams=generate'], ['fast.pdf', 'letter.pdf', '--linearize'], ['plain.pdf', 'letter.pdf', '--qdf', '--object-streams=disable'],
    ['attachment.pdf', 'letter.pdf', '--add-attachment', 'plain.png', '--mimetype=image/png', '--'],
  ] as const) {
    run('qpdf', from, ...how, to);
    names.push(to);
  }
  exiftool(copy('packed.pdf', 'added-to.pdf'), '-Author=J. Jansen', '-Title=Verslag van Jansen', ...kXmp);
  copy('letter.pdf', 'shifted.pdf', (pdf) => concat(from_latin1('\n\n'), pdf));
  names.push('letter.pdf');

  tag_them();

  // --- office, sound ---
  for (const name of ['letter.docx', 'letter.odt', 'sheet.ods', 'sheet.xlsx', 'slides.odp', 'slides.pptx']) {
    copyFileSync(kFiles + name, at(name));
    names.push(name);
  }
  put('word.docx', await as_word_writes(bytes('letter.docx')));
  put('excel.xlsx', await as_excel_writes(bytes('sheet.xlsx')));
  const tone = new Uint8Array(Int16Array.from({ length: 2000 }, (_, i) => 8000 * Math.sin(i / 8)).buffer);
  const wav = (extra: Uint8Array): Uint8Array => {
    const body = concat(from_latin1('WAVE'), riff_chunk('fmt ', kFormat), extra, riff_chunk('data', tone));
    return concat(from_latin1('RIFF'), number_bytes(true, [4, body.length]), body);
  };
  put('list.wav', wav(riff_chunk('LIST', concat(from_latin1('INFO'), riff_chunk('IART', from_latin1('J. Jansen\0')), riff_chunk('ICRD', from_latin1('2026-10-14\0'))))));
  put('bext.wav', wav(riff_chunk('bext', concat(from_latin1('opname Noord'), new Uint8Array(244), from_latin1('J. Jansen'), new Uint8Array(337)))));
  return names;
}

// A page that is a photograph just as the camera made it, as scanning apps write it.
function scanned_pdf(jpeg: Uint8Array): Uint8Array {
  const drawing = 'q 96 0 0 64 0 0 cm /Im0 Do Q';
  const objects: Uint8Array[] = [
    from_latin1('<</Type /Catalog /Pages 2 0 R>>'),
    from_latin1('<</Type /Pages /Kids [3 0 R] /Count 1>>'),
    from_latin1('<</Type /Page /Parent 2 0 R /MediaBox [0 0 96 64] /Resources <</XObject <</Im0 5 0 R>>>> /Contents 4 0 R>>'),
    from_latin1(`<</Length ${drawing.length}>>\nstream\n${drawing}\nendstream`),
    concat(
      from_latin1(`<</Type /XObject /Subtype /Image /Width 96 /Height 64 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length}>>\nstream\n`),
      jpeg,
      from_latin1('\nendstream'),
    ),
  ];
  const parts: Uint8Array[] = [from_latin1('%PDF-1.4\n')];
  let at = parts[0]!.length;
  let table = '';
  objects.forEach((object, i) => {
    const whole = concat(from_latin1(`${i + 1} 0 obj\n`), object, from_latin1('\nendobj\n'));
    table += `${String(at).padStart(10, '0')} 00000 n \n`;
    at += whole.length;
    parts.push(whole);
  });
  return concat(...parts, from_latin1(`xref\n0 6\n0000000000 65535 f \n${table}trailer\n<</Size 6 /Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`));
}

type Change = (name: string, text: string) => string;

async function changed(zip_bytes: Uint8Array, change: Change, added: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const zip = new Zip(zip_bytes);
  const written = new ZipWriter();
  for (const name of zip.names()) {
    const part = await zip.part(name);
    await written.add(name, /\.(xml|rels)$/.test(name) ? new TextEncoder().encode(change(name, new TextDecoder().decode(part))) : part);
  }
  for (const [name, part] of Object.entries(added)) await written.add(name, typeof part === 'string' ? from_latin1(part) : part);
  return written.finish();
}

// What Word adds that LibreOffice does not: numbers of editing sessions, people, the template's place, a label.
async function as_word_writes(docx: Uint8Array): Promise<Uint8Array> {
  const relation = '<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2011/relationships/people" Target="people.xml"/>';
  return changed(
    docx,
    (name, text) => {
      if (name === 'word/document.xml') return text.replace(/<w:p>/, '<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">');
      if (name === 'word/settings.xml') return text.replace(/(<w:settings[^>]*>)/, '$1<w:rsids><w:rsidRoot w:val="00A77B3E"/></w:rsids>');
      if (name === 'word/_rels/document.xml.rels') return text.replace('</Relationships>', `${relation}</Relationships>`);
      if (name === '[Content_Types].xml') return text.replace('</Types>', '<Override PartName="/word/people.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"/></Types>');
      return text;
    },
    {
      'word/people.xml': '<w15:people xmlns:w15="x"><w15:person w15:author="J. Jansen"><w15:presenceInfo w15:providerId="AD" w15:userId="S::j.jansen@noord.example"/></w15:person></w15:people>',
      'docMetadata/LabelInfo.xml': '<clbl:labelList xmlns:clbl="x"><clbl:label id="tenant-noord"/></clbl:labelList>',
      'word/_rels/settings.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/Users/jjansen/noord.dotx" TargetMode="External"/></Relationships>',
      'word/embeddings/oleObject1.bin': from_latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 J. Jansen'),
    },
  );
}

async function as_excel_writes(xlsx: Uint8Array): Promise<Uint8Array> {
  return changed(
    xlsx,
    (name, text) => (name === 'xl/workbook.xml' ? text.replace(/(<workbook[^>]*>)/, '$1<x15ac:absPath xmlns:x15ac="x" url="C:\\\\Users\\\\jjansen\\\\Noord\\\\"/><fileSharing userName="J. Jansen"/>') : text),
    {
      'xl/comments1.xml': '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>J. Jansen</author></authors><commentList><comment ref="A1" authorId="0"><text><t>klopt dit?</t></text></comment></commentList></comments>',
      'xl/persons/person.xml': '<personList xmlns="x"><person displayName="J. Jansen" id="{1}" userId="S::j.jansen@noord.example" providerId="AD"/></personList>',
      'xl/printerSettings/printerSettings1.bin': from_latin1('printer Noord-2 van J. Jansen'),
    },
  );
}
