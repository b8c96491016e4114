// A desk that is full: more cases than one page of the inbox, more text than one entry takes, and work that is put down
// half-way. One desk, open all the while.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { at_desk, kSlow, open_case, passphrase_of, send_form, serve_desk, unfold } from './kit/desk.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: 2 * kSlow };
const kRowsAtOnce = 60;
const kMore = 3;
const kTextBytesMax = 61_440;

let gateway, server, browser, take_down, page, complaints, filed;
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up(serve_desk));
  const stories = Array.from({ length: kRowsAtOnce + kMore }, (_, i) => `Verhaal ${i}.`);
  filed = await gateway.reports(stories, '--to', 'mieke');
  ({ page, complaints } = await at_desk(browser, server.url, gateway, 'mieke'));
  await page.waitForSelector('.inbox-row', { timeout: kSlow });
});
after(() => take_down?.());
beforeEach(async () => {
  if (await page.locator('#to-inbox').count()) await page.click('#to-inbox');
  await page.waitForSelector('#check[aria-disabled=false]', { timeout: kSlow });
});

// Wherever it stands by now.
async function open_filed({ handle_words }) {
  if (await page.locator('#more').count()) await page.click('#more');
  await open_case(page, handle_words);
}
const rows = () => page.locator('.inbox-row').count();
const type_at_once = (id, text) => page.locator(`#${id}`).fill(text);
async function lock_and_open() {
  await page.click('#lock');
  await page.fill('#passphrase', passphrase_of('mieke'));
  await page.click('#open[aria-disabled=false]', { timeout: kSlow });
  await page.waitForSelector('.page-case', { timeout: kSlow });
}

test('“Show more” puts the focus where the new rows begin', slow, async () => {
  await page.waitForSelector('#left', { state: 'detached', timeout: kSlow }); // nothing is drawn anew by itself
  assert.equal(await rows(), kRowsAtOnce);
  await page.focus('#more');
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('.inbox-row').length === count, kRowsAtOnce + kMore);
  await page.waitForFunction((at) => document.activeElement === document.querySelectorAll('.inbox-row')[at], kRowsAtOnce, { timeout: 5000 });
  assert.equal(await page.locator('#more').count(), 0);
  await page.keyboard.press('ArrowUp');
  assert.ok(await page.evaluate((at) => document.activeElement === document.querySelectorAll('.inbox-row')[at - 1], kRowsAtOnce));
});

test('a text that is too long is said to be, with how much fits; nothing of it is lost or sent, and the error leads to it', slow, async () => {
  const { handle, handle_words } = filed[0];
  await open_filed({ handle_words });
  const fits = 'é'.repeat(kTextBytesMax / 2);
  const before_it = gateway.desk('mieke', 'show', handle).entries.length;
  const forms = [
    ['say', 'say', {}],
    ['note', 'note', {}],
    ['propose', 'propose-summary', { fold: 'fold-propose', beside: { 'propose-text': 'Een stap.' } }],
    ['outcome', 'outcome-reason', { fold: 'fold-outcome', beside: { 'outcome-text': 'Gedaan.' } }],
  ];
  await type_at_once('say', 'Gelezen.'); // a case that was acknowledged may be closed, or be said why not
  await send_form(page, 'say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });
  for (const [form, field, { fold, beside = {} }] of forms) {
    if (fold) await unfold(page, fold);
    if ((await page.locator(`#do-${form}`).count()) === 0) continue; // closing still lacks something
    for (const [other, text] of Object.entries(beside)) await type_at_once(other, text);
    await type_at_once(field, `${fits}x`);
    await page.focus(`#do-${form}`);
    await page.keyboard.press('Enter');
    const told = page.locator(`form:has(#do-${form}) .errors`);
    await told.waitFor({ timeout: kSlow });
    assert.match(await told.innerText(), /te lang[^]*61\.000 letters/, form);
    await page.waitForFunction((at) => document.activeElement.matches(`form:has(#do-${at}) .errors`), form, { timeout: 5000 }); // read at once
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), field);
    assert.equal((await page.inputValue(`#${field}`)).length, fits.length + 1, `${form}: all of it is still there`);
  }
  assert.equal(gateway.desk('mieke', 'show', handle).entries.length, before_it + 1, 'nothing but the first word was sent');
  // As long as may be, it goes.
  await type_at_once('say', fits);
  await send_form(page, 'say');
  await page.waitForFunction(() => document.querySelector('#say').value === '', null, { timeout: kSlow });
  assert.equal(gateway.desk('mieke', 'show', handle).entries.at(-1).text.length, fits.length);
  for (const field of ['note', 'propose-text', 'propose-summary']) await type_at_once(field, '');
});

