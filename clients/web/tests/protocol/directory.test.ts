// What a directory may say about people, whoever signed it. Its other rules are held by the vectors that C++ writes.
import { expect, test } from 'vitest';
import { Position } from '../../generated/rules.ts';
import { Directory, isGone } from '../../core/protocol/directory.ts';
import { Organisation } from '../kit/organisation.ts';

const kOrganisation = new Organisation('directory', 20_000);

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

test('somebody is gone from the day they leave', async () => {
  const mieke = (await kOrganisation.directory()).person(kOrganisation.colleague('mieke').id)!;
  expect(isGone(mieke, 30_000), 'nobody said that they leave').toBe(false);
  const leaving = { ...mieke, leftDay: 20_010 };
  expect(isGone(leaving, 20_009)).toBe(false);
  expect(isGone(leaving, 20_010)).toBe(true);
  expect(isGone(leaving, 20_011)).toBe(true);
});
