// What a picture says about itself, read before any decoder sees it.
import { expect, test } from 'vitest';
import { picture_of } from '../../desk/picture.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : [...part])));
const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

const png = (width: number, height: number): Uint8Array =>
  bytes('\u0089PNG\r\n\u001a\n', u32(13), 'IHDR', u32(width), u32(height));
const jpeg = (width: number, height: number): Uint8Array =>
  bytes([0xff, 0xd8], [0xff, 0xe1, 0, 6, 1, 2, 3, 4], [0xff, 0xc2, 0, 17, 8], [height >> 8, height & 255, width >> 8, width & 255], [3]);

test('pictures of ordinary size are shown as what their bytes are', () => {
  expect(picture_of(png(4000, 3000))).toEqual({ type: 'image/png', fits: true });
  expect(picture_of(jpeg(4000, 3000))).toEqual({ type: 'image/jpeg', fits: true });
  expect(picture_of(bytes('GIF89a', [0x20, 3, 0x58, 2, 0, 0, 0], [0x2c, 0, 0, 0, 0, 0x20, 3, 0x58, 2]))).toEqual({ type: 'image/gif', fits: true });
  expect(picture_of(bytes('RIFF', u32(99), 'WEBP', 'VP8X', u32(10), u32(0), [0x1f, 3, 0], [0x57, 2, 0]))).toEqual({ type: 'image/webp', fits: true });
});

test('a hundred megapixels, one endless side, nothing at all: none of them is drawn', () => {
  for (const [width, height] of [[12_000, 9_000], [0xffff_ffff, 1], [0, 40], [20_000, 10]] as const)
    expect(picture_of(png(width, height))).toEqual({ type: 'image/png', fits: false });
  expect(picture_of(jpeg(60_000, 60_000)).fits).toBe(false);
});

test('a picture that is cut off before its size is not drawn', () => {
  expect(picture_of(png(40, 40).subarray(0, 20))).toEqual({ type: 'image/png', fits: false });
  expect(picture_of(bytes([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]))).toEqual({ type: 'image/jpeg', fits: false });
  expect(picture_of(bytes([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0, 0, 0, 0, 0, 0]))).toEqual({ type: 'image/jpeg', fits: false });
});

test('drawings with scripts, pages and everything else are no pictures', () => {
  for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>', 'GIF8', '']) expect(picture_of(bytes(text)).type).toBe('');
});

test('a size that stands where a decoder does not look counts for nothing', () => {
  const small = [0xff, 0xc0, 0, 17, 8, 0, 10, 0, 10, 3];
  const large = [0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3];
  // A fill byte, which a decoder skips, read as a marker would lead to the small one.
  expect(picture_of(bytes([0xff, 0xd8, 0xff], large, small)).fits).toBe(false);
  expect(picture_of(bytes([0xff, 0xd8, 0xff, 0xff], small, [0, 0])).fits, 'which is allowed').toBe(true);
  for (const lone of [0x01, 0xd0, 0xd8, 0xd9]) expect(picture_of(bytes([0xff, 0xd8, 0xff, lone, 0, 2], small)).fits, `${lone}`).toBe(false);
});

test('an image that is larger than its screen is as large as the image', () => {
  const gif = (...image: readonly number[]) =>
    bytes('GIF89a', [10, 0, 10, 0, 0x80, 0, 0], new Array<number>(6).fill(0), [0x21, 0xf9, 4, 0, 0, 0, 0, 0], [0x2c], image, [0]);
  expect(picture_of(gif(0, 0, 0, 0, 10, 0, 10, 0)).fits).toBe(true);
  expect(picture_of(gif(0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff)).fits).toBe(false);
  expect(picture_of(gif(0xff, 0xff, 0, 0, 10, 0, 10, 0)).fits).toBe(false);
});
