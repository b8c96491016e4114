// Our QR codes against the library's decoder, and its encoder.
import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';

import { qrCode } from '../../page/qr_code.ts';

const kScale = 4;
const kQuiet = 4;
const kBytesMax = 180;
const kText = 'kastanje molen https://omzien.example/ é 0123';

// As a camera would see it, without any trouble.
function picture(rows: readonly (readonly boolean[])[]) {
  const size = (rows.length + 2 * kQuiet) * kScale;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let y = 0; y < size; ++y)
    for (let x = 0; x < size; ++x)
      if (rows[Math.floor(y / kScale) - kQuiet]?.[Math.floor(x / kScale) - kQuiet]) data.fill(0, 4 * (y * size + x), 4 * (y * size + x) + 3);
  return { width: size, height: size, data };
}

const textOf = (length: number): string => kText.repeat(5).slice(0, length).replaceAll('é', 'e');

test('every length that a code holds is read back', () => {
  for (let length = 1; length <= kBytesMax; length += 3) {
    const text = textOf(length);
    expect(decodeQR(picture(qrCode(text))), `${length} bytes`).toBe(text);
  }
  expect(decodeQR(picture(qrCode(textOf(kBytesMax))))).toBe(textOf(kBytesMax));
  expect(decodeQR(picture(qrCode('één')))).toBe('één');
});

test('takes no more room than the library does', () => {
  for (const length of [1, 14, 15, 40, 63, 90, 120, 150, 180]) {
    const text = textOf(length);
    const theirs = encodeQR(text, 'raw', { ecc: 'medium', border: 1, encoding: 'byte' });
    expect(qrCode(text).length + 2, `${length} bytes`).toBe(theirs.length);
  }
});

test('more than a code holds is refused', () => {
  expect(() => qrCode('x'.repeat(kBytesMax + 1))).toThrow();
});
