// What somebody who means harm may send: texts and files that would do something, were they more than text and bytes.
import { deflateSync, crc32 } from 'node:zlib';

const kRun = 'globalThis.harmed=true';

export const kTexts = {
  markup: `<img src=x onerror="${kRun}"><script>${kRun}</script><svg onload="${kRun}"><iframe srcdoc="<script>parent.harmed=true</script>">`,
  template: '{{constructor.constructor("' + kRun + '")()}} ${' + kRun + '} javascript:' + kRun,
  bidi: 'Alles is goed \u202e.tfel reiv\u2066 en \u202dverder\u2069 \u200f!',
  endless: 'a'.repeat(60_000), // 60 KB without a space
  stacked: `Z${'\u0300\u0489'.repeat(2000)}algo`,
};

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

// A picture of a few kilobytes that says it is this large, and is: rows of nothing.
export function png(width, height) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1; // one bit a pixel
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0)),
  ]);
}

// Compressed a thousandfold, and again: whoever unpacks it runs out of memory.
export const zip_bomb = () => deflateSync(deflateSync(Buffer.alloc(64 << 20), { level: 9 }), { level: 9 });

export const kFiles = {
  'page.html': Buffer.from(`<!doctype html><script>${kRun}</script>`),
  'drawing.svg': Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${kRun}"><script>${kRun}</script></svg>`),
  'script.js': Buffer.from(kRun),
  'looks like a picture.png': Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${kRun}"/>`),
  'small.png': png(40, 30),
};
export const hundred_megapixels = () => png(12_000, 9_000);
