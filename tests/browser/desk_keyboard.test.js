// The desk with nothing but keys: the door, the inbox, a case, the committee, and leaving. What the keyboard can't
// reach, or where the focus can't be seen, fails here.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kDesktop, visit } from './kit/browser.js';
import { kSlow, passphrase_of, serve_desk } from './kit/desk.js';
import { press, tab_to, type } from './kit/keyboard.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: 3 * kSlow };
let gateway, server, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up(serve_desk));
});
after(() => take_down?.());

const shows = (page, selector, text) =>
  page.waitForFunction(([where, what]) => document.querySelector(where)?.innerText.includes(what), [selector, text], { timeout: kSlow });
const gone = (page, selector) => page.waitForSelector(selector, { state: 'detached', timeout: kSlow });
// What appears takes the focus a moment after it is drawn.
const focus_in = (page, selector) =>
  page.waitForFunction((where) => document.activeElement.closest(where) !== null, selector, { timeout: kSlow });
// In a list that drops down, by the first letters of what is wanted.
async function pick(page, selector, letters) {
  await tab_to(page, selector, kSlow);
  await page.keyboard.type(letters);
}
// A form's button, and its word that it was done.
async function sends(page, name) {
  await press(page, `#do-${name}`);
  await page.waitForFunction((field) => document.getElementById(`do-${field}`)?.ariaDisabled !== 'true', name, { timeout: kSlow });
}

// From the desk's door to the inbox.
async function opens_desk(name) {
  const visited = await visit(browser, server.url, { size: kDesktop, touch: false });
  const { page } = visited;
  page.setDefaultTimeout(kSlow);
  await page.waitForSelector('#open[aria-disabled=false]', { timeout: kSlow });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, '#key-file', { key: 'Space' })]);
  await chooser.setFiles(`${gateway.demo.people}/${name}.key`);
  await page.waitForSelector('#chosen');
  await type(page, '#passphrase', passphrase_of(name));
  await page.keyboard.press('Enter');
  await page.waitForSelector('.inbox', { state: 'attached', timeout: kSlow });
  return visited;
}
async function opens_case(page, name) {
  await press(page, `[data-case="${name}"]`, { timeout: kSlow });
  await page.waitForSelector('.page-case', { timeout: kSlow });
}

test('an invited person joins, from the link to their own desk', slow, async () => {
  const { link } = gateway.admin('invite', 'nora', '--role', 'adviser', '--unit', 'Noord');
  const { context, page } = await visit(browser, `${server.url}/${link.slice(link.indexOf('#'))}`, { size: kDesktop, touch: false });
  await page.waitForSelector('#make[aria-disabled=false]', { timeout: kSlow });
  await press(page, '#make');
  await focus_in(page, '.errors'); // what is missing
  await press(page, '#propose-words');
  const passphrase = await page.locator('#proposed').innerText();
  for (const field of ['#new-passphrase', '#again']) await type(page, field, passphrase);
  await page.keyboard.press('Enter');
  await Promise.all([page.waitForEvent('download', { timeout: kSlow }), press(page, '#save-key', { timeout: kSlow })]);
  const request = join(folder, 'nora.request');
  writeFileSync(request, await page.inputValue('#request'));
  const fingerprint = (await page.locator('#fingerprint').innerText()).replaceAll(/\s/g, '');
  gateway.admin('approve', request, '--fingerprint', fingerprint);
  await gateway.pause();
  await gateway.resume(); // takes the new directory at once
  await press(page, '#to-open');
  await type(page, '#passphrase', passphrase);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.page-inbox', { timeout: kSlow });
  await shows(page, '.whose', 'Nora');
  await context.close();
});

test('the inbox: from row to row, a filter, a search, labels, what belongs together, working days', slow, async () => {
  const [one, two] = ['Appels in de kantine.', 'Peren bij de briefing.'].map((story) => gateway.report(story, '--to', 'youssef'));
  const { context, page } = await opens_desk('youssef');
  await page.waitForFunction(() => document.querySelectorAll('.inbox-row').length === 2 && !document.querySelector('#left'), null, { timeout: kSlow });
  const focused = () => page.evaluate(() => document.activeElement.dataset.case);
  const order = await page.locator('.inbox-row').evaluateAll((rows) => rows.map((row) => row.dataset.case));
  await tab_to(page, '.inbox-row', kSlow);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), order[1]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), order[0]);

  await type(page, '#search', 'peren');
  assert.deepEqual(await page.locator('.inbox-row').evaluateAll((rows) => rows.map((row) => row.dataset.case)), [two.handle_words]);
  await tab_to(page, '[name=filter]:checked');
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await page.evaluate(() => document.querySelector('[name=filter]:checked').id), 'filter-open');
  await page.keyboard.press('ArrowLeft');
  await opens_case(page, two.handle_words);
  await press(page, '#fold-papers > summary');
  await type(page, '#labels', 'team zuid');
  await pick(page, '#belongs', one.handle_words);
  await shows(page, '#fold-papers .file-list', one.handle_words);
  await press(page, '#to-inbox');
  await page.waitForSelector('#label', { timeout: kSlow });
  await tab_to(page, '#search');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await pick(page, '#label', 'team');
  await page.waitForFunction((name) => [...document.querySelectorAll('.inbox-row')].map((row) => row.dataset.case).join() === name, two.handle_words, { timeout: kSlow });

  await press(page, '#fold-away > summary');
  const before = await page.locator('[name=day-6]').isChecked();
  await press(page, '[name=day-6]', { key: 'Space', timeout: kSlow });
  await pick(page, '#away-stand-in', 'Ruud');
  await sends(page, 'away');
  await shows(page, '#fold-away', 'doorgegeven');
  const [row] = gateway.reporter(one.phrase, 'show').access;
  assert.equal(row.stand_in, 'ruud');
  assert.equal(row.works.includes('sun'), !before);
  await press(page, '#lock');
  await page.waitForSelector('#passphrase');
  await context.close();
});

