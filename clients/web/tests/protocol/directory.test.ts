// Who is in the directory today.
import { expect, test } from 'vitest';

import { isGone } from '../../core/protocol/directory.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';

test('somebody is gone from the day they leave', async () => {
  const organisation = new Organisation('organisation', 20_000, kWithCommittee);
  const mieke = (await organisation.directory()).person(organisation.colleague('mieke').id)!;
  expect(isGone(mieke, 30_000), 'nobody said that they leave').toBe(false);
  const leaving = { ...mieke, leftDay: 20_010 };
  expect(isGone(leaving, 20_009)).toBe(false);
  expect(isGone(leaving, 20_010)).toBe(true);
  expect(isGone(leaving, 20_011)).toBe(true);
});
