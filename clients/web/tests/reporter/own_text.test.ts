// What a reporter takes along to read says all that the screens say of it.
import { expect, test } from 'vitest';
import { Cause, Compartment } from '../../generated/rules.ts';
import { case_view } from '../../reporter/case_view.ts';
import { own_text } from '../../reporter/own_text.ts';
import { words as en } from '../../reporter/words/en.ts';
import { words as nl } from '../../reporter/words/nl.ts';
import { LeadTest, talk } from '../lead/fixture.ts';

test('who a proposal would let in, the draft of the summary, and why something was done without consent', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  const readers = [
    { memberId: it.id('ilse'), compartments: [Compartment.summary], lastDay: it.day + 30 },
    { memberId: it.id('anouk'), compartments: [talk], lastDay: 0, lead: true },
  ].sort((a, b) => (String(a.memberId) < String(b.memberId) ? -1 : 1));
  const asked = { kind: 'proposal', step: '', text: 'So that they know.', summary: 'As I would tell it.', sensitive: false } as const;
  await it.did(mieke, (addition) => addition.tell(talk, { ...asked, readers }));
  await it.did(mieke, (addition) => addition.tell(talk, { ...asked, readers: [], summary: '' }));
  await it.did(mieke, (addition) => addition.tell(talk, { kind: 'unconsented', cause: Cause.duty, text: 'I told the police.' }));
  const view = case_view(await it.opened(it.owner), it.directory, it.day, false);
  expect([view.proposals.length, view.unconsented.length]).toEqual([2, 1]);
  for (const t of [nl, en]) {
    const lines = own_text(view, null, t).split('\n');
    const summary = lines.filter((line) => line.startsWith(`Ilse ${t.lead.question.reads(t.case.compartment.summary)}, `));
    expect(summary).toHaveLength(1);
    expect(lines).toContain(`Anouk ${t.lead.question.reads(t.case.compartment.talk)}, ${t.lead.question.leads}`);
    expect(lines[lines.indexOf(t.lead.row.draft) + 1]).toBe('As I would tell it.');
    expect(lines.filter((line) => line === t.lead.row.draft), 'where there is none, none is spoken of').toHaveLength(1);
    expect(lines).toContain(t.lead.question.nobody);
    expect(lines.some((line) => line.startsWith('Mieke') && line.endsWith(t.lead.unconsented_duty('', '').slice(-12)))).toBe(true);
  }
});
