// Who comes after whom at a case, at the desks of all of them: an adviser leaves and a stand-in goes on, a stand-in
// takes over once a term was missed, and somebody is let in whom the reporter allowed beforehand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at_desk, kSlow, open_case, send_form, serve_desk, unfold } from './kit/desk.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: 4 * kSlow };
let gateway, server, browser, take_down;
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up(serve_desk, { day: '2024-05-06' }));
});
after(() => take_down?.());

const desk_of = (name, options) => at_desk(browser, server.url, gateway, name, options);
const say = async (page, text) => {
  await page.fill('#say', text);
  await send_form(page, 'say');
  await page.waitForFunction((said) => [...document.querySelectorAll('.said-mine')].some((row) => row.innerText.includes(said)), text, { timeout: kSlow });
};
const access = ({ phrase }) =>
  gateway.reporter(phrase, 'show').access.map(({ name, dormant, holder }) => `${name}${dormant ? ' waits' : holder ? ' leads' : ''}`);

test('an adviser leaves for good, and whom the reporter had stand by goes on with the case, its notes included', slow, async () => {
  const filed = gateway.report('Het hele verhaal.', '--to', 'mieke', '--stand-in', 'ruud');
  const [mieke, ruud] = await Promise.all(['mieke', 'ruud'].map((name) => desk_of(name)));
  await open_case(mieke.page, filed.handle_words);
  await say(mieke.page, 'Ik heb het gelezen.');
  await mieke.page.fill('#note', 'Zelfde ploeg als in mei.');
  await send_form(mieke.page, 'note');
  await mieke.page.waitForSelector('.note', { timeout: kSlow });
  assert.equal(await ruud.page.locator('.inbox-row, #overdue').count(), 0, 'until then it is not his to see');

  await unfold(mieke.page, 'fold-passing');
  await mieke.page.click('#leave');
  assert.match(await mieke.page.locator('#fold-passing').innerText(), /In jouw plaats leest: Ruud/);
  await mieke.page.click('#leave-sure');
  await mieke.page.waitForSelector('.page-inbox', { timeout: kSlow });
  await mieke.page.waitForFunction(() => document.querySelectorAll('.inbox-row').length === 0, null, { timeout: kSlow });
  assert.ok(!(await mieke.page.content()).includes('hele verhaal'), 'nothing of it is left on her screen');

  await ruud.page.click('#check');
  await open_case(ruud.page, filed.handle_words);
  const read = await ruud.page.locator('main').innerText();
  for (const text of ['Het hele verhaal.', 'Ik heb het gelezen.', 'Zelfde ploeg als in mei.']) assert.ok(read.includes(text), text);
  await say(ruud.page, 'Ik neem het over van Mieke.');
  assert.deepEqual(access(filed), ['ruud leads']);
  await Promise.all([mieke, ruud].map(({ context }) => context.close()));
});

test('a stand-in takes over after a missed term, having read nothing before, and is asked first', slow, async () => {
  const filed = gateway.report('Dit bleef liggen.', '--to', 'mieke', '--stand-in', 'ruud');
  const ruud = await desk_of('ruud', { locale: 'en-GB' });
  await gateway.on('2024-05-13');
  await ruud.page.click('#check');
  await ruud.page.waitForTimeout(1000);
  assert.equal(await ruud.page.locator('#overdue').count(), 0, 'the last day is still in time');
  await gateway.on('2024-05-14');
  await ruud.page.click('#check');
  const row = ruud.page.locator(`[data-overdue="${filed.handle_words}"]`);
  await row.waitFor({ timeout: kSlow });
  assert.match(await row.innerText(), /the case is with Mieke/);
  assert.ok(!(await ruud.page.content()).includes('bleef liggen'));
  assert.equal(await ruud.page.locator(`[data-case="${filed.handle_words}"]`).count(), 0);
  await row.locator('.take').click();
  assert.match(await row.innerText(), /The reporter and your colleague see that/);
  assert.deepEqual(access(filed), ['mieke leads', 'ruud waits'], 'nothing happened yet');
  await ruud.page.click('#take-over');
  await ruud.page.waitForSelector('.page-case', { timeout: kSlow });
  assert.match(await ruud.page.locator('#part-story').innerText(), /Dit bleef liggen/);
  await say(ruud.page, 'Sorry dat het lang duurde.');
  assert.deepEqual(access(filed), ['mieke', 'ruud leads']);
  await ruud.page.click('#to-inbox');
  await ruud.page.waitForSelector('.inbox-row', { timeout: kSlow });
  assert.equal(await ruud.page.locator('#overdue').count(), 0);
  await ruud.context.close();
});

