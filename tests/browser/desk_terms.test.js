// Legal terms at the desk, on days of a gateway whose clock is moved: what is told when one is missed, to whom, and
// that nobody of the unit can stop it. The browser's own clock stands elsewhere all the while: a desk counts the
// gateway's days.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { at_desk, kSlow, open_case, send_form, serve_desk, unfold } from './kit/desk.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: 4 * kSlow };
const kStory = 'Dit verhaal is van niemand anders.';
let gateway, server, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up(serve_desk, { day: '2023-11-29' }));
});
after(() => take_down?.());

const desk_of = (name, options) => at_desk(browser, server.url, gateway, name, options);

// What this case's alerts say, after one more look; nothing where there is none.
async function alerts_of({ page }, { handle_words }) {
  await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/v1/exchange') && answer.ok(), { timeout: kSlow }), page.click('#check')]);
  await page.waitForSelector('#check[aria-disabled=false]', { timeout: kSlow });
  await page.waitForTimeout(300);
  await page.waitForSelector('#check[aria-disabled=false]', { timeout: kSlow });
  return page.locator(`[data-alert="${handle_words}"]`).allInnerTexts();
}

test('feedback on an acknowledgement of 30 November is due on the leap day, wherever the desk stands', slow, async () => {
  const filed = gateway.report(kStory, '--to', 'mieke');
  await gateway.on('2023-11-30');
  const east = await desk_of('mieke', { timezone: 'Pacific/Kiritimati' });
  await open_case(east.page, filed.handle_words);
  await east.page.fill('#say', 'Gelezen.');
  await send_form(east.page, 'say');
  await east.page.waitForSelector('.said-mine', { timeout: kSlow });
  const west = await desk_of('mieke', { timezone: 'Pacific/Pago_Pago', locale: 'en-GB' });
  await open_case(west.page, filed.handle_words);
  assert.match(await east.page.locator('.clocks').innerText(), /30 november 2023[^]*29 februari 2024/);
  assert.match(await west.page.locator('.clocks').innerText(), /30 November 2023[^]*29 February 2024/);
  assert.match(await west.page.locator('.alarms').innerText(), /The server says another date than this device/);

  await gateway.on('2024-02-29');
  for (const { page } of [east, west]) await page.click('#to-inbox');
  const coordinator = await desk_of('coordinator', { timezone: 'Pacific/Kiritimati' });
  assert.deepEqual(await alerts_of(coordinator, filed), [], 'the last day is still in time');
  await east.page.waitForFunction(() => document.querySelector('.row-due') && !document.querySelector('.row-due .warn'), null, { timeout: kSlow });
  assert.match(await east.page.locator('.row-due').innerText(), /koppel terug uiterlijk 29 februari 2024/);
  await gateway.on('2024-03-01');
  const [alert] = await alerts_of(coordinator, filed);
  assert.match(alert, /Noord · Terugkoppelen[^]*29 februari 2024/);
  await east.page.click('#check');
  await east.page.waitForFunction(() => /te laat/.test(document.querySelector('.row-due').innerText), null, { timeout: kSlow });
  await Promise.all([east, west, coordinator].map(({ context }) => context.close()));
});

