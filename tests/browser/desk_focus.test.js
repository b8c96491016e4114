// At the desk: where the focus is while something is at work and after it, what is said aloud of a full inbox, and what
// arrives after the adviser went on. One desk, open all the while.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { kDesktop } from './kit/browser.js';
import { at_desk, kSlow, open_case, passphrase_of, serve_desk, unfold } from './kit/desk.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: kSlow };

let gateway, server, browser, take_down, page, complaints, known;
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up(serve_desk));
  known = ['Eerst.', 'Dan.', 'Daarna.'].map((story) => gateway.report(story, '--to', 'mieke'));
  ({ page, complaints } = await at_desk(browser, server.url, gateway, 'mieke'));
});
after(() => take_down?.());
beforeEach(async () => {
  if (await page.locator('#to-inbox').count()) await page.click('#to-inbox');
  await looked();
});

const looked = () => page.waitForSelector('#check[aria-disabled=false]', { timeout: kSlow });
const focused = (selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
const focus_in = (selector) =>
  page.waitForFunction((wanted) => document.activeElement.closest(wanted) !== null, selector, { timeout: kSlow });
// A new case, in the inbox.
async function filed(...args) {
  const made = gateway.report('Een verhaal.', '--to', 'mieke', ...args);
  known.push(made);
  await page.click('#check');
  await page.waitForSelector(`[data-case="${made.handle_words}"]`, { timeout: kSlow });
  return made;
}
// Holds every exchange until `go_on()`, at the latest until the test's end; `waiting()` resolves once one is held.
let let_go = async () => {};
afterEach(() => let_go());
async function held() {
  const routes = [];
  let holding = true;
  await page.route('**/v1/exchange', (route) => (holding ? routes.push(route) : route.continue()));
  let_go = async () => {
    holding = false;
    let_go = async () => {};
    await Promise.all(routes.splice(0).map((route) => route.continue()));
    await page.unroute('**/v1/exchange');
  };
  return {
    waiting: async () => {
      while (routes.length === 0) await page.waitForTimeout(20);
    },
    go_on: () => let_go(),
  };
}

test('the focus stays on the button that sends, and two presses send once', slow, async () => {
  const { handle, handle_words } = await filed();
  await open_case(page, handle_words);
  await page.fill('#say', 'Eén keer.');
  const { waiting, go_on } = await held();
  await page.focus('#do-say');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#do-say[aria-disabled=true]');
  await page.keyboard.press('Enter');
  await waiting();
  assert.ok(await focused('#do-say'));
  await go_on();
  await page.waitForSelector('#do-say[aria-disabled=false]', { timeout: kSlow });
  await page.locator('.said-mine', { hasText: 'Eén keer.' }).waitFor({ timeout: kSlow });
  assert.ok(await focused('#do-say'));
  assert.equal(await page.locator('.errors').count(), 0);
  const said = gateway.desk('mieke', 'show', handle).entries.filter(({ text }) => text === 'Eén keer.');
  assert.equal(said.length, 1);
});

test('who the reporter is was asked for: the focus goes on from there', slow, async () => {
  const { handle_words } = await filed('--identity', 'Ik ben Sam.');
  await open_case(page, handle_words);
  await page.focus('#open-identity');
  await page.keyboard.press('Enter');
  await page.locator('#part-identity', { hasText: 'Ik ben Sam.' }).waitFor({ timeout: kSlow });
  await focus_in('#part-identity');
});

test('a row of the inbox keeps the focus when it moves', slow, async () => {
  await page.evaluate(() => delete Element.prototype.moveBefore); // which keeps the focus by itself, where a browser has it
  // The last of three or more: what comes up by one stays where it is in the page, and the other one moves.
  const name = await page.locator('.inbox-row').last().getAttribute('data-case');
  const { phrase } = known.find(({ handle_words }) => handle_words === name);
  await page.focus(`[data-case="${name}"]`);
  gateway.reporter(phrase, 'say', 'Nu meteen.', '--urgent');
  await page.evaluate(() => document.getElementById('check').click()); // as it looks by itself every minute
  await page.waitForFunction((wanted) => document.querySelector('.inbox-row').dataset.case === wanted, name, { timeout: kSlow });
  assert.ok(await focused(`[data-case="${name}"]`));
});

test('a look at the inbox moves no row, and says aloud how many there are once', slow, async () => {
  await page.waitForSelector('#left', { state: 'detached', timeout: kSlow });
  const top = () => page.locator('.inbox-row').first().evaluate((row) => row.getBoundingClientRect().top);
  const before_it = await top();
  const { waiting, go_on } = await held();
  await page.click('#check');
  await waiting();
  assert.equal(await top(), before_it);
  await go_on();
  await page.locator('#said', { hasText: 'nieuwste' }).waitFor({ state: 'attached', timeout: kSlow });
  assert.equal(await top(), before_it);
  assert.match(await page.locator('main [role=status]').innerText(), /^\d+ zaken$/);
});

test('from one case to another that belongs with it, without an error on the way', slow, async () => {
  const [one, two] = [await filed(), await filed()];
  await open_case(page, one.handle_words);
  await unfold(page, 'fold-papers');
  await page.selectOption('#belongs', { label: two.handle_words });
  const { waiting, go_on } = await held();
  await page.locator('#fold-papers .file-list .link').first().click();
  await waiting();
  await page.waitForSelector('.page-inbox');
  await go_on();
  await page.locator('h1', { hasText: two.handle_words }).waitFor({ timeout: kSlow });
  assert.deepEqual(complaints, []);
});

test('a file of a case that was left before it was made is let go of', slow, async () => {
  const { handle_words } = await filed('--attach', new URL(import.meta.url).pathname, '--attach-as-is');
  await page.evaluate(() => {
    globalThis.urls = new Set();
    const [create, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
    URL.createObjectURL = (blob) => {
      const url = create(blob);
      globalThis.urls.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => (globalThis.urls.delete(url), revoke(url));
  });
  await open_case(page, handle_words);
  await unfold(page, 'fold-export');
  const { waiting, go_on } = await held();
  await page.click('#zip');
  await waiting();
  await page.click('#to-inbox');
  await go_on();
  await looked();
  await page.waitForTimeout(500); // the file was asked for before
  assert.equal(await page.evaluate(() => globalThis.urls.size), 0);
});

test('working days that are folded away and asked for again before they came are shown', slow, async () => {
  const { waiting, go_on } = await held();
  const fold = (open) => page.evaluate((now) => void (document.getElementById('fold-away').open = now), open);
  await fold(true);
  await page.waitForSelector('#fold-away .going', { state: 'attached' });
  await waiting();
  await fold(false);
  await page.waitForTimeout(100);
  await fold(true);
  await go_on();
  await page.waitForSelector('#away-from', { timeout: kSlow });
});

test('two forms that are not right yet are two, for whoever listens too', slow, async () => {
  const { handle_words } = await filed();
  await open_case(page, handle_words);
  for (const name of ['say', 'note']) await page.click(`#do-${name}`);
  assert.equal(await page.locator('.errors').count(), 2);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  assert.deepEqual(twice, []);
});

test('at a zoom of 400 % the bar leaves all the room to what is read', slow, async () => {
  await page.setViewportSize({ width: 320, height: 225 });
  const [scrolled, bar] = await page.evaluate(() => {
    scrollTo(0, 400);
    return [scrollY, document.querySelector('.top').getBoundingClientRect().bottom];
  });
  await page.setViewportSize(kDesktop);
  assert.ok(scrolled > 100, `${scrolled} px`);
  assert.ok(bar <= 0, `${bar} px of 225`);
});

test('a file that is too large is told of, and nothing of it is sent', slow, async () => {
  const { handle, handle_words } = await filed();
  const folder = mkdtempSync(join(tmpdir(), 'omzien-heavy-'));
  writeFileSync(join(folder, 'heavy.bin'), '');
  truncateSync(join(folder, 'heavy.bin'), 100 * 1024 * 1024 + 1);
  await open_case(page, handle_words);
  await page.setInputFiles('#attach', join(folder, 'heavy.bin'));
  await page.locator('[role=alert]', { hasText: 'te groot' }).waitFor();
  await page.waitForTimeout(500); // nothing is on its way that would arrive later
  assert.equal(await page.locator('#attach-unfinished').count(), 0);
  assert.equal(gateway.desk('mieke', 'show', handle).entries.filter(({ event }) => event === 'attachment').length, 0);
  rmSync(folder, { recursive: true });
});

test('a door that opens keeps the focus on its button', slow, async () => {
  await page.click('#lock');
  await focus_in('h1');
  await page.fill('#passphrase', passphrase_of('mieke'));
  await page.focus('#open');
  const at_work = page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const button = document.getElementById('open');
    while (button.ariaDisabled !== 'true') await frame();
    const focused = new Set();
    for (; button.isConnected && button.ariaDisabled === 'true'; await frame()) focused.add(document.activeElement.id);
    return [...focused];
  });
  await page.keyboard.press('Enter');
  assert.deepEqual(await at_work, ['open']);
  await page.waitForSelector('.page-inbox', { timeout: kSlow });
  await focus_in('h1');
});

test('an invitation that is none leads to the desk’s door', slow, async () => {
  const invited = await browser.newPage();
  await invited.goto(`${server.url}/#join=nothing`);
  await invited.click('#to-door');
  await invited.waitForSelector('#passphrase');
  await invited.close();
});
