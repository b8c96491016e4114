// What a visit leaves behind, and whom the app talks to.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kFakeApp, visit } from './kit/browser.js';
import { kFakePhrase } from './kit/every_screen.js';
import { serve } from './kit/server.js';
import { set_up_fake } from './kit/stage.js';
import { come_back, heading, kStory, send, to_review, to_story } from './kit/walk.js';

let server, browser, take_down;
before(async () => {
  ({ server, browser, take_down } = await set_up_fake());
});
after(() => take_down?.());

// A report and a return.
async function whole_visit(page) {
  await to_review(page);
  const phrase = await send(page);
  await page.click('#close');
  await page.click('#begin');
  await come_back(page, phrase);
  await page.click('#close');
}

test('keeps nothing in the browser', async () => {
  const { context, page } = await visit(browser, server.url);
  await whole_visit(page);
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    caches: (await caches.keys()).length,
    databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    history: history.length,
    hash: location.hash,
    cookie: document.cookie,
  }));
  assert.deepEqual(kept, {
    local: 0, session: 0, caches: 0, databases: 0, workers: 0, history: kept.history, hash: '', cookie: '',
  });
  assert.ok(kept.history <= 2, 'screens are no pages');
  assert.deepEqual(await context.cookies(), []);
  await context.close();
});

test('asks nobody but its own server', async () => {
  const { context, page } = await visit(browser, server.url);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await whole_visit(page);
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.url)), []);
  await context.close();
});

test('sends no language', async () => {
  const { context, page } = await visit(browser, server.url);
  const first = server.seen.length;
  await page.click('[lang=en]');
  assert.equal(await heading(page), 'You can tell it here.');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await whole_visit(page);
  assert.deepEqual(server.seen.slice(first), [], 'a choice of language asks nothing of the server');
  await context.close();
});

test('all is loaded before anything is asked', async () => {
  const { context, page } = await visit(browser, server.url);
  const files = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname));
  assert.equal(files.filter((path) => path.endsWith('.js')).length, 1);
  assert.equal(files.filter((path) => path.endsWith('.css')).length, 1);
  await context.close();
});

test('people’s words are kept out of autocompletion, and the phrase field takes a password manager', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.click('#door-report');
  await page.click('#next');
  assert.equal(await page.getAttribute('#story', 'autocomplete'), 'off');
  assert.equal(await page.getAttribute('#story', 'spellcheck'), 'false');
  await page.click('.back');
  await page.click('.back');
  await page.click('#again');
  assert.equal(await page.getAttribute('#phrase', 'autocomplete'), 'current-password');
  assert.equal(await page.getAttribute('#phrase', 'type'), 'password');
  await page.locator('.field .link').click();
  assert.deepEqual([await page.getAttribute('#phrase', 'type'), await page.getAttribute('#phrase', 'autocomplete')], ['text', 'off'], 'words that are shown');
  await page.click('.back');
  await page.click('#open-draft');
  assert.equal(await page.getAttribute('#file', 'autocomplete'), 'off', 'where a beginning lies on the device');
  await context.close();
});

test('after closing, no word of the story or phrase is on the page', async () => {
  const { context, page } = await visit(browser, server.url);
  await whole_visit(page);
  const html = await page.content();
  for (const secret of [kStory, ...kFakePhrase.split(' ')]) assert.ok(!html.includes(secret), secret);
  await context.close();
});

test('a page that the browser keeps for "back" holds nothing that was typed', async () => {
  const { context, page } = await visit(browser, server.url);
  await to_story(page);
  await page.fill('#story', kStory);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await page.waitForSelector('#begin');
  await page.click('#begin');
  await to_story(page);
  assert.equal(await page.inputValue('#story'), '');
  await context.close();
});

test('an altered page is not noticed', async () => {
  const alter = (path, bytes) => (path === '/index.html' ? Buffer.from(String(bytes).replace('</head>', '<meta name="altered" /></head>')) : bytes);
  const lying = await serve({ folder: kFakeApp, alter });
  const { context, page, complaints } = await visit(browser, lying.url);
  assert.equal(await page.locator('meta[name=altered]').count(), 1);
  await to_review(page);
  await send(page);
  assert.deepEqual(complaints, []);
  await context.close();
  lying.close();
});