test('what was chosen beside a text is there again with it, after a lock and after another case', slow, async () => {
  const { handle, handle_words } = filed[1];
  await open_filed({ handle_words });
  await unfold(page, 'fold-propose');
  await page.selectOption('#step', 'share_triage');
  for (const member of ['ilse', 'tarik']) await page.check(`[name=reader-${member}]`);
  await page.fill('#until', '2099-12-31');
  await page.selectOption('#reader', { label: 'Anouk' });
  await page.check('fieldset:has-text("Anouk") [name=part-1]');
  await page.selectOption('#reader', '');
  await type_at_once('propose-text', 'Dan kunnen zij iets doen.');
  await type_at_once('propose-summary', 'Een samenvatting.');
  await unfold(page, 'fold-unconsented');
  await page.check('#cause-duty');
  await type_at_once('unconsented', 'Ik moest dit melden.');
  await page.check('#feedback');
  const chosen = async () => {
    await unfold(page, 'fold-propose');
    await unfold(page, 'fold-unconsented');
    return page.evaluate(() => ({
      step: document.querySelector('#step').value,
      readers: [...document.querySelectorAll('[name^=reader-]:checked')].map(({ name }) => name).sort(),
      others: [...document.querySelectorAll('fieldset:has([name^=part-]:checked) legend')].map(({ innerText }) => innerText),
      until: document.querySelector('#until').value,
      cause: document.querySelector('#cause-duty').checked,
      feedback: document.querySelector('#feedback').checked,
      text: document.querySelector('#propose-text').value,
    }));
  };
  const wanted = { step: 'share_triage', readers: ['reader-ilse', 'reader-tarik'], others: ['Wat leest Anouk?'], until: '2099-12-31', cause: true, feedback: true, text: 'Dan kunnen zij iets doen.' };
  assert.deepEqual(await chosen(), wanted);
  await lock_and_open();
  assert.deepEqual(await chosen(), wanted, 'after a lock');
  await page.click('#to-inbox');
  await open_filed(filed[2]);
  assert.equal((await chosen()).step, '', 'it is another case’s');
  await page.click('#to-inbox');
  await open_filed({ handle_words });
  assert.deepEqual(await chosen(), wanted, 'after another case');
  await send_form(page, 'propose');
  await page.waitForSelector('.proposal-open', { timeout: kSlow });
  const [asked] = gateway.desk('mieke', 'show', handle).open_questions;
  assert.deepEqual([asked.step, asked.readers.map(({ name, last_day }) => [name, last_day]).sort()], ['share_triage', [['anouk', '2099-12-31'], ['ilse', '2099-12-31'], ['tarik', '2099-12-31']]]);
  assert.deepEqual(await chosen(), { ...wanted, step: '', readers: [], others: [], until: '', text: '' }, 'what was sent is a draft no more, the rest is');
});

test('labels that can’t be kept stay in their field, and it says so', slow, async () => {
  await open_filed(filed[3]);
  await unfold(page, 'fold-papers');
  await page.fill('#labels', 'zuid, noord');
  await page.press('#labels', 'Tab');
  assert.equal(await page.inputValue('#labels'), 'noord, zuid');
  const long = `zuid, ${'x'.repeat(65)}`;
  await page.fill('#labels', long);
  await page.press('#labels', 'Tab');
  assert.match(await page.locator('#labels-wrong').innerText(), /16 labels, van hoogstens 64 letters/);
  await lock_and_open();
  await unfold(page, 'fold-papers');
  assert.equal(await page.inputValue('#labels'), long);
  await page.fill('#labels', '');
  await page.press('#labels', 'Tab');
  assert.equal(await page.locator('#labels-wrong').count(), 0);
  assert.equal(await page.inputValue('#labels'), '');
});

test('a case file that was asked for whole is not there under a wish for less', slow, async () => {
  await open_filed(filed[4]);
  await unfold(page, 'fold-export');
  const made = () => page.locator('#zip-file');
  await page.evaluate(() => {
    document.getElementById('zip').click();
    document.getElementById('redacted').click(); // before it is made
  });
  await page.waitForTimeout(500);
  assert.equal(await made().count(), 0);
  await page.click('#zip');
  await made().waitFor({ timeout: kSlow });
  assert.match(await made().getAttribute('download'), /-redacted\.zip$/);
  // What is printed is less then, too, by whatever key.
  const printed = async () => {
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ['.notes', '#part-identity', '#part-story'].map((part) => document.querySelector(part).checkVisibility()));
    await page.emulateMedia({ media: 'screen' });
    return seen;
  };
  assert.deepEqual(await printed(), [false, false, true]);
  await page.click('#redacted');
  assert.deepEqual(await printed(), [true, true, true]);
  await page.click('#redacted');
  await page.click('#to-inbox');
  await open_filed(filed[5]);
  assert.deepEqual(await printed(), [true, true, true], 'another case is another wish');
});

test('working days are some, or nobody knows when somebody is there', slow, async () => {
  await unfold(page, 'fold-away');
  await page.waitForSelector('#away-from', { timeout: kSlow });
  for (const day of await page.locator('[name^=day-]').all()) await day.uncheck();
  await page.click('#do-away');
  assert.match(await page.locator('#fold-away .errors').innerText(), /ten minste één werkdag/);
  await page.click('#fold-away .errors button');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'away-days');
});

test('a withdrawn case is not overdue, and says that it was destroyed', slow, async () => {
  const { phrase, handle_words } = filed[5];
  gateway.reporter(phrase, 'withdraw', '--yes');
  await page.click('label:has(#filter-closed)');
  await page.click('#check');
  const row = page.locator(`[data-case="${handle_words}"]`);
  await page.waitForFunction((name) => /Ingetrokken/.test(document.querySelector(`[data-case="${name}"]`)?.innerText), handle_words, { timeout: kSlow });
  assert.match(await row.locator('.row-due').innerText(), /geen termijn/);
  await open_filed({ handle_words });
  assert.match(await page.locator('#part-story').innerText(), /vernietigd/);
  assert.match(await page.locator('.case-head').innerText(), /geen wettelijke termijn/i);
  assert.doesNotMatch(await page.locator('main').innerText(), /niet met jou gedeeld/);
  assert.deepEqual(complaints, []);
});
