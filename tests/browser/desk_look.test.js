// Every screen of the desk for everybody: axe in both languages, one of them in both themes too, from 360 px to 1600.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe } from './kit/axe.js';
import { launch, visit, kDesktop } from './kit/browser.js';
import { at_desk, kSlow, open_case, serve_desk } from './kit/desk.js';
import { every_desk_screen, every_office, fill_a_desk, fill_offices, kFirstDay, kLaterDay } from './kit/desk_screens.js';
import { overflow, small_targets, squeezed } from './kit/looks.js';
import { RealGateway } from './kit/real.js';

const kTargetPx = 24;

let gateway, server, browser, cases;
before(async () => {
  gateway = await RealGateway.start();
  server = await serve_desk(gateway);
  browser = await launch();
  cases = fill_a_desk(gateway);
});
after(async () => {
  await browser?.close();
  server?.close();
  await gateway?.stop();
});

// What is wrong with this screen, in both languages and from 360 px to 1600. The Dutch one is looked at in the dark,
// too.
async function wrong_with(page, name) {
  const found = [];
  for (const language of ['en', 'nl']) {
    await page.locator(`button[lang=${language}]`).dispatchEvent('click');
    found.push(...(await axe(page, { dark: language === 'nl' })));
    for (const width of [360, 768, 1024, 1600]) {
      await page.setViewportSize({ width, height: 900 });
      const wrong = [...(await page.evaluate(overflow)), ...(await page.evaluate(small_targets, kTargetPx)), ...(await page.evaluate(squeezed))];
      found.push(...wrong.map((one) => `${width} px: ${one}`));
    }
    await page.setViewportSize(kDesktop);
  }
  return found.map((one) => `${name}, ${one}`);
}

test(`axe finds nothing, nothing overflows from 360 px to 1600, targets are ${kTargetPx} px`, { timeout: 4 * kSlow }, async () => {
  const found = [];
  const { context, page, complaints } = await visit(browser, server.url, { size: kDesktop, touch: false });
  await every_desk_screen(page, gateway, cases, async (name) => found.push(...(await wrong_with(page, name))));
  assert.deepEqual([...new Set(found)].sort(), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the same for who joins, stands in, coordinates, or sits in a committee', { timeout: 4 * kSlow }, async () => {
  const moved = await RealGateway.start({ day: kFirstDay });
  const at = await serve_desk(moved);
  const folder = mkdtempSync(join(tmpdir(), 'omzien-look-'));
  const summary = join(folder, 'summary.txt');
  writeFileSync(summary, 'Een leidinggevende maakt grappen.');
  const found = [];
  const looks = { size: kDesktop, touch: false, day: kLaterDay };
  const contexts = [];
  const kept = ({ context, page }) => (contexts.push(context), page);
  const doors = {
    desk_of: async (name) => kept(await at_desk(browser, at.url, moved, name, looks)),
    door: async (link) => kept(await visit(browser, `${at.url}/${link}`, looks)),
  };
  await every_office(moved, await fill_offices(moved, summary), doors, async (page, name) => found.push(...(await wrong_with(page, name))));
  for (const context of contexts) await context.close();
  at.close();
  await moved.stop();
  rmSync(folder, { recursive: true, force: true });
  assert.deepEqual([...new Set(found)].sort(), []);
});

test('a day is the same day wherever the desk stands', { timeout: 4 * kSlow }, async () => {
  const days = [];
  for (const timezone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const { context, page } = await at_desk(browser, server.url, gateway, 'mieke', { timezone });
    await page.waitForSelector('.inbox-row', { timeout: kSlow });
    days.push(await page.locator('.row-due').allInnerTexts());
    await context.close();
  }
  assert.deepEqual(days[0], days[1]);
  assert.match(days[0][0], /\d{4}/);
});

test('what is printed is the case, and nothing to press', { timeout: 2 * kSlow }, async () => {
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, cases.talked.handle_words);
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => [...document.querySelectorAll('button, input, textarea, select, summary')].filter((one) => one.checkVisibility()).length);
  assert.equal(seen, 0);
  assert.ok(await page.locator('#part-story').isVisible());
  await context.close();
});
