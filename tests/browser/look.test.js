// Every screen for everybody: axe, targets, narrow, zoomed, mirrored, and with no word left in the code.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe } from './kit/axe.js';
import { kDesktop, kPhone, microphone_flags, visit } from './kit/browser.js';
import { every_screen } from './kit/every_screen.js';
import { bare_words, overflow, small_targets, squeezed, without_ring } from './kit/looks.js';
import { set_up_fake } from './kit/stage.js';

const kTargetPx = 44;
const kTabs = 6; // from the heading on; the bars above and below are the same everywhere
const kSlow = 240_000;

let server, browser, take_down;
before(async () => {
  ({ server, browser, take_down } = await set_up_fake(microphone_flags()));
});
after(() => take_down?.());

// Looks at every screen with `look(page)`, which lists what is wrong; a pseudo-language is chosen by its
// button, as any other. What the browser complains about is wrong too.
async function look_at_all(options, look) {
  const { pseudo, ...others } = options;
  const found = [];
  const open = async (fake) => {
    const visited = await visit(browser, server.url, { ...others, fake: { ...fake, pseudo: pseudo !== undefined } });
    visited.page.on('close', () => found.push(...visited.complaints));
    if (pseudo) await visited.page.selectOption('#languages', pseudo);
    return visited;
  };
  let screens = 0;
  await every_screen(open, async (page, name) => {
    screens += 1;
    for (const wrong of await look(page)) found.push(`${name}: ${wrong}`);
  });
  assert.ok(screens >= 69, `${screens} screens`);
  assert.deepEqual([...new Set(found)].sort(), []);
}

for (const locale of ['nl-NL', 'en-GB'])
  test(`axe finds nothing on any screen, light and dark, and targets are ${kTargetPx} px or more: ${locale}`, { timeout: kSlow }, () =>
    look_at_all({ locale, size: kPhone }, async (page) => [
      ...(await page.evaluate(small_targets, kTargetPx)),
      ...(await page.evaluate(squeezed)),
      ...(await axe(page)),
    ]));

// 400 % of 1280 × 900 is 320 × 225. One visit in each language, resized on every screen.
const kNarrow = { width: 320, height: 640 };
const kZoomed = { width: 320, height: 225 };
const kLarge = { width: 1400, height: 900 };
const kLanguages = {
  nl: [{}, kNarrow],
  'en-XA': [{ touch: false, pseudo: 'en-XA' }, kNarrow, kZoomed, kLarge],
  'en-XB': [{ touch: false, pseudo: 'en-XB' }, kNarrow, kLarge],
};
// Text from people or the directory, and what is a name in any language.
const kNotWords = '[translate=no], .file-list .unseen, audio, .choice-title, .test, .language, .poster, .access-name, .row-by, .hint strong, bdi, option';

async function cut_off(page) {
  const found = [...(await page.evaluate(overflow)), ...(await page.evaluate(squeezed))];
  const { width, height } = page.viewportSize();
  return found.map((wrong) => `${width} × ${height}: ${wrong}`);
}

for (const [language, [options, ...sizes]] of Object.entries(kLanguages))
  test(`nothing is cut off, covered or wider than a phone, a zoom of 400 % or a desktop: ${language}`, { timeout: kSlow }, () =>
    look_at_all(options, async (page) => {
      const found = (language === 'en-XA' ? await page.evaluate(bare_words, kNotWords) : []).map((text) => `in the code: ${text}`);
      for (const size of sizes) {
        await page.setViewportSize(size);
        found.push(...(await cut_off(page)));
      }
      return found;
    }));

test('the focus is seen wherever Tab leads, on every screen', { timeout: kSlow }, () =>
  look_at_all({ size: kDesktop, touch: false }, async (page) => {
    const unseen = [];
    await page.evaluate(() => document.querySelector('h1').focus());
    for (let steps = 0; steps < kTabs; steps += 1) {
      await page.keyboard.press('Tab');
      const html = await page.evaluate(without_ring);
      if (html !== '') unseen.push(`no focus seen on ${html}`);
    }
    return unseen;
  }));
