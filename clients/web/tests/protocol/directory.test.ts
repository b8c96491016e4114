// What a directory may say about people, whoever signed it, and who is in it today. Its other rules are held by the
// vectors that C++ writes.
import { expect, test } from 'vitest';

import { kEveryDayOfAWeek } from '../../core/protocol/calendar.ts';
import { Directory, isGone } from '../../core/protocol/directory.ts';
import { kFeedbackMonthsMax, kRetentionDaysMax, kTermDaysMax, Position } from '../../generated/rules.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';

const kOrganisation = new Organisation('directory', 20_000, kWithCommittee);

async function with_position(name: string, position: Position) {
  const content = kOrganisation.content();
  const people = content.people.map((person) => (person.name === name ? { ...person, position } : person));
  return Directory.parse(await kOrganisation.sign({ ...content, people }), kOrganisation.service);
}

test('nobody with a managing or HR role is offered to reporters, as adviser or stand-in', async () => {
  for (const position of [Position.managing, Position.human_resources]) {
    for (const adviser of ['mieke', 'ruud'])
      expect(await with_position(adviser, position), adviser).toMatchObject({ ok: false, error: 'invalid' });
    expect(await with_position('ilse', position), 'a committee may have one').toMatchObject({ ok: true });
  }
});

test('nobody is called as nobody is: reporter, gateway, unknown', async () => {
  const called = async (name: string, leftDay = 0) => {
    const content = kOrganisation.content();
    const [first, ...others] = content.people;
    const people = [{ ...first!, name, leftDay }, ...others];
    return Directory.parse(await kOrganisation.sign({ ...content, people }), kOrganisation.service);
  };
  for (const name of ['reporter', 'Reporter', 'GATEWAY', 'unknown'])
    for (const left of [0, 20_001])
      expect(await called(name, left), name).toMatchObject({ ok: false, error: 'invalid' });
  for (const name of ['reporters', 'gate', 'un\u212Anown', 'reporter2'])
    expect(await called(name), name).toMatchObject({ ok: true });
});

test('a key that begins before the one it follows is refused', async () => {
  const content = kOrganisation.content();
  const { key } = new Organisation('another', 20_000).content().people[0]!.signingKeys[0]!;
  const with_next = async (fromDay: number) => {
    const [first, ...others] = content.people;
    const next = { key, fromDay, signedByPrevious: undefined };
    const people = [{ ...first!, signingKeys: [...first!.signingKeys, next] }, ...others];
    return Directory.parse(await kOrganisation.sign({ ...content, people }), kOrganisation.service);
  };
  expect(await with_next(19_999)).toMatchObject({ ok: false, error: 'invalid' });
  expect(await with_next(20_000), 'two on one day: the later one counts').toMatchObject({ ok: true });
});

test('a term of no length, or of a length that nobody means, is refused', async () => {
  const content = kOrganisation.content();
  const bounds = { acknowledgeDays: kTermDaysMax, feedbackMonths: kFeedbackMonthsMax, retentionDays: kRetentionDaysMax };
  for (const [term, max] of Object.entries(bounds)) {
    const lasting = async (length: number) =>
      Directory.parse(await kOrganisation.sign({ ...content, terms: { ...content.terms, [term]: length } }), kOrganisation.service);
    expect(await lasting(0), term).toMatchObject({ ok: false, error: 'invalid' });
    expect(await lasting(1), term).toMatchObject({ ok: true });
    expect(await lasting(max), term).toMatchObject({ ok: true });
    expect(await lasting(max + 1), term).toMatchObject({ ok: false, error: 'invalid' });
  }
});

test('a stand-in is a colleague or has been, and a week has seven days', async () => {
  const content = kOrganisation.content();
  const [first, second, ...others] = content.people;
  const parsed = async (changed: Partial<typeof first>, leftDay = 0) => {
    const people = [{ ...first!, ...changed }, { ...second!, leftDay }, ...others];
    return Directory.parse(await kOrganisation.sign({ ...content, people }), kOrganisation.service);
  };
  expect(await parsed({ standIn: second!.memberId })).toMatchObject({ ok: true });
  expect(await parsed({ standIn: second!.memberId }, 20_001), 'who has left stays in it').toMatchObject({ ok: true });
  expect(await parsed({ standIn: first!.memberId }), 'oneself').toMatchObject({ ok: false, error: 'invalid' });
  const stranger = second!.memberId.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) as NonNullable<typeof second>['memberId'];
  expect(await parsed({ standIn: stranger }), 'nobody here').toMatchObject({ ok: false, error: 'invalid' });
  expect(await parsed({ workingDays: kEveryDayOfAWeek })).toMatchObject({ ok: true });
  expect(await parsed({ workingDays: kEveryDayOfAWeek + 1 })).toMatchObject({ ok: false, error: 'invalid' });
});

test('somebody is gone from the day they leave', async () => {
  const mieke = (await kOrganisation.directory()).person(kOrganisation.colleague('mieke').id)!;
  expect(isGone(mieke, 30_000), 'nobody said that they leave').toBe(false);
  const leaving = { ...mieke, leftDay: 20_010 };
  expect(isGone(leaving, 20_009)).toBe(false);
  expect(isGone(leaving, 20_010)).toBe(true);
  expect(isGone(leaving, 20_011)).toBe(true);
});
