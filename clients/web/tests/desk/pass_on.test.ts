// Nobody is let in whom the adviser did not choose, nor to more than they saw.
import { expect, test } from 'vitest';
import { toHex } from '../../core/crypto/bytes.ts';
import { allowed_by, chosen_of, delegations_to, kNobody, type Allowed } from '../../desk/pass_on.ts';
import { AccessTest, kFirstDay, story, summary, talk } from '../protocol/access_fixture.ts';

const kLastDay = kFirstDay + 10;
const allowed = (it: AccessTest, today = kFirstDay): readonly Allowed[] => allowed_by(delegations_to(it.access, it.id('mieke'), today));
const key_of = (it: AccessTest, name: string): string => allowed(it).find(({ to }) => toHex(to) === toHex(it.id(name)))!.key;

test('nobody is chosen beforehand', () => {
  const it = new AccessTest();
  it.ownerDid(it.delegate('mieke', ['ilse', 'tarik'], [story], kLastDay));
  expect(chosen_of(allowed(it), kNobody)).toBeUndefined();
});

test('where whoever was chosen is not allowed any more, nobody is in their place', () => {
  const it = new AccessTest();
  it.ownerDid(it.delegate('mieke', ['ilse'], [story], kFirstDay + 1));
  it.ownerDid(it.delegate('mieke', ['tarik'], [story, talk], kLastDay));
  const chosen = { key: key_of(it, 'ilse'), lead: false };
  expect(chosen_of(allowed(it), chosen)?.to).toEqual(it.id('ilse'));
  expect(allowed(it, kFirstDay + 2).map(({ to }) => to), 'the list goes on').toEqual([it.id('tarik')]);
  expect(chosen_of(allowed(it, kFirstDay + 2), chosen)).toBeUndefined();
});

test('the same person by another delegation, to other parts, is another choice', () => {
  const it = new AccessTest();
  it.ownerDid(it.delegate('mieke', ['ilse'], [story], kLastDay));
  const chosen = { key: key_of(it, 'ilse'), lead: false };
  it.ownerDid(it.delegate('mieke', ['ilse'], [talk, summary], kLastDay));
  expect(allowed(it).map(({ parts }) => parts), 'never added up: the rules take each as a whole').toEqual([[story], [talk, summary]]);
  it.ownerDid(it.takeBack('mieke'));
  it.ownerDid(it.delegate('mieke', ['ilse'], [talk, summary], kLastDay));
  expect(chosen_of(allowed(it), chosen)).toBeUndefined();
});
