// Every screen for everybody: axe, targets, narrow, zoomed, mirrored, and with no word left in the code.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe } from './kit/axe.js';
import { kDesktop, kPhone, microphone_flags, visit } from './kit/browser.js';
import { every_screen } from './kit/every_screen.js';
import { bare_words, overflow, small_targets, squeezed, without_ring } from './kit/looks.js';
import { set_up_fake } from './kit/stage.js';
import { to_review } from './kit/walk.js';

const kTargetPx = 44;
const kTabs = 6; // from the heading on; the bars above and below are the same everywhere
const kSlow = 240_000;
const kScreens = 69;
const kPseudo = /-X/;

let server, browser, take_down;
before(async () => {
  ({ server, browser, take_down } = await set_up_fake(microphone_flags()));
});
after(() => take_down?.());

// Two languages are buttons, more of them a list. False on a screen that has neither.
async function speak(page, language) {
  if ((await page.locator('.languages').count()) === 0) return false;
  const button = page.locator(`button[lang=${language}]`);
  if (await button.count()) await button.dispatchEvent('click');
  else await page.selectOption('#languages', language);
  return true;
}

// Looks at every screen in each language of `looks`, the first of which it is visited in: every look lists what is
// wrong. Another one is chosen where the screen has the choice, as anybody would. What the browser complains about is
// wrong too.
async function look_at_all(options, looks) {
  const [first, ...others] = Object.keys(looks);
  const found = [];
  const open = async (fake) => {
    const visited = await visit(browser, server.url, { ...options, fake: { ...fake, pseudo: kPseudo.test(first) } });
    visited.page.on('close', () => found.push(...visited.complaints));
    await speak(visited.page, first);
    return visited;
  };
  const screens = { [first]: 0 };
  await every_screen(open, async (page, name) => {
    const here = async (language) => {
      screens[language] = (screens[language] ?? 0) + 1;
      for (const look of looks[language]) found.push(...(await look(page)).map((wrong) => `${language}, ${name}: ${wrong}`));
    };
    await here(first);
    for (const language of others) if (await speak(page, language)) await here(language);
    await speak(page, first);
  });
  for (const [language, seen] of Object.entries(screens)) assert.ok(seen >= kScreens, `${seen} screens in ${language}`);
  assert.deepEqual([...new Set(found)].sort(), []);
}

// 400 % of 1280 × 900 is 320 × 225.
const kNarrow = { width: 320, height: 640 };
const kZoomed = { width: 320, height: 225 };
const kLarge = { width: 1400, height: 900 };
// Text from people or the directory, and what is a name in any language.
const kNotWords = '[translate=no], .file-list .unseen, audio, .choice-title, .test, .language, .poster, .access-name, .row-by, .hint strong, bdi, option';

const for_fingers_and_readers = (options) => async (page) => {
  await page.setViewportSize(kPhone);
  return [...(await page.evaluate(small_targets, kTargetPx)), ...(await page.evaluate(squeezed)), ...(await axe(page, options))];
};

const whole_at = (...sizes) => async (page) => {
  const found = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    const wrong = [...(await page.evaluate(overflow)), ...(await page.evaluate(squeezed))];
    found.push(...wrong.map((one) => `${size.width} × ${size.height}: ${one}`));
  }
  return found;
};

const from_the_catalogue = async (page) => (await page.evaluate(bare_words, kNotWords)).map((text) => `in the code: ${text}`);

async function focus_seen(page) {
  await page.setViewportSize(kDesktop);
  await page.evaluate(() => document.querySelector('h1').focus());
  const unseen = [];
  for (let steps = 0; steps < kTabs; steps += 1) {
    await page.keyboard.press('Tab');
    const html = await page.evaluate(without_ring);
    if (html !== '') unseen.push(`no focus seen on ${html}`);
  }
  return unseen;
}

// Two visits to every screen, since a browser is what takes time. Words that are not in the catalogue are looked for in
// the language of the visit: an error that stands there stays in the one it was made in.
test(`every screen: axe finds nothing in light or dark, targets are ${kTargetPx} px or more, and 320 px hold it`, { timeout: kSlow }, () =>
  look_at_all({ locale: 'nl-NL' }, {
    nl: [for_fingers_and_readers({ dark: true }), whole_at(kNarrow)],
    en: [for_fingers_and_readers({ dark: false })],
  }));

test('every screen: no words in the code, none cut off from a zoom of 400 % to a desktop, and the focus is seen', { timeout: kSlow }, () =>
  look_at_all({ touch: false }, {
    'en-XA': [from_the_catalogue, whole_at(kNarrow, kZoomed, kLarge)], // a third longer
    'en-XB': [focus_seen, whole_at(kNarrow, kLarge)], // mirrored
  }));

// Whoever needs large letters needs the way out, too. 195 px is a phone at 200 %.
const kLetters = [[kPhone, '200%'], [kNarrow, '150%'], [{ width: 195, height: 422 }, '100%']];
for (const [size, letters] of kLetters)
  test(`the way out stays on the screen: letters of ${letters} at ${size.width} px`, { timeout: kSlow }, async () => {
    for (const locale of ['nl-NL', 'en-GB']) {
      const { context, page } = await visit(browser, server.url, { size, locale });
      await page.evaluate((large) => (document.documentElement.style.fontSize = large), letters);
      const off = [];
      await to_review(page, 'report', async (name) => {
        const { x, width } = await page.locator('#exit').boundingBox();
        if (x < 0 || x + width > size.width) off.push(`${name}: ${x} to ${x + width}`);
        off.push(...(await page.evaluate(overflow)).filter((wide) => /exit|top|mark|languages/.test(wide)));
      });
      assert.deepEqual(off, []);
      await context.close();
    }
  });
