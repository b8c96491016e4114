// Every screen for everybody: axe, targets, narrow, zoomed, mirrored, and with no word left in the code.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { kFakeApp, kPhone, launch, visit } from './kit/browser.js';
import { every_screen } from './kit/every_screen.js';
import { serve } from './kit/server.js';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const kTargetPx = 44;
const kSlow = 120_000;

let server, browser;
before(async () => {
  server = await serve({ folder: kFakeApp });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
});

// Opens apps of one kind, and collects what the browser complains about in any of them.
function opener(options, language) {
  const complaints = [];
  const open = async (fake) => {
    const visited = await visit(browser, server.url, { ...options, fake: { ...fake, pseudo: language !== undefined } });
    visited.page.on('close', () => complaints.push(...visited.complaints));
    if (language) await visited.page.click(`[lang=${language}]`);
    return visited;
  };
  return { open, complaints };
}

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing on any screen, ${scheme}`, { timeout: kSlow }, async () => {
    const { open, complaints } = opener({ scheme });
    const found = [];
    await every_screen(open, async (page, name) => {
      await page.evaluate(kAxe);
      const { violations } = await page.evaluate(
        (tags) => globalThis.axe.run(document, { runOnly: tags }), kRules);
      for (const one of violations) found.push(`${name}: ${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);
    });
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
  });

// What can be pressed, with the label that makes a small box large.
function small_targets(least) {
  const small = [];
  for (const element of document.querySelectorAll('button, a[href], input, select, textarea, summary')) {
    const target = element.closest('label') ?? element;
    const box = target.getBoundingClientRect();
    const unseen = box.width <= 1 || element.closest('.to-content');
    if (!unseen && (box.width < least || box.height < least))
      small.push(`${element.tagName} “${target.textContent.trim().slice(0, 30)}” ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  return small;
}

test(`every target is ${kTargetPx} px or more`, { timeout: kSlow }, async () => {
  const { open } = opener({ size: kPhone });
  const found = [];
  await every_screen(open, async (page, name) => {
    for (const target of await page.evaluate(small_targets, kTargetPx)) found.push(`${name}: ${target}`);
  });
  assert.deepEqual(found, []);
});

async function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('#app *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName}.${element.className}`).slice(0, 3);
  });
}

// 400 % of 1280 × 900 is 320 × 225.
const kNarrow = {
  'a phone of 320 px': { size: { width: 320, height: 640 } },
  'a zoom of 400 %': { size: { width: 320, height: 225 }, touch: false },
};
for (const [what, options] of Object.entries(kNarrow))
  for (const language of [undefined, 'en-XA', 'en-XB'])
    test(`nothing scrolls sideways on ${what}, ${language ?? 'nl'}`, { timeout: kSlow }, async () => {
      const { open } = opener(options, language);
      const found = [];
      await every_screen(open, async (page, name) => {
        for (const element of await overflow(page)) found.push(`${name}: ${element}`);
      });
      assert.deepEqual(found, []);
    });

// Text that comes from people or the directory, and what is a name in any language.
const kNotWords = '[translate=no], .choice-title, .test, .language, .poster, .access-name, .row-by, .hint strong, bdi, option';

test('no word stands in the code', { timeout: kSlow }, async () => {
  const { open } = opener({}, 'en-XA');
  const found = new Set();
  await every_screen(open, async (page, name) => {
    const bare = await page.evaluate((not_words) => {
      const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const block = element.closest('p, li, dt, dd, h1, h2, h3, button, legend, label, summary, figcaption, span, a');
        const text = (block ?? element).textContent.trim();
        if (/\p{L}{2}/u.test(walker.currentNode.data) && !element.closest(not_words) && !text.includes('⟦')) texts.push(text);
      }
      return texts;
    }, kNotWords);
    for (const text of bare) found.add(`${name}: ${text}`);
  });
  assert.deepEqual([...found], []);
});
