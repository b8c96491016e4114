// What goes wrong on the way: reloading, a locked phone, a connection that breaks or loses answers, a
// gateway that restarts, two tabs. Nothing typed is lost, nothing is sent twice.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { kHaste, visit } from './kit/browser.js';
import { set_up } from './kit/stage.js';
import { case_name, come_back, keep, kStory, read_phrase, send, to_review, to_timeline } from './kit/walk.js';

const kSlow = 90_000;
const kMieke = '.choice:has-text("Mieke") input[name=adviser]';

let gateway, server, browser, take_down;
let lose_next = 0; // of the exchanges: the gateway does what it is asked, and its answer gets lost
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up((on) => on.serve_app({ loses_answers: () => lose_next > 0 && lose_next-- > 0 })));
});
after(() => take_down?.());

const open = (options) => visit(browser, server.url, { haste: kHaste, ...options });

// The one case of that name, in which the story stands once and each of these texts once.
function stands_once(name, ...messages) {
  const found = gateway.cases_of('mieke', name);
  assert.equal(found.length, 1);
  const times = (wanted) => found[0].entries.filter((entry) => entry.text === wanted).length;
  assert.equal(found[0].entries.filter((entry) => entry.text?.includes(kStory)).length, 1);
  for (const message of messages) assert.equal(times(message), 1, message);
}

// Sends the story while `trouble` happens half-way, and sees it arrive once.
async function sends_through(trouble) {
  const { context, page } = await open();
  await to_review(page, 'report', undefined, kMieke);
  await page.click('#send');
  await trouble({ context, page });
  await keep(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  stands_once(await case_name(page));
  await context.close();
}

const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

describe('while a report is on its way', () => {
  test('the connection breaks, and comes back', { timeout: kSlow }, () =>
    sends_through(async ({ context, page }) => {
      await context.setOffline(true);
      await page.getByText('Even geen verbinding').waitFor({ timeout: kSlow });
      await context.setOffline(false);
    }));

  test('answers get lost after the gateway did what was asked', { timeout: kSlow }, () =>
    sends_through(async () => {
      lose_next = 4;
      while (lose_next > 0) await sleep(50);
    }));

  test('the gateway restarts', { timeout: kSlow }, () =>
    sends_through(async ({ page }) => {
      await gateway.pause();
      await page.getByText('Even geen verbinding').waitFor({ timeout: kSlow });
      await gateway.resume();
    }));

  test('the phone is locked, and the page frozen', { timeout: kSlow }, () =>
    sends_through(async ({ context, page }) => {
      const session = await context.newCDPSession(page);
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      await sleep(3000);
      await session.send('Page.setWebLifecycleState', { state: 'active' });
    }));
});

test('a gateway away for longer: the app says so, keeps the text, and sends it once when asked', { timeout: 2 * kSlow }, async () => {
  const { context, page } = await open();
  await to_review(page, 'report', undefined, kMieke);
  await gateway.pause();
  await page.click('#send');
  await page.locator('.strip-failed').waitFor({ timeout: kSlow });
  await gateway.resume();
  await page.locator('.strip-failed .button').click();
  await keep(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  stands_once(await case_name(page));
  await context.close();
});

test('reloading with something typed is asked about, and staying keeps it', { timeout: kSlow }, async () => {
  const { context, page } = await open();
  await page.click('#door-report');
  await page.click('#next');
  await page.fill('#story', kStory);
  let asked = '';
  page.on('dialog', (dialog) => {
    asked = dialog.type();
    return dialog.dismiss();
  });
  await page.evaluate(() => setTimeout(() => location.reload(), 0));
  while (asked === '') await sleep(50);
  assert.equal(asked, 'beforeunload');
  assert.equal(await page.inputValue('#story'), kStory);
  await context.close();
});

test('whoever reloads once it was sent has the words, and finds it there once', { timeout: kSlow }, async () => {
  const { context, page } = await open();
  page.on('dialog', (dialog) => dialog.accept());
  await to_review(page, 'report', undefined, kMieke);
  await page.click('#send');
  const phrase = await read_phrase(page);
  await page.locator('.strip-done').waitFor({ timeout: kSlow });
  await page.reload();
  await come_back(page, phrase, kSlow);
  stands_once(await case_name(page));
  await context.close();
});

test('in two tabs: what is written in both arrives, each once, and each tab shows both', { timeout: kSlow }, async () => {
  const first = await open();
  const { context, page } = first;
  await to_review(page, 'report', undefined, kMieke);
  const phrase = await send(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  const other = await open({ tab_of: first });
  await come_back(other.page, phrase, kSlow);

  const both = [[page, 'Uit het ene tabblad.'], [other.page, 'Uit het andere tabblad.']];
  await Promise.all(both.map(async ([tab, text]) => {
    await tab.fill('#message', text);
    await tab.click('#say');
    await tab.locator('.said-mine', { hasText: text }).waitFor({ timeout: kSlow });
  }));
  stands_once(await case_name(page), ...both.map(([, text]) => text));
  for (const [tab] of both) {
    await tab.click('#look-again');
    for (const [, text] of both) await tab.locator('.said-mine', { hasText: text }).waitFor({ timeout: kSlow });
  }
  await context.close();
});

test('a message whose answer got lost is sent again as the same bytes, and stands once', { timeout: kSlow }, async () => {
  const { context, page } = await open();
  await to_review(page, 'report', undefined, kMieke);
  await send(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  await page.fill('#message', 'Eén keer.');
  lose_next = 3;
  await page.click('#say');
  await page.locator('.said-mine', { hasText: 'Eén keer.' }).waitFor({ timeout: kSlow });
  stands_once(await case_name(page), 'Eén keer.');
  assert.equal(await page.inputValue('#message'), '');
  await context.close();
});

for (const when of ['while the next one opens', 'after the next one opened'])
  test(`what comes late of a case that was closed stays out of the next one, ${when}`, { timeout: 2 * kSlow }, async () => {
    const [one, other] = ['De eerste zaak.', 'De tweede zaak.'].map((story) => gateway.report(story, '--to', 'mieke'));
    const { context, page } = await open();
    await come_back(page, one.phrase, kSlow);
    const held = [];
    let holding = true;
    await page.route('**/v1/exchange', (route) => (holding ? held.push(route) : route.continue()));
    const go_on = () => Promise.all(held.splice(0).map((route) => route.continue()));
    await page.click('#look-again');
    while (held.length < 2) await sleep(20); // the frame that was ready, and the one that asks
    holding = false;
    await page.click('#close');
    await page.click('#begin');
    await page.click('#again');
    await page.fill('#phrase', other.phrase);
    await page.click('#open');
    if (when.startsWith('while')) await go_on();
    await page.waitForSelector('.timeline', { timeout: kSlow });
    await go_on();
    await sleep(1000);
    await page.fill('#message', 'Voor de tweede.');
    await page.click('#say');
    await page.locator('.said-mine', { hasText: 'Voor de tweede.' }).waitFor({ timeout: kSlow });
    assert.equal(await case_name(page), other.handle_words);
    const texts = (made) => gateway.desk('mieke', 'show', made.handle).entries.map((entry) => entry.text);
    assert.ok(texts(other).includes('Voor de tweede.'));
    assert.ok(!texts(one).includes('Voor de tweede.'));
    await context.close();
  });
