// What keeps promises, at the desk: joining by a link, being away, a committee member who steps out, advice on a
// sensitive case, what one keeps for oneself.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kDesktop, kHaste, visit } from './kit/browser.js';
import { at_desk, kSlow, open_case, send_form, serve_desk, unfold } from './kit/desk.js';
import { overflow } from './kit/looks.js';
import { set_up } from './kit/stage.js';
import { come_back, to_review } from './kit/walk.js';

const slow = { timeout: 4 * kSlow };
let gateway, server, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up(serve_desk));
});
after(() => take_down?.());

const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('an invited adviser joins in the browser, and opens a desk with what was made there', slow, async () => {
  const { link } = gateway.admin('invite', 'nora', '--role', 'adviser', '--unit', 'Noord');
  const { context, page, complaints } = await visit(browser, `${server.url}/${link.slice(link.indexOf('#'))}`, { size: kDesktop, touch: false });
  await page.waitForSelector('#make[aria-disabled=false]', { timeout: kSlow });
  assert.match(await page.locator('main').innerText(), /Nora[^]*vertrouwenspersoon van Noord/);
  assert.ok(!page.url().includes('join'), 'the token leaves the address bar');
  await page.fill('#new-passphrase', 'te kort');
  await page.click('#make');
  assert.match(await page.locator('.errors').innerText(), /te kort/);
  await page.click('#propose-words');
  const passphrase = await page.locator('#proposed').innerText();
  await page.fill('#new-passphrase', passphrase);
  await page.fill('#again', `${passphrase}x`);
  await page.click('#make');
  assert.match(await page.locator('.errors').innerText(), /niet hetzelfde/);
  await page.fill('#again', passphrase);
  await page.click('#make');
  await page.waitForSelector('#save-key', { timeout: kSlow });
  assert.equal(await page.locator('#request').count(), 0, 'nothing goes out before the key file is saved');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-key')]);
  await download.saveAs(join(folder, 'nora.key'));
  await page.setViewportSize({ width: 360, height: 800 });
  assert.deepEqual(await page.evaluate(overflow), []);
  const request = file('nora.request', await page.inputValue('#request'));
  const fingerprint = (await page.locator('#fingerprint').innerText()).replaceAll(/\s/g, '');
  gateway.admin('approve', request, '--fingerprint', fingerprint);
  await gateway.pause();
  await gateway.resume(); // takes the new directory at once
  assert.deepEqual(complaints, []);
  await context.close();

  const { handle_words } = gateway.report('Voor Nora.', '--to', 'nora');
  const desk = await visit(browser, server.url, { size: kDesktop, touch: false });
  await desk.page.setInputFiles('#key-file', join(folder, 'nora.key'));
  await desk.page.fill('#passphrase', passphrase);
  await desk.page.click('#open[aria-disabled=false]', { timeout: kSlow });
  await open_case(desk.page, handle_words);
  assert.match(await desk.page.locator('#part-story').innerText(), /Voor Nora/);
  await desk.context.close();
});

test('a link that was tampered with, or is for another organisation, makes nothing', slow, async () => {
  const { context, page } = await visit(browser, `${server.url}/#join=AAAA`, { size: kDesktop, touch: false });
  assert.match(await page.locator('h1').innerText(), /klopt niet/);
  assert.equal(await page.locator('#make').count(), 0);
  await context.close();
});

test('labels and what belongs together are found again in a second browser', slow, async () => {
  const [one, two] = ['Eerste.', 'Tweede.'].map((story) => gateway.report(story, '--to', 'youssef'));
  const first = await at_desk(browser, server.url, gateway, 'youssef');
  await open_case(first.page, one.handle_words);
  await unfold(first.page, 'fold-papers');
  await first.page.fill('#labels', 'team zuid, briefing');
  await first.page.press('#labels', 'Tab');
  await first.page.selectOption('#belongs', { label: two.handle_words });
  await first.page.waitForTimeout(2500); // it is brought to the gateway a little later
  await first.page.waitForFunction(() => !document.querySelector('#fold-papers .going'), null, { timeout: kSlow });
  await first.context.close();

  const second = await at_desk(browser, server.url, gateway, 'youssef');
  await second.page.waitForSelector('#label', { timeout: kSlow });
  await second.page.selectOption('#label', 'team zuid');
  assert.deepEqual(await second.page.locator('.inbox-row').evaluateAll((rows) => rows.map((row) => row.dataset.case)), [one.handle_words]);
  await second.page.selectOption('#label', '');
  await open_case(second.page, two.handle_words);
  await unfold(second.page, 'fold-papers');
  assert.match(await second.page.locator('#fold-papers').innerText(), new RegExp(one.handle_words), 'it belongs together both ways');
  await second.context.close();
});

