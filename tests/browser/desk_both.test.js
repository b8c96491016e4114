// Reporter, adviser and committee, each in a browser of their own, and nobody at a terminal: what one of them does is
// what the others see.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kHaste, visit } from './kit/browser.js';
import { at_desk, kSlow, open_case, send_form, serve_desk, unfold } from './kit/desk.js';
import { set_up } from './kit/stage.js';
import { case_name, come_back, kStory, send, to_review, to_timeline } from './kit/walk.js';

const slow = { timeout: 4 * kSlow };
const kDraft = 'In team 4 maakt een leidinggevende grappen over afkomst.';
const kApproved = 'In een team worden grappen gemaakt over afkomst.';

let gateway, server, app, browser, take_down;
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up(serve_desk));
  app = await gateway.serve_app();
});
after(async () => {
  app?.close();
  await take_down?.();
});

const phone = () => visit(browser, app.url, { haste: kHaste });
const desk_of = (name) => at_desk(browser, server.url, gateway, name);
const shows = (page, selector, text) =>
  page.waitForFunction(([where, what]) => document.querySelector(where)?.innerText.includes(what), [selector, text], { timeout: kSlow });

async function look_again(page) {
  await page.click('#look-again');
  await page.waitForFunction(() => document.querySelector('#look-again').ariaDisabled !== 'true', undefined, { timeout: kSlow });
}
async function check(page, name) {
  await page.click('#to-inbox');
  await page.click('#check');
  await open_case(page, name);
}
async function say_at_desk(page, text) {
  await page.fill('#say', text);
  await send_form(page, 'say');
  await shows(page, '.timeline', text);
}

test('talk both ways, a proposal, a yes-if, a summary that the reporter changed: the committee reads that and nothing else', slow, async () => {
  const reporter = await phone();
  await to_review(reporter.page, 'report', undefined, '.choice:has-text("Mieke") input[name=adviser]');
  const phrase = await send(reporter.page, undefined, kSlow);
  await to_timeline(reporter.page, kSlow);
  const name = await case_name(reporter.page);

  const mieke = await desk_of('mieke');
  await open_case(mieke.page, name);
  await shows(mieke.page, '#part-story', kStory);
  await say_at_desk(mieke.page, 'Goed dat je dit vertelt.');
  await look_again(reporter.page);
  await shows(reporter.page, '.timeline', 'Goed dat je dit vertelt.');
  await reporter.page.fill('#message', 'Fijn dat je het las.');
  await reporter.page.click('#say');
  await reporter.page.waitForFunction(() => document.querySelector('#message').value === '', undefined, { timeout: kSlow });
  await check(mieke.page, name);
  await shows(mieke.page, '.timeline', 'Fijn dat je het las.');

  await unfold(mieke.page, 'fold-propose');
  await mieke.page.selectOption('#step', 'share_triage');
  await mieke.page.fill('#propose-text', 'Dan kunnen zij de leiding aanspreken.');
  for (const member of ['ilse', 'tarik']) await mieke.page.check(`[name=reader-${member}]`);
  await mieke.page.fill('#propose-summary', kDraft);
  await send_form(mieke.page, 'propose');
  await mieke.page.waitForSelector('.proposal-open', { timeout: kSlow });
  const ilse = await desk_of('ilse');
  assert.equal(await ilse.page.locator('.inbox-row').count(), 0, 'nothing happens before the answer');

  await look_again(reporter.page);
  await reporter.page.click('[data-question]');
  const asked = await reporter.page.locator('main').innerText();
  for (const told of ['Dan kunnen zij de leiding aanspreken.', 'Ilse', 'Tarik']) assert.ok(asked.includes(told), told);
  assert.equal(await reporter.page.inputValue('#summary'), kDraft);
  await reporter.page.fill('#summary', kApproved);
  await reporter.page.check('#choice-yes_if');
  await reporter.page.fill('#conditions', 'Zonder mijn team te noemen.');
  await reporter.page.click('#send');
  await reporter.page.waitForSelector('#look-again', { timeout: kSlow });
  const access = await reporter.page.locator('.access').innerText();
  for (const member of ['Ilse', 'Tarik']) assert.match(access, new RegExp(`${member}\\s+de samenvatting`));

  await check(mieke.page, name);
  await mieke.page.waitForSelector('.proposal-answered .may-act', { timeout: kSlow });
  assert.match(await mieke.page.locator('.proposal-answered').innerText(), /ja, als …[^]*Zonder mijn team te noemen\./i);
  await shows(mieke.page, '#part-summary-told', kApproved);

  await ilse.page.click('#check');
  await open_case(ilse.page, name);
  await shows(ilse.page, '#part-summary-told', kApproved);
  const read = await ilse.page.content();
  const hidden = [kStory, kDraft, 'Goed dat je dit vertelt.', 'Fijn dat je het las.', 'Zonder mijn team', 'leiding aanspreken', 'In de appgroep.'];
  for (const text of hidden) assert.ok(!read.includes(text), text);
  const bram = await desk_of('bram');
  assert.equal(await bram.page.locator('.inbox-row').count(), 0, 'who was not asked in');

  // The decision, and what it led to, reach the phone.
  await unfold(ilse.page, 'fold-triage');
  await ilse.page.selectOption('#ruling', { label: 'Een gesprek' });
  await ilse.page.fill('#ruling-text', 'Een gesprek met de leiding.');
  await ilse.page.fill('#ruling-reason', 'Het moet nu stoppen.');
  await send_form(ilse.page, 'triage');
  await ilse.page.waitForSelector('#triage-decision', { timeout: kSlow });
  await check(mieke.page, name);
  await unfold(mieke.page, 'fold-outcome');
  await mieke.page.fill('#outcome-text', 'Er is een gesprek geweest.');
  await mieke.page.fill('#outcome-reason', 'De commissie besloot dat.');
  await send_form(mieke.page, 'outcome');
  await shows(mieke.page, '.tag-state', 'Afgesloten');
  await reporter.page.click('#close');
  await reporter.page.click('#begin');
  await come_back(reporter.page, phrase, kSlow);
  for (const text of ['Een gesprek met de leiding.', 'Het moet nu stoppen.', 'Er is een gesprek geweest.', 'De commissie besloot dat.'])
    await shows(reporter.page, '.timeline', text);
  const all = [reporter, mieke, ilse, bram];
  assert.deepEqual(all.flatMap(({ complaints }) => complaints), []);
  await Promise.all(all.map(({ context }) => context.close()));
});

