// The main path with nothing but keys. What the keyboard can't reach, or where the focus can't be seen,
// fails here.
import assert from 'node:assert/strict';
import { kStory, read_phrase } from './walk.js';

const kStepsMax = 80;
const kSettleMs = 150; // a new screen gives its heading the focus after it is drawn

export async function tab_to(page, selector, timeout) {
  await page.waitForSelector(selector, { timeout });
  await page.waitForTimeout(kSettleMs);
  for (let steps = 0; steps < kStepsMax; steps += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

// In the page: whether the focused element shows its ring, and whether the bar on top hides it.
function focus_seen() {
  const element = document.activeElement;
  const ringed = element.closest('.choice') ?? element;
  const box = ringed.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(ringed);
  return {
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    uncovered: top !== null && (ringed.contains(top) || top.contains(ringed)),
  };
}

export async function press(page, selector, { key = 'Enter', timeout = 5000 } = {}) {
  await tab_to(page, selector, timeout);
  assert.deepEqual(await page.evaluate(focus_seen), { ring: true, uncovered: true }, `the focus on ${selector}`);
  await page.keyboard.press(key);
}

export async function type(page, selector, text) {
  await tab_to(page, selector);
  await page.keyboard.type(text);
}

// From the first screen to the timeline of what was sent; returns the phrase.
export async function send_by_keyboard(page, timeout) {
  await press(page, '#door-report');
  await press(page, '#next');
  await type(page, '#story', kStory);
  await press(page, '#next');
  await press(page, 'input[name=want]', { key: 'Space' });
  await press(page, '#next');
  await press(page, '#skip-all');
  await press(page, 'input[name=adviser]', { key: 'Space' });
  await press(page, '#next');
  await page.waitForSelector('input[name=stand-in]');
  await press(page, '#next');
  await press(page, '#send');
  const phrase = await read_phrase(page);
  await press(page, '#next');
  await page.waitForSelector('input[id^=word-]');
  for (const field of await page.locator('input[id^=word-]').all()) {
    const id = await field.getAttribute('id');
    await type(page, `#${id}`, phrase[Number(id.slice('word-'.length))]);
  }
  await page.keyboard.press('Enter');
  await press(page, '#look', { timeout });
  await page.waitForSelector('.timeline', { timeout });
  return phrase;
}

export async function come_back_by_keyboard(page, phrase, timeout) {
  await press(page, '#close');
  await press(page, '#begin');
  await press(page, '#again');
  await type(page, '#phrase', phrase.join(' '));
  await page.keyboard.press('Enter');
  await page.waitForSelector('.timeline', { timeout });
}

// A yes with conditions to the question that waits, and back on the case.
export async function answer_by_keyboard(page, timeout) {
  await press(page, '[data-question]', { timeout });
  await press(page, '#choice-yes', { key: 'Space' });
  await page.keyboard.press('ArrowDown');
  await type(page, '#conditions', 'Zonder namen.');
  await press(page, '#send');
  await page.waitForSelector('#look-again', { timeout });
}
