// Bytes that are headers, answers, directories and certificates, and bytes that are not, as C++ tells them apart.
import { expect, test } from 'vitest';

import { Certificate, type CertificateError } from '../../core/protocol/certificate.ts';
import { Directory, type DirectoryError } from '../../core/protocol/directory.ts';
import { encodeHeader, parseHeader } from '../../core/protocol/entry.ts';
import { encodeResponse, frameSizeOf, parseResponse, type FrameError } from '../../core/protocol/frame.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import type { Expected } from '../../core/expected.ts';
import { bytes, fixed, readVectors } from '../support.ts';

interface Case {
  readonly what: string;
  readonly bytes: string;
  readonly answer: string;
}
const vectors = readVectors<{
  headers: readonly Case[];
  frames: readonly { what: string; size: number; begins: string; ends: string; answer: string }[];
  directories: { service_id: string; cases: readonly Case[] };
  certificates: { service_id: string; directory: string; cases: readonly (Case & { today: number })[] };
}>('parsing.json');

const answerOf = (parsed: Expected<unknown, string>): string => (parsed.ok ? 'good' : parsed.error);

test.each(vectors.headers.map((one) => [one.what, one] as const))('header: %s', (_, { bytes: hex, answer }) => {
  const parsed = parseHeader(bytes(hex));
  expect(answerOf(parsed)).toBe(answer);
  if (parsed.ok) expect(toHex(encodeHeader(parsed.value))).toBe(hex);
});

test.each(vectors.frames.map((one) => [one.what, one] as const))('frame: %s', (_, { size, begins, ends, answer }) => {
  const frame = new Uint8Array(size);
  frame.set(bytes(begins));
  frame.set(bytes(ends), size - bytes(ends).length);
  const parsed = parseResponse(frame);
  expect(answerOf(parsed)).toBe(answer);
  if (parsed.ok) expect(encodeResponse(parsed.value, frameSizeOf(size)!)).toEqual(frame);
});

test.each(vectors.directories.cases.map((one) => [one.what, one] as const))(
  'directory: %s',
  async (_, { bytes: hex, answer }) => {
    const service = fixed(ServiceId, vectors.directories.service_id);
    expect(answerOf(await Directory.parse(bytes(hex), service))).toBe(answer);
  },
);

test.each(vectors.certificates.cases.map((one) => [one.what, one] as const))(
  'certificate: %s',
  async (_, { bytes: hex, answer, today }) => {
    const service = fixed(ServiceId, vectors.certificates.service_id);
    const directory = await Directory.parse(bytes(vectors.certificates.directory), service);
    if (!directory.ok) throw new Error(directory.error);
    expect(answerOf(await Certificate.parse(bytes(hex), directory.value, today))).toBe(answer);
  },
);

test('every reason to refuse has bytes that are refused for it', () => {
  const directories: Readonly<Record<DirectoryError, true>> = {
    malformed: true,
    'newer version': true,
    'other organisation': true,
    signature: true,
    invalid: true,
  };
  const certificates: Readonly<Record<CertificateError, true>> = {
    malformed: true,
    'newer version': true,
    'other organisation': true,
    stranger: true,
    signature: true,
    validity: true,
  };
  const frames: Readonly<Record<FrameError, true>> = { size: true, padding: true, malformed: true };
  for (const [cases, reasons] of [
    [vectors.directories.cases, directories],
    [vectors.certificates.cases, certificates],
    [vectors.frames, frames],
  ] as const)
    expect([...new Set(cases.map(({ answer }) => answer))].sort()).toEqual(['good', ...Object.keys(reasons)].sort());
});
