// The main path again, as people with other means go it: no JIT, the narrowest phone, four times as
// large, and the keyboard alone. The real gateway answers each of them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { kDesktop, kHaste, launch_whole, visit } from './kit/browser.js';
import { answer_by_keyboard, come_back_by_keyboard, send_by_keyboard } from './kit/keyboard.js';
import { RealGateway } from './kit/real.js';
import { case_name, come_back, heading, kStory, send, to_review, to_timeline } from './kit/walk.js';

const kSlow = 180_000;
const kReaders = ['mieke', 'youssef', 'anouk'];

const kSummary = 'Er worden grappen gemaakt.';

let gateway, server, folder, summary;
before(async () => {
  folder = mkdtempSync(`${tmpdir()}/omzien-main-path-`);
  summary = `${folder}/summary.txt`;
  writeFileSync(summary, kSummary);
  gateway = await RealGateway.start();
  server = await gateway.serve_app();
});
after(async () => {
  server?.close();
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// What was told arrived, once; who reads it, and the case's handle.
async function arrived(page) {
  const name = await case_name(page);
  const found = kReaders.flatMap((reader) => gateway.cases_of(reader, name).map((shown) => ({ reader, shown })));
  assert.equal(found.length, 1);
  const [{ reader, shown }] = found;
  assert.ok(shown.entries.some((entry) => entry.text?.includes(kStory)));
  return { reader, handle: shown.handle };
}

// The reader asks whether ilse may read a summary, and `answer` says yes, if; so she does.
async function decided(page, { reader, handle }, answer) {
  gateway.desk(reader, 'propose', handle, '--step', 'share_triage', '--reader', 'ilse:summary', '--summary', summary);
  await page.click('#look-again');
  await page.waitForSelector('[data-question]', { timeout: kSlow });
  await answer();
  const { entries } = gateway.desk('ilse', 'show', handle);
  assert.ok(entries.some((entry) => entry.text === kSummary));
}
async function answer(page) {
  await page.click('[data-question]');
  await page.locator('#choice-yes_if').check();
  await page.fill('#conditions', 'Zonder namen.');
  await page.click('#send');
  await page.waitForSelector('#look-again', { timeout: kSlow });
}

async function main_path(page) {
  await to_review(page);
  const phrase = await send(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  const there = await arrived(page);
  await page.click('#close');
  await page.click('#begin');
  await come_back(page, phrase, kSlow);
  await decided(page, there, () => answer(page));
}

test('without a JIT and without WebAssembly', { timeout: kSlow }, async () => {
  const browser = await launch_whole(['--js-flags=--jitless']);
  const { page, complaints } = await visit(browser, server.url, { haste: 2 });
  assert.equal(await page.evaluate(() => typeof WebAssembly), 'undefined');
  await main_path(page);
  assert.deepEqual(complaints, []);
  await browser.close();
});

describe('with a JIT', { concurrency: 2 }, () => {
  let browser;
  before(async () => (browser = await launch_whole()));
  after(() => browser?.close());

  // 400 % of 1280 × 900 is 320 × 225, four device pixels to each.
  const kSmall = {
    'on a phone of 320 px': { size: { width: 320, height: 568 } },
    'at a zoom of 400 %': { size: { width: 320, height: 225 }, scale: 4, touch: false },
  };
  for (const [what, options] of Object.entries(kSmall))
    test(what, { timeout: kSlow }, async () => {
      const { context, page, complaints } = await visit(browser, server.url, { ...options, haste: kHaste });
      await main_path(page);
      assert.deepEqual(complaints, []);
      await context.close();
    });
});

test('by keyboard alone, with the focus seen at every step', { timeout: kSlow }, async () => {
  const browser = await launch_whole();
  const { page } = await visit(browser, server.url, { size: kDesktop, touch: false, haste: kHaste });
  const phrase = await send_by_keyboard(page, kSlow);
  const there = await arrived(page);
  await come_back_by_keyboard(page, phrase, kSlow);
  await decided(page, there, () => answer_by_keyboard(page, kSlow));
  assert.match(await heading(page), /^Zaak /);
  await browser.close();
});
