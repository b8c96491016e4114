// What a desk reads, good and refused, as C++ tells them apart.
import { expect, test } from 'vitest';

import { toHex } from '../../core/crypto/bytes.ts';
import { encodePapers, parsePapers } from '../../core/desk/papers.ts';
import type { Expected } from '../../core/expected.ts';
import { Availability } from '../../core/protocol/availability.ts';
import { Directory } from '../../core/protocol/directory.ts';
import {
  EnrolmentRequest,
  fingerprint,
  invitationFragment,
  InvitationToken,
  parseInvitation,
} from '../../core/protocol/enrolment.ts';
import { encodeHandbook, parseHandbook } from '../../core/protocol/handbook.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { bytes, fixed, readVectors } from '../support.ts';

interface Case {
  readonly what: string;
  readonly bytes: string;
  readonly answer: string;
}
const vectors = readVectors<{
  availabilities: { today: number; service_id: string; directory: string; cases: readonly Case[] };
  handbooks: readonly Case[];
  invitations: readonly { what: string; link: string; answer: string }[];
  enrolments: {
    service_id: string;
    token: string;
    fingerprint: string;
    cases: readonly { what: string; text: string; answer: string }[];
  };
  papers: readonly Case[];
}>('desk.json');

const answerOf = (parsed: Expected<unknown, string>): string => (parsed.ok ? 'good' : parsed.error);
const goodOrRefused = (parsed: unknown): string => (parsed === undefined ? 'refused' : 'good');

test.each(vectors.availabilities.cases.map((one) => [one.what, one] as const))('availability: %s', async (_, one) => {
  const { service_id, directory: signed, today } = vectors.availabilities;
  const directory = await Directory.parse(bytes(signed), fixed(ServiceId, service_id));
  if (!directory.ok) throw new Error(directory.error);
  expect(answerOf(await Availability.parse(bytes(one.bytes), directory.value, today))).toBe(one.answer);
});

test.each(vectors.handbooks.map((one) => [one.what, one] as const))('handbook: %s', (_, one) => {
  const parsed = parseHandbook(bytes(one.bytes));
  expect(goodOrRefused(parsed)).toBe(one.answer);
  if (parsed !== undefined) expect(toHex(encodeHandbook(parsed))).toBe(one.bytes);
});

test.each(vectors.invitations.map((one) => [one.what, one] as const))('invitation: %s', (_, { link, answer }) => {
  const parsed = parseInvitation(link);
  expect(goodOrRefused(parsed)).toBe(answer);
  if (parsed !== undefined) expect(invitationFragment(parsed).endsWith(link.slice(link.indexOf('=') + 1))).toBe(true);
});

test.each(vectors.enrolments.cases.map((one) => [one.what, one] as const))('enrolment: %s', async (_, one) => {
  const { service_id, token, fingerprint: shown } = vectors.enrolments;
  const parsed = await EnrolmentRequest.parse(one.text, fixed(ServiceId, service_id));
  expect(answerOf(parsed)).toBe(one.answer);
  if (!parsed.ok) return;
  expect(parsed.value.answers(fixed(InvitationToken, token))).toBe(true);
  expect(parsed.value.answers(InvitationToken.zeros())).toBe(false);
  expect(toHex(fingerprint(parsed.value.card.signingKey))).toBe(shown);
});

test.each(vectors.papers.map((one) => [one.what, one] as const))('papers: %s', (_, one) => {
  const parsed = parsePapers(bytes(one.bytes));
  expect(goodOrRefused(parsed)).toBe(one.answer);
  if (parsed !== undefined) expect(toHex(encodePapers(parsed))).toBe(one.bytes);
});
