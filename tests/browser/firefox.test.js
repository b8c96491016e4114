// The main path in Debian's Firefox, with its fingerprinting resistance on, as in Tor Browser: coarse
// clocks, noise in every canvas, no language told. And what a browser lends to cleaning, with it and without.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { kHaste, kProject } from './kit/browser.js';
import { kResist, launch_firefox, visit_firefox } from './kit/firefox.js';
import { RealGateway } from './kit/real.js';
import { case_name, come_back, kStory, send, to_review, to_timeline } from './kit/walk.js';

const kSlow = 240_000;

let gateway, server, browser;
before(async () => {
  gateway = await RealGateway.start();
  server = await gateway.serve_app();
  browser = await launch_firefox({ preferences: kResist });
});
after(async () => {
  await browser?.close();
  server?.close();
  await gateway?.stop();
});

test('told, answered, come back to and decided in Firefox that resists fingerprinting', { timeout: kSlow }, async () => {
  const { page, inner, complaints } = await visit_firefox(browser, server.url, { haste: kHaste });
  const told = await page.evaluate(() => [navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]);
  assert.deepEqual(told, ['en-US', 'Atlantic/Reykjavik'], 'the resistance is on');
  await page.click('[lang=nl]');
  await to_review(page);
  const phrase = await send(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  const name = await case_name(page);
  const [shown, ...more] = ['mieke', 'youssef', 'anouk'].flatMap((reader) => gateway.cases_of(reader, name));
  assert.deepEqual(more, []);
  assert.ok(shown.entries.some((entry) => entry.text?.includes(kStory)));
  const reader = shown.access.find((row) => !row.dormant).name;
  gateway.desk(reader, 'say', shown.handle, 'Dank je. Zullen we bellen?');

  await page.click('#close');
  await page.click('#begin');
  await come_back(page, phrase, kSlow);
  assert.ok((await page.locator('.timeline').textContent()).includes('Zullen we bellen?'));
  await page.fill('#message', 'Liever hier.');
  await page.click('#say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });
  const again = gateway.desk(reader, 'show', shown.handle);
  assert.equal(again.entries.filter((entry) => entry.text === 'Liever hier.').length, 1);
  gateway.desk(reader, 'propose', shown.handle, '--step', 'share_triage', '--reader', 'ilse:summary');
  await page.click('#look-again');
  await page.click('[data-question]', { timeout: kSlow });
  await page.fill('#summary', 'Er wordt iets gezegd.');
  await page.click('#choice-yes_if');
  await page.fill('#conditions', 'Zonder namen.');
  await page.click('#send');
  await page.waitForSelector('#look-again', { timeout: kSlow });
  const seen = gateway.desk('ilse', 'show', shown.handle);
  assert.ok(seen.entries.some((entry) => entry.text === 'Er wordt iets gezegd.'));
  assert.deepEqual(complaints, []);
  await inner.close();
});

const kMade = `${kProject}clients/web/tests/cleaning/files`;

// A picture too large to go unnoticed, and an office file, whose parts are packed (deflate-raw); then the story's page
// says what it did with them.
async function files_in(page, large) {
  await page.click('[lang=nl]');
  await page.click('#door-report');
  await page.click('#next');
  await page.waitForSelector('#files');
  await (await page.inner.$('#files')).uploadFile(large, `${kMade}/word.docx`);
  await page.waitForFunction(() => /document-2/.test(document.querySelector('.file-list')?.textContent) && /picture-1/.test(document.querySelector('.file-list').textContent));
  return page.evaluate(() => [...document.querySelectorAll('.file-list > li')].map((item) => ({
    text: item.textContent,
    cover: item.querySelectorAll('[data-file=cover]').length,
  })));
}

test('Firefox cleans, and makes smaller only where its canvas tells the truth', { timeout: kSlow }, async () => {
  const folder = mkdtempSync(`${tmpdir()}/omzien-firefox-`);
  const large = `${folder}/large.jpg`;
  execFileSync('/usr/bin/convert', ['-size', '2200x1600', 'plasma:fractal', '-quality', '95', large]);
  const plain = await launch_firefox();
  try {
    for (const [firefox, honest] of [[browser, false], [plain, true]]) {
      const { page, inner, complaints } = await visit_firefox(firefox, server.url);
      const [picture, letter] = await files_in(page, large);
      assert.equal(picture.text.includes('Kleiner gemaakt'), honest, picture.text);
      assert.equal(picture.cover, honest ? 1 : 0, 'parts are covered where what is drawn comes out');
      assert.match(letter.text, /eerdere versies/);
      assert.equal(await page.locator('#record').count(), 1, 'the recorder is offered');
      assert.deepEqual(complaints, []);
      await inner.close();
    }
  } finally {
    await plain.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