// Over the night in which clocks go forward, in Europe.
test('a term that is missed reaches the coordinator, then the CDO; only an answer ends it, and a dispute starts it anew', slow, async () => {
  const timezone = 'Europe/Amsterdam';
  await gateway.on('2024-03-25');
  const filed = gateway.report(kStory, '--to', 'mieke', '--to', 'youssef');
  const coordinator = await desk_of('coordinator', { timezone });
  const cdo = await desk_of('cdo', { timezone });
  const mieke = await desk_of('mieke', { timezone });
  assert.equal(await mieke.page.locator('#alerts').count(), 0, 'an adviser is told of no other case');
  await gateway.on('2024-04-01');
  assert.deepEqual(await alerts_of(coordinator, filed), []);

  await gateway.on('2024-04-02');
  const [missed] = await alerts_of(coordinator, filed);
  assert.match(missed, new RegExp(`^${filed.handle_words} · Noord · Ontvangst bevestigen`));
  assert.match(missed, /1 april 2024[^]*naar de CDO vanaf 16 april 2024/);
  const told = await coordinator.page.content();
  for (const hidden of [kStory, 'Mieke', 'Youssef']) assert.ok(!told.includes(hidden), hidden);
  assert.equal(await coordinator.page.locator('.inbox-row').count(), 0, 'and nothing to open');
  assert.deepEqual(await alerts_of(cdo, filed), []);

  // What whoever leads the case may do without answering: a note, and leaving it altogether.
  await mieke.page.click('#check');
  await open_case(mieke.page, filed.handle_words);
  assert.match(await mieke.page.locator('.clock-late').innerText(), /Ontvangst bevestigen/);
  await mieke.page.fill('#note', 'Niet nu.');
  await send_form(mieke.page, 'note');
  await mieke.page.waitForSelector('.note', { timeout: kSlow });
  assert.deepEqual(await alerts_of(coordinator, filed), [missed]);
  await unfold(mieke.page, 'fold-passing');
  await mieke.page.click('#leave');
  await mieke.page.click('#leave-sure');
  await mieke.page.waitForSelector('.page-inbox', { timeout: kSlow });
  assert.deepEqual(await alerts_of(coordinator, filed), [missed]);

  await gateway.on('2024-04-15');
  assert.deepEqual(await alerts_of(cdo, filed), [], 'the last day before it goes further');
  await gateway.on('2024-04-16');
  assert.match((await alerts_of(cdo, filed))[0], /Noord · Ontvangst bevestigen[^]*sinds 16 april 2024 bij de CDO/);
  assert.match((await alerts_of(coordinator, filed))[0], /sinds 16 april 2024 bij de CDO/);

  const youssef = await desk_of('youssef', { timezone });
  await open_case(youssef.page, filed.handle_words);
  await youssef.page.fill('#say', 'Ik heb het gelezen.');
  await send_form(youssef.page, 'say');
  await youssef.page.waitForSelector('.clock-met', { timeout: kSlow });
  for (const desk of [coordinator, cdo]) assert.deepEqual(await alerts_of(desk, filed), [], 'an answer ends it');

  gateway.reporter(filed.phrase, 'dispute', '--text', 'Dit was geen antwoord.');
  await gateway.on('2024-04-23');
  assert.deepEqual(await alerts_of(coordinator, filed), [], 'a whole term once more');
  await gateway.on('2024-04-24');
  assert.match((await alerts_of(coordinator, filed))[0], /Ontvangst bevestigen[^]*23 april 2024/);
  assert.deepEqual(await alerts_of(cdo, filed), []);
  await Promise.all([coordinator, cdo, mieke, youssef].map(({ context }) => context.close()));
});

test('a CDO sees the alert of one case without a word of it, and reads of the other what was granted, and only that', slow, async () => {
  await gateway.on('2024-04-24');
  const silent = gateway.report(kStory, '--to', 'mieke');
  const granted = gateway.report('Een verhaal dat de CDO niet leest.', '--to', 'youssef', '--people', 'De ploegchef.');
  gateway.desk('youssef', 'say', granted.handle, 'Gelezen.');
  const summary = `${folder}/summary.txt`;
  writeFileSync(summary, 'In één team wordt gelachen.');
  gateway.desk('youssef', 'propose', granted.handle, '--reader', 'cdo:summary', '--text', 'De CDO meelezen?', '--summary', summary);
  const [{ seq }] = gateway.reporter(granted.phrase, 'show').open_questions;
  gateway.reporter(granted.phrase, 'answer', String(seq), 'yes');
  await gateway.on('2024-05-24'); // 30 days later: a missed term, and the further term after it

  const cdo = await desk_of('cdo', { locale: 'en-GB' });
  const [alert] = await alerts_of(cdo, silent);
  assert.match(alert, /Noord · Acknowledge[^]*has been with the CDO since/);
  assert.equal(await cdo.page.locator(`[data-alert="${silent.handle_words}"] button`).count(), 0, 'an alert opens nothing');
  assert.deepEqual(await cdo.page.locator('.inbox-row').evaluateAll((rows) => rows.map((row) => row.dataset.case)), [granted.handle_words]);
  assert.deepEqual(await alerts_of(cdo, granted), [], 'it was answered in time');
  await open_case(cdo.page, granted.handle_words);
  await cdo.page.waitForFunction(() => document.querySelector('#part-summary-told').innerText.includes('In één team wordt gelachen.'), null, { timeout: kSlow });
  const read = await cdo.page.content();
  for (const hidden of [kStory, 'niet leest', 'De ploegchef.', 'Gelezen.']) assert.ok(!read.includes(hidden), hidden);
  for (const id of ['do-say', 'do-note', 'do-outcome', 'fold-propose', 'fold-assessment', 'fold-triage', 'fold-consultation'])
    assert.equal(await cdo.page.locator(`#${id}`).count(), 0, `no office of theirs: ${id}`);

  // The day the case itself goes late, its alert leads to it.
  await gateway.on('2024-09-20');
  await cdo.page.click('#to-inbox');
  const [late] = await alerts_of(cdo, granted);
  assert.match(late, /Give feedback|Feedback/);
  await cdo.page.click(`[data-alert="${granted.handle_words}"] button`);
  await cdo.page.waitForSelector('.page-case', { timeout: kSlow });
  await cdo.context.close();
});
