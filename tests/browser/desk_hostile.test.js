// A report from somebody who means harm: every part of it is shown as what it is, and does nothing.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kHaste, visit } from './kit/browser.js';
import { at_desk, kSlow, open_case, serve_desk } from './kit/desk.js';
import { hundred_megapixels, kFiles, kTexts, zip_bomb } from './kit/hostile.js';
import { overflow } from './kit/looks.js';
import { set_up } from './kit/stage.js';
import { come_back } from './kit/walk.js';

let gateway, server, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up(serve_desk));
});
after(() => take_down?.());

const slow = { timeout: 4 * kSlow };
const harmed = (page) => page.evaluate(() => globalThis.harmed === true);
const written = (name, bytes) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

test('hostile words stay words, at any width, in inbox, search and case', slow, async () => {
  const { phrase, handle_words } = gateway.report(
    [kTexts.markup, kTexts.template, kTexts.bidi, kTexts.endless].join('\n\n'), '--to', 'mieke', '--people', `${kTexts.markup} ${kTexts.stacked}`,
  );
  gateway.reporter(phrase, 'say', kTexts.bidi);
  gateway.reporter(phrase, 'say', kTexts.markup);
  const { context, page, complaints } = await at_desk(browser, server.url, gateway, 'mieke');
  await page.waitForFunction(() => document.querySelector('.row-line')?.textContent.includes('<img'), null, { timeout: kSlow });
  await page.fill('#search', 'onerror');
  assert.equal(await page.locator('.inbox-row').count(), 1, 'it is found as text');
  assert.deepEqual(await page.evaluate(overflow), []);
  await open_case(page, handle_words);
  assert.ok((await page.locator('#part-people').innerText()).includes('<script>'));
  assert.equal(await page.locator('main :is(script, iframe, svg, img)').count(), 0);
  for (const width of [360, 800, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await page.evaluate(overflow), [], `${width} px`);
  }
  // What turns round inside a message ends with it: the day beside it reads as ever.
  const by = await page.locator('.said .row-by').first().evaluate((element) => getComputedStyle(element).direction);
  assert.equal(by, 'ltr');
  assert.equal(await harmed(page), false);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('hostile files are pictures, text or bytes to save, and run nowhere', slow, async () => {
  const files = { ...kFiles, 'huge.png': hundred_megapixels(), 'bomb.zip': zip_bomb() };
  const attach = Object.entries(files).flatMap(([name, bytes]) => ['--attach', written(name, bytes)]);
  const { handle_words } = gateway.report('Met bestanden.', '--to', 'mieke', ...attach);
  const { context, page, complaints } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, handle_words);
  const names = Object.keys(files);
  for (const [at] of names.entries()) {
    await page.click(`[data-fetch="${at + 1}"]`);
    await page.waitForSelector(`[data-fetch="${at + 1}"]`, { state: 'detached', timeout: kSlow });
  }
  const shown = await page.locator('.file-list > li').evaluateAll((items) => items.map((item) => ({
    name: item.querySelector('bdi').textContent,
    picture: item.querySelector('img') !== null,
    text: item.querySelector('.written')?.textContent ?? '',
    save: item.querySelector('a[download]')?.download ?? '',
    type: '',
  })));
  const of = (name) => shown.find((one) => one.name === name);
  assert.deepEqual(shown.filter((one) => one.picture).map((one) => one.name), ['small.png']);
  assert.ok(of('page.html').text.includes('<script>'), 'markup is shown as its source');
  assert.equal(of('huge.png').text, '');
  for (const { name, save } of shown) assert.equal(save, name);
  assert.match(await page.locator('main').innerText(), /te groot om hier te tonen/);

  // Saved or opened, a blob is bytes to the browser: never a page of this origin.
  const types = await page.locator('a[download]').evaluateAll((links) => Promise.all(links.map(async (link) => (await (await fetch(link.href).catch(() => null))?.blob())?.type ?? 'refused')));
  for (const type of types) assert.ok(['application/octet-stream', 'refused'].includes(type), type);
  assert.equal(await harmed(page), false);
  assert.deepEqual(complaints.filter((one) => !/connect-src|Fetch API/.test(one)), []);
  await context.close();
});

// The other way round: somebody at a desk who would like to know who the reporter is.
test('what an adviser writes stays words on the reporter’s phone, and asks nobody for anything', slow, async () => {
  const { handle, phrase } = gateway.report('Wie leest dit?', '--to', 'mieke');
  const link = `${server.url}/?who-follows-this`;
  for (const text of [kTexts.markup, kTexts.bidi, link]) gateway.desk('mieke', 'say', handle, text);
  for (const name of ['page.html', 'small.png'])
    gateway.desk('mieke', 'attachments', handle, '--attach', written(name, kFiles[name]), '--attach-as-is');
  const app = await gateway.serve_app();
  try {
    const { context, page, complaints } = await visit(browser, app.url, { haste: kHaste });
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await come_back(page, phrase, kSlow);
    const read = await page.locator('main').innerText();
    for (const text of ['<script>', link]) assert.ok(read.includes(text), text);
    assert.equal(await page.locator('main :is(script, iframe, svg, img, a[href])').count(), 0);
    for (const number of [1, 2]) {
      await page.click(`[data-fetch="${number}"]`);
      await page.waitForSelector(`[data-fetch="${number}"]`, { state: 'detached', timeout: kSlow });
    }
    const links = await page.locator('main a[href]').evaluateAll((all) => all.map((one) => [new URL(one.href).protocol, one.download]));
    assert.deepEqual(links, [['blob:', 'page.html'], ['blob:', 'small.png']]);
    assert.equal(await page.locator('main img').count(), 1);
    assert.deepEqual(asked.filter((url) => !url.startsWith(`${app.url}/v1/`) && !url.startsWith('blob:')), []);
    assert.equal(await harmed(page), false);
    assert.deepEqual(complaints, []);
    await context.close();
  } finally {
    app.close();
  }
});

test('a file’s name is never a path, and never reads backwards', slow, async () => {
  // No file system holds such names, so they are put into the page's own code path that every received name takes.
  const { phrase, handle_words } = gateway.report('Een naam.', '--to', 'mieke');
  gateway.reporter(phrase, 'attachments', '--attach', written('gnp.\u202eexe..txt', 'x'));
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, handle_words);
  const name = await page.locator('.file-list bdi').first().textContent();
  assert.ok(!/[\u202a-\u202e\u2066-\u2069/\\]/.test(name), name);
  await context.close();
});
