// Where the focus is, for whoever goes by keys or by ear: on what they pressed while it is at work, and on what takes
// its place when it goes away. And what is said aloud: what changes for them, once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kDesktop, visit } from './kit/browser.js';
import { kFakePhrase } from './kit/every_screen.js';
import { set_up_fake } from './kit/stage.js';
import { come_back, keep, kStory, to_review } from './kit/walk.js';

let server, browser, take_down;
before(async () => {
  ({ server, browser, take_down } = await set_up_fake());
});
after(() => take_down?.());

const open = (fake = {}) => visit(browser, server.url, { size: kDesktop, touch: false, fake });
async function a_case(fake) {
  const visited = await open(fake);
  await come_back(visited.page, kFakePhrase);
  return visited;
}
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
const set = (page, change) => page.evaluate((given) => void Object.assign(globalThis.omzien_fake, given), change);

// A screen, or its errors, take the focus a moment after they are drawn.
const kSettleMs = 150;
async function press(page, selector) {
  await page.waitForTimeout(kSettleMs);
  await page.locator(selector).first().focus();
  await page.keyboard.press('Enter');
}

// Presses it twice while the gateway holds its answer; the focus is on it all the while.
async function press_twice(page, selector) {
  await set(page, { hold: 0 });
  await press(page, selector);
  await page.waitForSelector(`${selector}[aria-disabled=true]`);
  await page.keyboard.press('Enter');
  assert.ok(await page.evaluate((wanted) => document.activeElement.matches(wanted), selector), selector);
  await set(page, { hold: -1 });
}

test('opening a case: the focus stays on the button, and comes to the case’s heading', async () => {
  const { context, page } = await open();
  await page.click('#again');
  await page.fill('#phrase', kFakePhrase);
  await press_twice(page, '#open');
  await page.waitForSelector('.timeline');
  await page.waitForFunction(() => document.activeElement.tagName === 'H1');
  await press_twice(page, '#look-again');
  await page.waitForSelector('#look-again[aria-disabled=false]');
  assert.equal(await focused(page), 'look-again');
  await context.close();
});

test('a message: the focus stays on the button, and two presses send it once', async () => {
  const { context, page } = await a_case();
  await page.fill('#message', 'Eén keer.');
  await press_twice(page, '#say');
  await page.waitForSelector('#say[aria-disabled=false]');
  await page.waitForTimeout(200); // a second one would be there by now
  assert.equal(await page.locator('.said-mine', { hasText: 'Eén keer.' }).count(), 1);
  assert.equal(await focused(page), 'say');
  assert.equal(await page.locator('.errors').count(), 0);
  await context.close();
});

test('a step: the focus stays on the button, comes to the case’s heading, and it is taken once', async () => {
  const { context, page } = await a_case({ case_variant: 'asked' });
  await page.locator('[data-question]').first().click();
  await page.locator('#choice-no').check();
  await press_twice(page, '#send');
  await page.waitForSelector('#look-again');
  await page.waitForFunction(() => document.activeElement.tagName === 'H1');
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => globalThis.omzien_moves.length), 1);
  await context.close();
});

test('a withdrawal, and a look at what was just sent: the focus stays on the button', async () => {
  const { context, page } = await a_case();
  await page.click('#withdraw');
  await page.locator('#sure').check();
  await press_twice(page, '#send');
  await page.waitForSelector('#save-proof');
  await page.waitForFunction(() => document.activeElement.tagName === 'H1');
  await context.close();

  const later = await open();
  await to_review(later.page);
  await later.page.click('#send');
  await keep(later.page);
  await press_twice(later.page, '#look');
  await later.page.waitForSelector('.timeline');
  await later.context.close();
});

test('a file that was fetched hands the focus to what saves it', async () => {
  const { context, page } = await a_case();
  await page.setInputFiles('#files', { name: 'notitie.xyz', mimeType: '', buffer: Buffer.from('iets') });
  await page.locator('[data-file=as-it-is]').click();
  await page.click('#say');
  await page.waitForSelector('[data-fetch]');
  await press_twice(page, '[data-fetch]');
  await page.waitForSelector('a[download]');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('download')), 'notitie.xyz');
  await context.close();
});
test('a person who was left out, and one who is back, hand the focus on', async () => {
  const { context, page } = await open();
  await page.click('#door-advice');
  await page.click('#next');
  await page.fill('#story', kStory);
  await page.click('#next');
  await page.click('#next');
  await page.waitForSelector('#adviser-0');
  await press(page, '.not-this');
  assert.ok(await page.evaluate(() => document.activeElement.closest('.choices') !== null));
  await press(page, 'details .button');
  assert.ok(await page.evaluate(() => document.activeElement.closest('details') !== null));
  await context.close();
});