test('a case: an answer, a proposal, what had to be done without consent, who reads along, and leaving it', slow, async () => {
  const filed = gateway.report('Voor het toetsenbord.', '--to', 'anouk', '--stand-in', 'ruud');
  gateway.reporter(filed.phrase, 'delegate', 'anouk', '--let-in', 'youssef', '--part', 'story', '--until', '2099-01-01', '--yes');
  const { context, page } = await opens_desk('anouk');
  await opens_case(page, filed.handle_words);
  await type(page, '#say', 'Met toetsen alleen.');
  await sends(page, 'say');
  await shows(page, '.timeline', 'Met toetsen alleen.');
  await press(page, '#fold-propose > summary');
  await type(page, '#propose-text', 'Zullen we praten?');
  await sends(page, 'propose');
  await page.waitForSelector('.proposal-open', { timeout: kSlow });
  await press(page, '#fold-unconsented > summary');
  await press(page, '#cause-danger', { key: 'Space' });
  await page.keyboard.press('ArrowDown');
  await type(page, '#unconsented', 'Aangifte was verplicht.');
  await sends(page, 'unconsented');
  await shows(page, '.timeline', 'Aangifte was verplicht.');
  await press(page, '#fold-passing > summary');
  await pick(page, '#pass-to', 'Youssef');
  await sends(page, 'pass_on');
  await page.waitForFunction(() => /Youssef/.test(document.querySelector('#access').closest('section').innerText), null, { timeout: kSlow });
  await press(page, '#leave');
  await focus_in(page, '.question');
  assert.match(await page.evaluate(() => document.activeElement.innerText), /Ruud/);
  await press(page, '#leave-sure');
  await page.waitForSelector('.page-inbox', { timeout: kSlow });
  await gone(page, `[data-case="${filed.handle_words}"]`);
  const seen = gateway.reporter(filed.phrase, 'show');
  assert.deepEqual(seen.access.map(({ name }) => name).sort(), ['ruud', 'youssef']);
  assert.equal(seen.open_questions.length, 1);
  assert.ok(seen.entries.some(({ event, text }) => event === 'unconsented' && text === 'Aangifte was verplicht.'));
  await context.close();
});

test('the committee: an assessment, and the decision', slow, async () => {
  const filed = gateway.report('Grappen bij de briefing.', '--to', 'mieke');
  gateway.desk('mieke', 'say', filed.handle, 'Gelezen.');
  const summary = join(folder, 'summary.txt');
  writeFileSync(summary, 'Iemand maakt grappen.');
  gateway.desk('mieke', 'propose', filed.handle, '--step', 'share_triage', '--committee', 'Noord', '--summary', summary);
  gateway.reporter(filed.phrase, 'answer', String(gateway.reporter(filed.phrase, 'show').open_questions[0].seq), 'yes');
  const { context, page } = await opens_desk('ilse');
  await opens_case(page, filed.handle_words);
  await press(page, '#fold-assessment > summary');
  await type(page, '#assessment', 'Een gesprek, snel.');
  await sends(page, 'assessment');
  await shows(page, '[aria-labelledby=triage]', 'Een gesprek, snel.');
  await press(page, '#fold-triage > summary');
  await pick(page, '#ruling', 'Een gesprek');
  await type(page, '#ruling-text', 'Een gesprek met de chef.');
  await sends(page, 'triage');
  await focus_in(page, '.errors'); // a decision needs its reason
  await type(page, '#ruling-reason', 'Het moet stoppen.');
  await sends(page, 'triage');
  await shows(page, '#triage-decision', 'Het moet stoppen.');
  const { triage } = gateway.desk('mieke', 'show', filed.handle);
  assert.equal(triage.decision.ruling, 'conversation');
  await context.close();
});
