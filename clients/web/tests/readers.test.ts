// Who reads a new case: whom a reporter chose, whatever becomes of their name.
import { expect, test } from 'vitest';

import { CaseKind, Lead, Role } from '../generated/rules.ts';
import { toHex } from '../core/crypto/bytes.ts';
import { findReaders } from '../core/readers.ts';
import { Directory, type Person } from '../core/protocol/directory.ts';
import { organisation_of } from '../reporter/case_view.ts';
import { Organisation } from './kit/organisation.ts';

const kToday = 20_000;
const organisation = new Organisation('readers', kToday);
const opening = { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: 'nl' } as const;
const story = { opening, story: 'It.', people: '', identity: '' } as const;

async function directory_with(change: (person: Person) => Person): Promise<Directory> {
  const content = organisation.content();
  const people = content.people.map(change);
  const directory = await Directory.parse(await organisation.sign({ ...content, people }), organisation.service);
  if (!directory.ok) throw new Error(directory.error);
  return directory.value;
}
const id_of = (name: string) => organisation.colleague(name).id;
async function found(change: (person: Person) => Person, today: number, chosen: readonly string[], instead?: string) {
  const standIn = instead === undefined ? undefined : id_of(instead);
  const readers = findReaders({ kind: 'opening', story, to: chosen.map(id_of), standIn }, await directory_with(change), today);
  if (!readers.ok) return readers.error.code;
  return readers.value.members.map((id) => organisation.people.find((one) => toHex(one.id) === toHex(id))!.name);
}
const as_they_are = (person: Person): Person => person;
const leaving = (person: Person): Person => (person.name === 'mieke' ? { ...person, leftDay: kToday + 1 } : person);

test('who was chosen, the first of them first', async () => {
  expect(await found(as_they_are, kToday, ['youssef', 'mieke'], 'ruud')).toEqual(['youssef', 'mieke']);
  expect(await found(as_they_are, kToday, [])).toBe('nobody chosen');
  expect(await found(as_they_are, kToday, ['ilse'])).toBe('not an adviser');
  expect(await found(as_they_are, kToday, ['mieke'], 'ilse')).toBe('not an adviser');
  expect(await found(as_they_are, kToday, ['mieke'], 'mieke')).toBe('stand-in already reads');
});

test('a signal goes to those who read signals, whoever was chosen', async () => {
  const signal = { ...story, opening: { ...opening, caseKind: CaseKind.signal } };
  const draft = { kind: 'opening', story: signal, to: [id_of('mieke')], standIn: undefined } as const;
  const with_role = (name: string, role: Role) =>
    directory_with((person) => (person.name === name ? { ...person, role } : person));
  const reads = (directory: Directory) => findReaders(draft, directory, kToday);
  expect(reads(await with_role('coordinator', Role.adviser))).toMatchObject({ error: { code: 'nobody reads signals' } });
  const readers = reads(await with_role('ilse', Role.reflection));
  const both = ['coordinator', 'ilse'].map((name) => toHex(id_of(name)));
  expect(readers.ok && readers.value.members.map(toHex).sort()).toEqual(both.sort());
});

test('who leaves later is here until then', async () => {
  expect(await found(leaving, kToday, ['mieke'])).toEqual(['mieke']);
  expect(await found(leaving, kToday + 1, ['mieke'])).toBe('not an adviser');
  const shown = organisation_of(await directory_with(leaving), kToday + 1);
  expect(shown.advisers.map(({ name }) => name)).not.toContain('mieke');
});

// Also one who comes while a report is being written: it goes to whom it was meant for, or to nobody.
test('somebody new by the same name is another person', async () => {
  const renamed = (person: Person): Person => (person.name === 'anouk' ? { ...person, name: 'mieke' } : leaving(person));
  expect(await found(renamed, kToday, ['mieke'])).toEqual(['mieke']);
  expect(await found(renamed, kToday, ['anouk'])).toEqual(['anouk']);
  expect(await found(renamed, kToday + 1, ['mieke'])).toBe('not an adviser');
  const { advisers } = organisation_of(await directory_with(renamed), kToday);
  const both = ['mieke', 'anouk'].map((name) => toHex(id_of(name)));
  expect(advisers.filter(({ name }) => name === 'mieke').map(({ id }) => id).sort(), 'both are shown').toEqual(both.sort());
});