test('a word that was mended, and a choice that was taken back, hand the focus on', async () => {
  const { context, page } = await open();
  await page.click('#again');
  await page.fill('#phrase', kFakePhrase.replace('fiets', 'fietz'));
  await page.click('#open');
  await page.waitForFunction(() => document.activeElement.closest('.errors') !== null);
  await press(page, '.word-trouble .button');
  await page.waitForSelector('.word-trouble', { state: 'detached' });
  assert.ok(await page.evaluate(() => document.activeElement.closest('form') !== null));
  await context.close();

  const later = await a_case({ case_variant: 'lead' });
  await press(later.page, '[data-end-delegation]');
  await later.page.waitForSelector('[data-end-delegation]', { state: 'detached' });
  assert.ok(await later.page.evaluate(() => document.activeElement.closest('.access') !== null));
  assert.equal(await later.page.locator('[aria-live=polite]').textContent(), 'Het is gelukt.');
  await later.context.close();
});

// Everything that is said aloud while `doing` goes on, in order.
async function heard(page, doing) {
  await page.evaluate(() => {
    globalThis.heard = [];
    const said = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.('[role=status], [role=alert], [aria-live]');
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const text = said(target)?.textContent.trim();
        if (text && globalThis.heard.at(-1) !== text) globalThis.heard.push(text);
      }
    });
    watch.observe(document.getElementById('app'), { childList: true, characterData: true, subtree: true });
  });
  await doing();
  return page.evaluate(() => globalThis.heard);
}

test('a file of many pieces is not told piece by piece', async () => {
  const { context, page } = await a_case({ slot_ms: 10 });
  await page.setInputFiles('#files', { name: 'lang.xyz', mimeType: '', buffer: Buffer.alloc(20 * 15_360, 'x') });
  await page.locator('[data-file=as-it-is]').click();
  const said = await heard(page, async () => {
    await page.click('#say');
    await page.locator('.strip-done').waitFor();
  });
  assert.ok(said.length <= 3, said.join(' | '));
  await context.close();
});

test('capital letters say nothing; the second Shift does, for three seconds', async () => {
  const { context, page } = await open();
  await page.click('#door-report');
  await page.click('#next');
  await page.focus('#story');
  const said = await heard(page, async () => {
    for (const letter of ['A', 'B', 'C']) await page.keyboard.press(`Shift+${letter}`);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift');
  });
  assert.deepEqual(said, []);
  assert.equal(await page.locator('.shifts').count(), 0);
  await page.keyboard.press('Shift');
  await page.waitForSelector('.shifts');
  await page.waitForSelector('.shifts', { state: 'detached', timeout: 4000 }); // it would take three again
  await context.close();
});

test('what cannot be copied is said to be so', async () => {
  const { context, page } = await open();
  await to_review(page);
  await page.click('#send');
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))));
  await page.click('#copy');
  await page.locator('.tools .hint', { hasText: 'Kopiëren lukt hier niet.' }).waitFor();
  await context.close();
});

test('a step whose subject went meanwhile says so, and leads back', async () => {
  const { context, page } = await a_case();
  await set(page, { slot_ms: 400, left: true });
  await page.click('#look-again');
  await page.locator('[data-take-back]').first().click();
  await page.locator('h1', { hasText: 'of het is al gebeurd' }).waitFor();
  await page.click('.back');
  await page.waitForSelector('#look-again');
  await context.close();
});

test('an urgent message that arrives while the person reads about help leaves them there', async () => {
  const { context, page } = await a_case({ slot_ms: 300 });
  await page.click('#urgent');
  await page.fill('#message', 'Vandaag nog.');
  await page.click('#say');
  await page.locator('.bottom-links .link').first().click();
  await page.waitForFunction(() => document.querySelector('[aria-live=polite]').textContent !== '');
  assert.equal(await page.locator('h1').textContent(), 'Hulp die er nu is');
  await context.close();
});

test('what is urgent does not wait for a file that is on its way', async () => {
  const { context, page } = await a_case({ slot_ms: 200 });
  await page.setInputFiles('#files', { name: 'lang.xyz', mimeType: '', buffer: Buffer.alloc(60 * 15_360, 'x') });
  await page.locator('[data-file=as-it-is]').click();
  await page.click('#say');
  await page.waitForSelector('progress');
  await page.click('#urgent');
  await page.fill('#message', 'Vandaag nog.');
  await page.click('#say');
  await page.locator('.said-mine', { hasText: 'Vandaag nog.' }).waitFor({ timeout: 5000 });
  assert.equal(await page.locator('[data-fetch]').count(), 0, 'the file is still on its way');
  await context.close();
});

test('a beginning that is read after the page was closed stays closed', async () => {
  const { context, page } = await open();
  await page.click('#open-draft');
  await page.setInputFiles('#file', { name: 'begin', mimeType: '', buffer: Buffer.from(`${kFakePhrase}\n${Buffer.from('%7B%22story%22%3A%22Geheim.%22%7D').toString('base64')}`) });
  await page.fill('#words', kFakePhrase);
  await page.evaluate(() => {
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
      await new Promise((wake) => (globalThis.go_on = wake));
      return read.call(this);
    };
  });
  await page.click('#open');
  await page.click('.back');
  await page.evaluate(() => globalThis.go_on());
  await page.waitForTimeout(200);
  assert.equal(await page.locator('#door-report').count(), 1);
  await context.close();
});
