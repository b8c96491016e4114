// What the screens of the reporter's lead do with what a person does, against a session without a gateway.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { visit } from './kit/browser.js';
import { kFakePhrase } from './kit/every_screen.js';
import { set_up_fake } from './kit/stage.js';
import { come_back, heading } from './kit/walk.js';

let server, browser, take_down;
before(async () => {
  ({ server, browser, take_down } = await set_up_fake());
});
after(() => take_down?.());

async function a_case(fake = {}) {
  const visited = await visit(browser, server.url, { fake: { case_variant: 'asked', ...fake } });
  await come_back(visited.page, kFakePhrase);
  return visited;
}
const moves = (page) => page.evaluate(() => globalThis.omzien_moves);
async function taken(page) {
  await page.click('#send');
  await page.waitForSelector('#look-again');
}

test('no answer goes without a choice, and none under conditions that were not written', async () => {
  const { context, page } = await a_case();
  await page.locator('[data-question]').first().click();
  await page.click('#send');
  await page.locator('.errors button').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'choice-yes');
  await page.locator('#choice-yes_if').check();
  await page.click('#send');
  await page.locator('.errors button').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'conditions');
  assert.deepEqual(await moves(page), []);
  await context.close();
});

test('whom the adviser may let in anyway is said before a no', async () => {
  const { context, page } = await a_case();
  await page.locator('[data-question]').first().click();
  assert.match(await page.locator('.strip.warn').allTextContents().then((all) => all.join()), /Mieke mag Ilse laten meelezen/);
  await page.click('.back');
  await page.locator('[data-question]').last().click();
  assert.equal(await page.locator('.strip.warn').count(), 0, 'nobody would read along here');
  await context.close();
});

test('a text too long for a step is said to be, and goes nowhere', async () => {
  const { context, page } = await a_case();
  await page.locator('[data-question]').first().click();
  await page.locator('#choice-no').check();
  await page.fill('#conditions', 'x'.repeat(61_441));
  await page.click('#send');
  await page.getByText('te lang om in één keer').waitFor();
  assert.deepEqual(await moves(page), []);
  await page.fill('#conditions', 'x'.repeat(61_440));
  await taken(page);
  await context.close();
});

