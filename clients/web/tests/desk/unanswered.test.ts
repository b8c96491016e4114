// What may have arrived is sent again as the same bytes, and is known again when it stands in the case.
import { expect, test } from 'vitest';
import { Compartment, kLargeFrameBytes, Milestone } from '../../generated/rules.ts';
import { sha256 } from '../../core/crypto/hash.ts';
import { encodeEvent } from '../../core/event.ts';
import { freezeEntries } from '../../core/submission.ts';
import { Unanswered, what_of, type Sealed } from '../../desk/unanswered.ts';
import { LeadTest } from '../lead/fixture.ts';
import { desk_of } from './case_fixture.ts';

const event = { kind: 'message', text: 'Read.' } as const;
const what = what_of('aa', 'say', sha256(encodeEvent(event)));

// One message of mieke's, sealed, sent, and not answered.
async function tried() {
  const it = await LeadTest.open();
  const draft = { kind: 'event', handle: it.owner.handle, compartment: Compartment.talk, event, milestone: Milestone.none } as const;
  const before = await it.opened(it.member('mieke'));
  await it.say(it.member('mieke'), event.text);
  const mine = new Unanswered();
  const id = mine.item(what, draft);
  mine.outbox.get(id)!.entries = freezeEntries([it.entries.at(-1)!], undefined, kLargeFrameBytes, it.random);
  return { it, draft, before, mine, sealed: structuredClone(mine.outbox.get(id)!.entries) };
}

test('over a lock it keeps its bytes, and nothing of it stays behind meanwhile', async () => {
  const { draft, mine, sealed } = await tried();
  const kept = JSON.parse(JSON.stringify(mine.put_away())) as Sealed[];
  expect(JSON.stringify(kept), 'no plaintext').not.toContain(event.text);
  expect(mine.put_away()).toEqual([]);
  mine.take_back(kept);
  const again = mine.outbox.get(mine.item(what, draft))!;
  expect(again.entries).toEqual(sealed);
  expect(mine.outbox.get(mine.item(what_of('aa', 'say', sha256(new Uint8Array(1))), draft))!.entries, 'something else').toEqual([]);
});

test('the same words with another milestone are another thing, which may have arrived as the first', async () => {
  const { draft, mine } = await tried();
  const feedback = what_of('aa', 'say', sha256(encodeEvent(event)), Milestone.feedback);
  expect(mine.otherwise(feedback)).toEqual([what]);
  expect(mine.otherwise(what)).toEqual([]);
  expect(mine.otherwise(what_of('bb', 'say', sha256(encodeEvent(event)), Milestone.feedback)), 'another case').toEqual([]);
  const again = mine.outbox.get(mine.item(feedback, { ...draft, milestone: Milestone.feedback }))!;
  expect([again.entries, again.draft]).toMatchObject([[], { milestone: Milestone.feedback }]);
  mine.answered(what);
  expect(mine.otherwise(feedback)).toEqual([]);
});

test('what was unticked is sent as it is now, unless it arrived as it was', async () => {
  for (const arrived of [true, false]) {
    const { it, before, mine } = await tried();
    const fetched = { log: it.served(it.member('mieke')), opened: before };
    const sent: unknown[] = [];
    const session = {
      unanswered: mine,
      fetch: async () => (arrived ? { ...fetched, opened: await it.opened(it.member('mieke')) } : fetched),
      write: async ({ milestone }: { milestone: number }) => void sent.push(milestone),
    };
    const app = {
      state: { open_case: { row: { key: 'aa', item: { handle: it.owner.handle } }, fetched, state: {}, identity_shown: false }, words: { done: {} } },
      run: (_: string, doing: () => Promise<void>) => doing().then(() => true, () => false),
      sent: () => {},
      announce: () => {},
    };
    expect(await desk_of(session, app).cases.say(event.text, true)).toBe(true);
    expect([sent, mine.put_away()], 'nothing of the first attempt is left').toEqual([arrived ? [] : [Milestone.feedback], []]);
  }
});

test('words that did not arrive are sent, whatever else of that case did', async () => {
  const { it, draft, before, mine } = await tried();
  const note = { kind: 'note', text: 'Call back.' } as const;
  const lost = mine.item(what_of('aa', 'note', sha256(encodeEvent(note))), { ...draft, event: note });
  const said = mine.outbox.get(mine.item(what, draft))!;
  mine.outbox.get(lost)!.entries = said.entries; // so the note stands in the case,
  const other = await LeadTest.open();
  await other.say(other.member('mieke'), 'Another one, as its bytes go.');
  said.entries = freezeEntries([other.entries.at(-1)!], undefined, kLargeFrameBytes, it.random); // and the message does not
  const fetched = { log: it.served(it.member('mieke')), opened: before };
  const sent: unknown[] = [];
  const session = {
    unanswered: mine,
    fetch: async () => ({ ...fetched, opened: await it.opened(it.member('mieke')) }),
    write: async ({ milestone }: { milestone: number }) => void sent.push(milestone),
  };
  const app = {
    state: { open_case: { row: { key: 'aa', item: { handle: it.owner.handle } }, fetched, state: {}, identity_shown: false }, words: { done: {} } },
    run: (_: string, doing: () => Promise<void>) => doing().then(() => true, () => false),
    sent: () => {},
    announce: () => {},
  };
  expect(await desk_of(session, app).cases.say(event.text, true)).toBe(true);
  expect(sent).toEqual([Milestone.feedback]);
  expect(mine.arrived('aa', await it.opened(it.member('mieke'))), 'the look at the case tells of it').toHaveLength(1);
});

test('what stands in the case after all is found once, there and nowhere else', async () => {
  const { it, before, mine } = await tried();
  const after = await it.opened(it.member('mieke'));
  mine.take_back(mine.put_away());
  expect(mine.arrived('aa', before)).toEqual([]);
  expect(mine.arrived('bb', after), 'another case').toEqual([]);
  expect(mine.arrived('aa', after)).toEqual([{ name: 'say', event }]);
  expect(mine.arrived('aa', after)).toEqual([]);
  expect(mine.put_away()).toEqual([]);
});
