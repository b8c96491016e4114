// Joining: keys made in the page, a key file that opens with the passphrase alone, a request that answers the
// invitation.
import { expect, test } from 'vitest';
import { Role } from '../../generated/rules.ts';
import { asBytes, toHex } from '../../core/crypto/bytes.ts';
import { openKeyFile } from '../../core/crypto/key_file.ts';
import { publicKeyOf } from '../../core/crypto/noble_ed25519.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { EnrolmentRequest, fingerprint, invitationFragment, InvitationToken, parseInvitation } from '../../core/protocol/enrolment.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { enrolled, kPassphraseLettersMin, proposed_passphrase } from '../../desk/enrolment.ts';

const kToday = 20_000;
const service = ServiceId.random(systemRandom);
const token = InvitationToken.random(systemRandom);
const link = `https://desk.example/${invitationFragment({
  serviceId: service, token, name: 'nour', role: Role.adviser, unit: 'Noord', memberId: undefined, lastDay: kToday + 14,
})}`;

test('an invited person’s keys open with their passphrase, and their request answers the invitation', { timeout: 240_000 }, async () => {
  const invitation = parseInvitation(link)!;
  const steps: number[] = [];
  const made = await enrolled(invitation, 'a passphrase of hers', kToday, systemRandom, (part) => steps.push(part));
  expect(steps.at(-1)).toBe(1);
  const opened = await openKeyFile(made.key_file, asBytes('a passphrase of hers'));
  if (!opened.ok) throw new Error(opened.error);
  const request = await EnrolmentRequest.parse(made.request, service);
  if (!request.ok) throw new Error(request.error);
  expect(request.value.answers(token)).toBe(true);
  expect(request.value.card.memberId).toEqual(opened.value.memberId);
  expect(request.value.card.signingKey).toEqual(publicKeyOf(opened.value.signingSeed));
  expect(made.fingerprint).toBe(toHex(fingerprint(request.value.card.signingKey)));
  for (const seed of [opened.value.signingSeed, ...opened.value.xwingSeeds])
    expect(Buffer.from(made.request).includes(Buffer.from(seed).toString('base64url').slice(0, 20))).toBe(false);
});

test('a proposed passphrase is five words, long enough, and another one each time', () => {
  const some = Array.from({ length: 8 }, () => proposed_passphrase(systemRandom, 'nl-1'));
  for (const words of some) {
    expect(words.split(' ')).toHaveLength(5);
    expect(words.length).toBeGreaterThanOrEqual(kPassphraseLettersMin);
  }
  expect(new Set(some).size).toBe(some.length);
});

test('a link that was changed on the way is no invitation', () => {
  expect(parseInvitation(link.slice(0, -3))).toBeUndefined();
});