test('alarms stand with whose they are, the newest of each kind and person: many bury none, and are counted', async () => {
  const { context, page } = await a_case({ case_variant: 'alarm' });
  const lines = await page.locator('.alarms[aria-labelledby=alarms] li').allInnerTexts();
  assert.equal(lines.length, 4);
  assert.match(lines[0], /mag\. .*\(Mieke, \d+ \w+ \d+\)/);
  assert.match(lines[1], /mag\. .*\(Ilse, /);
  assert.match(lines[2], /Een bericht is niet meer zoals het was\. \(Ilse, /);
  assert.equal(lines[3], 'En nog 9.');
  await context.close();
});

test('whoever reads when their case is erased can say there that it is not over', async () => {
  const { context, page } = await a_case({ case_variant: 'closed' });
  await page.locator('.standing [data-dispute]').click();
  await page.fill('#wrong', 'Het is niet voorbij.');
  await taken(page);
  const [move] = await moves(page);
  const outcome = { kind: 'dispute', text: 'Het is niet voorbij.' };
  assert.deepEqual({ kind: move.kind, text: move.text }, outcome);
  assert.equal(typeof move.seq, 'number');
  await context.close();
});

test('a summary goes along with a yes alone', async () => {
  for (const [choice, goes] of [['yes', true], ['no', false], ['not_now', false]]) {
    const { context, page } = await a_case();
    await page.locator('[data-question]').first().click();
    await page.locator(`#choice-${choice}`).check();
    await taken(page);
    const [move] = await moves(page);
    assert.equal(move.choice, choice);
    assert.equal(move.summary !== '', goes, choice);
    await context.close();
  }
});

test('what was begun stands there when one comes back, on every step', async () => {
  const { context, page } = await a_case();
  await page.locator('[data-question]').first().click();
  await page.fill('#summary', 'Anders gezegd.');
  await page.click('.back');
  await page.click('#identify');
  await page.fill('#identity', 'Ik ben Sam.');
  await page.click('.back');
  await page.locator('[data-question]').first().click();
  assert.equal(await page.inputValue('#summary'), 'Anders gezegd.');
  await page.click('.back');
  await page.click('#identify');
  assert.equal(await page.inputValue('#identity'), 'Ik ben Sam.');
  let asked = '';
  page.on('dialog', (dialog) => {
    asked = dialog.type();
    return dialog.dismiss();
  });
  await page.evaluate(() => setTimeout(() => location.reload(), 0));
  await page.waitForTimeout(300);
  assert.equal(asked, 'beforeunload');
  await context.close();
});

test('a committee gets the summary alone unless more is chosen, and not whom was left out', async () => {
  const { context, page } = await a_case();
  await page.click('#let-in');
  await page.selectOption('#who', 'committee:1');
  await page.locator('.choice:has-text("Bram") input').uncheck();
  await taken(page);
  const [move] = await moves(page);
  assert.deepEqual(move, { kind: 'let_in', people: ['06', '07'], parts: ['summary'], last_day: null, stands_in_for: null });
  await context.close();
});

test('somebody may be let in only for when the adviser can’t go on', async () => {
  const { context, page } = await a_case();
  await page.click('#let-in');
  await page.selectOption('#who', '02');
  await page.locator('#stand-in').check();
  await taken(page);
  const [move] = await moves(page);
  assert.deepEqual([move.people, move.stands_in_for], [['02'], '01']);
  await context.close();
});

test('nothing is let in to nobody, to nothing, or until a day that is over', async () => {
  const { context, page } = await a_case();
  await page.click('#let-in');
  await page.click('#send');
  await page.locator('.errors button').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'who');
  await page.selectOption('#who', '05');
  for (const part of await page.locator('input[name=part]').all()) await part.uncheck();
  await page.fill('#until', '2020-01-01');
  await page.click('#send');
  assert.equal(await page.locator('.errors button').count(), 2);
  assert.deepEqual(await moves(page), []);
  await context.close();
});

test('a step that is accepted while the person looks elsewhere leaves them where they are', async () => {
  const { context, page } = await a_case({ slot_ms: 400 });
  await page.locator('[data-question]').first().click();
  await page.locator('#choice-no').check();
  await page.click('#send');
  await page.locator('.bottom-links .link').first().click();
  await page.waitForFunction(() => globalThis.omzien_moves.length === 1);
  await page.waitForTimeout(100);
  assert.equal(await heading(page), 'Hulp die er nu is');
  await context.close();
});

test('of two coordinators the one who is chosen hears of it, and nobody does before one is', async () => {
  const { context, page } = await a_case({ two_coordinators: true });
  await page.click('#complaint');
  await page.fill('textarea#complaint', 'Er wordt niet geluisterd.');
  await page.click('#send');
  await page.waitForSelector('.errors');
  assert.equal(await page.locator('input[name=reader]:checked').count(), 0);
  await page.locator('input[name=reader]').nth(1).check();
  await page.click('#send');
  await page.waitForSelector('#look-again');
  assert.deepEqual(await moves(page), [{ kind: 'complain', to: ['09'] }]);
  await context.close();
});

test('a withdrawal is asked about, and the proof is there before the page is left', async () => {
  const { context, page } = await a_case();
  await page.click('#withdraw');
  await page.click('#send');
  await page.waitForSelector('.errors');
  await page.locator('#sure').check();
  await page.click('#send');
  await page.waitForSelector('#save-proof');
  assert.equal(await page.locator('.back').count(), 0, 'there is no case to go back to');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-proof')]);
  assert.equal(download.suggestedFilename(), 'bewijs.json');
  await context.close();
});

test('the proof of a withdrawal that may have arrived stays there, whatever is tried after it', async () => {
  const { context, page } = await a_case();
  const set = (change) => page.evaluate((given) => void Object.assign(globalThis.omzien_fake, given), change);
  await page.click('#withdraw');
  await page.locator('#sure').check();
  await set({ offline: true });
  await page.click('#send');
  await page.waitForSelector('#save-proof');
  await set({ offline: false, refuses: true });
  await page.click('#send');
  await page.waitForSelector('#to-case');
  assert.equal(await page.locator('#save-proof').count(), 1);
  await page.click('#to-case');
  await page.click('#withdraw');
  assert.equal(await page.locator('#save-proof').count(), 1, 'also when one comes back to it');
  await context.close();
});

test('a day that was filled in by half is not taken for none: nobody is let in for ever', async () => {
  const { context, page } = await a_case();
  await page.click('#let-in');
  await page.selectOption('#who', '05');
  await page.focus('#until');
  await page.keyboard.type('12');
  assert.equal(await page.inputValue('#until'), '');
  await page.click('#send');
  await page.locator('.errors button').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'until');
  assert.deepEqual(await moves(page), []);
  await page.fill('#until', '2090-12-31');
  await taken(page);
  assert.equal((await moves(page)).length, 1);
  await context.close();
});
