// Somebody leaves, and the gateway has the directory that says so some days later: what was written meanwhile stays
// what it was, and for no longer than that takes. The twin of tests/protocol/leaving_test.cpp.
import { expect, test } from 'vitest';

import { Milestone } from '../../generated/rules.ts';
import type { SigningPublicKey } from '../../core/crypto/signature.ts';
import type { Access } from '../../core/protocol/access.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { kDirectoryGraceDays } from '../../core/protocol/directory_rules.ts';
import type { Fields, Header } from '../../core/protocol/entry.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';
import { AccessTest, kFirstDay, talk } from './access_fixture.ts';

const kLeftDay = kFirstDay + 5;

// Under the one, mieke is here; under the other she has left.
const organisation = new Organisation('leaving', kFirstDay, kWithCommittee);
const before = await organisation.directory();
await organisation.nextVersion();
const content = organisation.content();
const people = content.people.map((person) => (person.name === 'mieke' ? { ...person, leftDay: kLeftDay } : person));
const parsed = await Directory.parse(await organisation.sign({ ...content, people }), organisation.service);
if (!parsed.ok) throw new Error(parsed.error);
const later = parsed.value;

test('what was written before the gateway knew stays, and the revoked stays out', () => {
  const it = new AccessTest(organisation, before);
  let folded: Access = it.access;
  it.day = kLeftDay + kDirectoryGraceDays - 1;
  const write = (author: SigningPublicKey, fields: Fields): void => {
    const header: Header = it.header(author, fields);
    expect(it.take(header)).toBeUndefined();
    const admitted = folded.admit(header, later);
    if (!admitted.ok) throw new Error(`${header.kind}: ${admitted.error}`);
    folded = admitted.value;
  };
  write(it.key('mieke'), it.milestone(Milestone.acknowledged));
  write(it.key('mieke'), it.keepAlive(talk));
  write(it.owner, it.grant('anouk', [talk]));
  write(it.key('mieke'), it.notes('mieke'));
  write(it.owner, it.revoke('youssef'));
  write(it.owner, it.talk());
  expect(folded.isIn(it.id('youssef'), it.day), 'the revoked is back').toBe(false);
  expect(folded.newestEpoch(talk)?.number).toBe(3);
  expect(folded.milestones).toEqual(it.access.milestones);
});

test('after those days an earlier directory excuses nothing', () => {
  const it = new AccessTest(organisation, before);
  it.day = kLeftDay + kDirectoryGraceDays;
  const header = it.header(it.key('mieke'), it.talk());
  expect(it.admit(header, later)).toEqual({ ok: false, error: 'author' });
  expect(it.admit(header).ok, 'under the one that knows of no leaving').toBe(true);
});