test('whom the reporter allowed beforehand is let in, to that part, and leads when that was allowed, too', slow, async () => {
  const filed = gateway.report('Voor Anouk en wie zij kiest.', '--to', 'anouk');
  const anouk = await desk_of('anouk');
  await open_case(anouk.page, filed.handle_words);
  await unfold(anouk.page, 'fold-passing');
  assert.equal(await anouk.page.locator('#do-pass_on').count(), 0, 'nobody was allowed');
  gateway.reporter(filed.phrase, 'delegate', 'anouk', '--let-in', 'youssef', '--part', 'story', '--part', 'talk', '--until', '2024-06-30', '--lead', '--yes');
  await anouk.page.click('#to-inbox');
  await open_case(anouk.page, filed.handle_words);
  await unfold(anouk.page, 'fold-passing');
  await send_form(anouk.page, 'pass_on');
  assert.match(await anouk.page.locator('#fold-passing .errors').innerText(), /Kies eerst wie je toelaat/);
  assert.deepEqual(access(filed), ['anouk leads'], 'nobody was chosen');
  await anouk.page.selectOption('#pass-to', { label: 'Youssef: het verhaal en het gesprek' });
  assert.match(await anouk.page.locator('#fold-passing').innerText(), /Youssef leest dan het verhaal en het gesprek/);
  await anouk.page.check('#pass-lead');
  await send_form(anouk.page, 'pass_on');
  await anouk.page.waitForFunction(() => /Youssef/.test(document.querySelector('#access')?.closest('section').innerText ?? ''), null, { timeout: kSlow });

  const youssef = await desk_of('youssef');
  await open_case(youssef.page, filed.handle_words);
  assert.match(await youssef.page.locator('#part-story').innerText(), /wie zij kiest/);
  await say(youssef.page, 'Anouk vroeg mij erbij.');
  assert.deepEqual(access(filed), ['anouk', 'youssef leads']);
  await Promise.all([anouk, youssef].map(({ context }) => context.close()));
});

test('whoever was chosen and may not be let in any more has nobody in their place', slow, async () => {
  const filed = gateway.report('Voor Anouk, en niet voor iedereen.', '--to', 'anouk');
  const allow = (name) => gateway.reporter(filed.phrase, 'delegate', 'anouk', '--let-in', name, '--part', 'story', '--until', '2024-06-30', '--yes');
  for (const name of ['mieke', 'youssef']) allow(name);
  const anouk = await desk_of('anouk');
  await open_case(anouk.page, filed.handle_words);
  await unfold(anouk.page, 'fold-passing');
  await anouk.page.selectOption('#pass-to', { label: 'Youssef: het verhaal' });
  gateway.reporter(filed.phrase, 'delegate', 'anouk', '--end', '--yes');
  allow('mieke');
  await say(anouk.page, 'Daarna ziet ook deze bladzijde het.'); // what is sent is looked after
  await anouk.page.waitForFunction(() => document.querySelectorAll('#pass-to option').length === 2, null, { timeout: kSlow });
  await send_form(anouk.page, 'pass_on');
  assert.match(await anouk.page.locator('#fold-passing .errors').innerText(), /Er is niemand toegelaten/);
  assert.deepEqual(access(filed), ['anouk leads']);
  await anouk.context.close();
});
