// Who reads a new case, by the names that a reporter chose.
import { expect, test } from 'vitest';

import { CaseKind, Lead } from '../generated/rules.ts';
import { toHex } from '../core/crypto/bytes.ts';
import { findReaders } from '../core/readers.ts';
import { Directory, type Person } from '../core/protocol/directory.ts';
import { organisation_of } from '../reporter/case_view.ts';
import { Organisation } from './kit/organisation.ts';

const kToday = 20_000;
const organisation = new Organisation('readers', kToday);
const opening = { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: 'nl' } as const;
const draft = { kind: 'opening', story: { opening, story: 'It.', people: '', identity: '' }, standIn: '' } as const;

async function directory_with(change: (person: Person) => Person): Promise<Directory> {
  const content = organisation.content();
  const people = content.people.map(change);
  const directory = await Directory.parse(await organisation.sign({ ...content, people }), organisation.service);
  if (!directory.ok) throw new Error(directory.error);
  return directory.value;
}
async function found(change: (person: Person) => Person, today: number, chosen: { to?: string[]; unit?: string }) {
  const readers = findReaders({ ...draft, to: chosen.to ?? [], unit: chosen.unit ?? '' }, await directory_with(change), today);
  if (!readers.ok) return readers.error.code;
  return readers.value.members.map((id) => organisation.people.find((one) => toHex(one.id) === toHex(id))!.name).sort();
}
const leaving = (person: Person): Person => (person.name === 'mieke' ? { ...person, leftDay: kToday + 1 } : person);

test('who leaves later is here until then', async () => {
  expect(await found(leaving, kToday, { to: ['mieke'] })).toEqual(['mieke']);
  expect(await found(leaving, kToday + 1, { to: ['mieke'] })).toBe('not an adviser');
  expect(await found(leaving, kToday, { unit: 'Noord' })).toEqual(['anouk', 'mieke', 'youssef']);
  expect(await found(leaving, kToday + 1, { unit: 'Noord' })).toEqual(['anouk', 'youssef']);
});

test('somebody new by the same name is who is meant, also before', async () => {
  const renamed = (person: Person): Person => (person.name === 'anouk' ? { ...person, name: 'mieke' } : leaving(person));
  expect(await found(renamed, kToday, { to: ['mieke'] })).toEqual(['anouk']);
  const anouk = organisation.people.find(({ name }) => name === 'anouk')!;
  const { advisers, people } = organisation_of(await directory_with(renamed), kToday);
  for (const shown of [advisers, people])
    expect(shown.filter(({ name }) => name === 'mieke').map(({ id }) => id), 'the only one who is offered').toEqual([toHex(anouk.id)]);
});