test('the organisation’s own checklist, glossary and sentences stand where they help', slow, async () => {
  const { handle_words } = gateway.report('Een verhaal.', '--to', 'ruud');
  const { context, page } = await at_desk(browser, server.url, gateway, 'ruud');
  await open_case(page, handle_words);
  await page.waitForSelector('#fold-book', { timeout: kSlow });
  await unfold(page, 'fold-book');
  const book = gateway.desk('ruud', 'handbook', '--kind', 'report', '--language', 'nl');
  assert.deepEqual(await page.locator('#fold-book ol > li').allInnerTexts(), book.checklist);
  assert.match(await page.locator('#fold-book .glossary').innerText(), /Uitsluiting/);
  await page.selectOption('#snippet', { index: 1 });
  assert.notEqual(await page.inputValue('#say'), '');
  await context.close();
});

test('who is away says so, and reporters see it', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'anouk');
  const { context, page } = await at_desk(browser, server.url, gateway, 'anouk');
  await unfold(page, 'fold-away');
  await page.waitForSelector('#away-from', { timeout: kSlow });
  await page.check('[name=day-1]'); // beside the days that the directory has
  await page.fill('#away-until', '2099-12-31');
  await send_form(page, 'away');
  assert.match(await page.locator('.errors').innerText(), /beide dagen/);
  const today = new Date().toISOString().slice(0, 10);
  await page.fill('#away-from', today);
  await page.selectOption('#away-stand-in', { label: 'Ruud' });
  await send_form(page, 'away');
  await page.waitForFunction(() => /doorgegeven/.test(document.querySelector('#fold-away').innerText), null, { timeout: kSlow });
  const [row] = gateway.reporter(filed.phrase, 'show').access;
  assert.deepEqual([row.away_until, row.stand_in, row.works], ['2099-12-31', 'ruud', ['mon', 'tue', 'wed', 'fri']]);
  await context.close();

  // A reporter on a phone, about to choose; and the one who chose already.
  const app = await gateway.serve_app();
  const phone = await visit(browser, app.url, { haste: kHaste });
  const choosing = async (name) => {
    if (name !== 'adviser') return;
    await phone.page.waitForFunction(() => /Weg tot en met/.test(document.querySelector('main').innerText), null, { timeout: kSlow });
    const people = await phone.page.locator('.person').allInnerTexts();
    assert.deepEqual(people.filter((one) => one.includes('Weg tot')).map((one) => one.match(/Anouk[^]*(Weg.*)/)[1]), ['Weg tot en met 31 december 2099. Ruud neemt waar.']);
    const works = people.filter((one) => one.includes('Anouk')).map((one) => /Werkt op .*/.exec(one)?.[0]);
    assert.deepEqual(works, ['Werkt op maandag, dinsdag, woensdag en vrijdag.']);
  };
  await to_review(phone.page, 'advice', choosing);
  await phone.page.reload();
  await come_back(phone.page, filed.phrase, kSlow);
  await phone.page.waitForFunction(() => /Weg tot en met 31 december 2099/.test(document.querySelector('#access').closest('section').innerText), null, { timeout: kSlow });
  await phone.context.close();
  app.close();
});

test('whoever is about to ask somebody in sees that they are away, and who takes their place', slow, async () => {
  gateway.key('tarik', 'away', '--until', '2099-06-30');
  gateway.key('youssef', 'away', '--until', '2099-07-01');
  const { handle_words } = gateway.report('Een verhaal.', '--to', 'ruud');
  const { context, page } = await at_desk(browser, server.url, gateway, 'ruud', { locale: 'en-GB' });
  await open_case(page, handle_words);
  await unfold(page, 'fold-propose');
  const committee = (name) => page.locator(`label:has([name=reader-${name}])`).innerText();
  await page.waitForFunction(() => /away up to and including 30 June 2099/.test(document.querySelector('label:has([name=reader-tarik])').innerText), null, { timeout: kSlow });
  assert.doesNotMatch(await committee('bram'), /away/);
  await page.selectOption('#reader', { label: 'Youssef' });
  assert.match(await page.locator('#fold-propose .warn').innerText(), /^Youssef is away up to and including 1 July 2099; Ruud takes over\.$/);
  await page.selectOption('#reader', { label: 'Mieke' });
  assert.equal(await page.locator('#fold-propose .warn').count(), 0);
  await context.close();
});