test('what an adviser had to do without consent, sent from the desk, is the first thing a reporter sees', slow, async () => {
  const filed = gateway.report('Er is gevaar.', '--to', 'mieke');
  const mieke = await desk_of('mieke');
  await open_case(mieke.page, filed.handle_words);
  await unfold(mieke.page, 'fold-unconsented');
  const kReason = 'Er was brand. Ik heb de meldkamer gebeld.';
  await mieke.page.fill('#unconsented', kReason);
  await mieke.page.click('#do-unconsented');
  await mieke.page.waitForSelector('.errors', { timeout: kSlow });
  await mieke.page.check('#cause-danger');
  await mieke.page.fill('#unconsented', '');
  await mieke.page.click('#do-unconsented');
  assert.equal(await mieke.page.locator('.errors button').count(), 1, 'not without its reason');
  assert.equal(gateway.reporter(filed.phrase, 'show').entries.some(({ event }) => event === 'unconsented'), false);
  await mieke.page.fill('#unconsented', kReason);
  await send_form(mieke.page, 'unconsented');
  await shows(mieke.page, '.timeline', kReason);

  const reporter = await phone();
  await come_back(reporter.page, filed.phrase, kSlow);
  const first = await reporter.page.locator('main section').first().innerText();
  assert.match(first, /zonder jouw toestemming[^]*Mieke deed dit op .*, omdat er gevaar was\./);
  assert.ok(first.includes(kReason));
  const top = await reporter.page.evaluate(() => document.querySelector('#unconsented').getBoundingClientRect().top);
  assert.ok(top < 844, 'without scrolling');
  assert.deepEqual([...mieke.complaints, ...reporter.complaints], []);
  await Promise.all([mieke, reporter].map(({ context }) => context.close()));
});