test('an adviser asks how it is now, also after the end, and the reporter reads it', slow, async () => {
  const filed = gateway.report('Eerst praten.', '--kind', 'advice', '--to', 'anouk');
  const { context, page } = await at_desk(browser, server.url, gateway, 'anouk');
  await open_case(page, filed.handle_words);
  assert.equal(await page.locator('#fold-check_in').count(), 0, 'first an answer');
  await page.fill('#say', 'Ik heb het gelezen.');
  await send_form(page, 'say');
  await page.waitForSelector('#fold-check_in', { timeout: kSlow });
  await unfold(page, 'fold-check_in');
  await page.fill('#check_in', 'Is het gestopt?');
  await send_form(page, 'check_in');
  await page.waitForFunction(() => /Gevraagd/.test(document.querySelector('#fold-check_in').innerText), null, { timeout: kSlow });
  const rows = gateway.reporter(filed.phrase, 'show').entries;
  assert.deepEqual(rows.filter(({ event }) => event === 'check_in').map(({ text }) => text), ['Is het gestopt?']);
  assert.match(await page.locator('.timeline').innerText(), /Is het gestopt\?/);
  await context.close();
});

test('a sensitive case waits for the coordinator; a member who knows somebody in it steps out', slow, async () => {
  const filed = gateway.report('Gevoelig.', '--to', 'mieke');
  gateway.desk('mieke', 'say', filed.handle, 'Gelezen.');
  const ask = (...args) => {
    gateway.desk('mieke', 'propose', filed.handle, ...args);
    const { seq } = gateway.reporter(filed.phrase, 'show').open_questions.at(-1);
    gateway.reporter(filed.phrase, 'answer', String(seq), 'yes');
  };
  const summary = ['--summary', file('summary.txt', 'Een samenvatting.')];
  ask('--step', 'share_triage', '--committee', 'Noord', ...summary);
  ask('--step', 'coordinator', '--reader', 'coordinator:summary', ...summary);

  const bram = await at_desk(browser, server.url, gateway, 'bram');
  await open_case(bram.page, filed.handle_words);
  await unfold(bram.page, 'fold-passing');
  await bram.page.click('#recuse');
  await bram.page.click('#leave-sure');
  await bram.page.waitForSelector('.page-inbox', { timeout: kSlow });
  await bram.page.waitForFunction(() => document.querySelectorAll('.inbox-row').length === 0, null, { timeout: kSlow });
  await bram.context.close();

  const mieke = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(mieke.page, filed.handle_words);
  await unfold(mieke.page, 'fold-sensitive');
  await mieke.page.fill('#sensitive', 'De pers belde.');
  await send_form(mieke.page, 'sensitive');
  await mieke.page.waitForFunction(() => /pas na advies/.test(document.querySelector('main').innerText), null, { timeout: kSlow });
  gateway.desk('ilse', 'decide', filed.handle, '--ruling', 'conversation', '--text', 'Een gesprek.', '--reason', 'Het kan nog.');

  const coordinator = await at_desk(browser, server.url, gateway, 'coordinator');
  await coordinator.page.waitForSelector('#alerts', { timeout: kSlow });
  await open_case(coordinator.page, filed.handle_words);
  await unfold(coordinator.page, 'fold-consultation');
  await coordinator.page.fill('#consultation', 'Ga door, en zeg niets tegen de pers.');
  await send_form(coordinator.page, 'consultation');
  await coordinator.context.close();

  await mieke.page.click('#to-inbox');
  await open_case(mieke.page, filed.handle_words);
  await mieke.page.waitForFunction(() => /zeg niets tegen de pers/.test(document.querySelector('main').innerText), null, { timeout: kSlow });
  await mieke.page.waitForSelector('#outcome-text', { state: 'attached', timeout: kSlow });
  const left = gateway.reporter(filed.phrase, 'show');
  assert.ok(!left.access.some(({ name }) => name === 'bram'));
  await mieke.context.close();
});
