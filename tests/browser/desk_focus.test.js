// At the desk: where the focus is while something is at work and after it, what is said aloud of a full inbox, and what
// arrives after the adviser went on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at_desk, kSlow, open_case, serve_desk, unfold } from './kit/desk.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: 2 * kSlow };

let gateway, server, browser, take_down;
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up(serve_desk));
});
after(() => take_down?.());

const focused = (page, selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
// Holds every exchange until `go_on()`; `waiting()` resolves once one is held.
async function held(page) {
  const routes = [];
  let holding = true;
  await page.route('**/v1/exchange', (route) => (holding ? routes.push(route) : route.continue()));
  return {
    waiting: async () => {
      while (routes.length === 0) await page.waitForTimeout(20);
    },
    go_on: async () => {
      holding = false;
      await Promise.all(routes.splice(0).map((route) => route.continue()));
    },
  };
}

test('the focus stays on the button that sends, and two presses send once', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, filed.handle_words);
  await page.fill('#say', 'Eén keer.');
  const { waiting, go_on } = await held(page);
  await page.focus('#do-say');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#do-say[aria-disabled=true]');
  await page.keyboard.press('Enter');
  await waiting();
  assert.ok(await focused(page, '#do-say'));
  await go_on();
  await page.waitForSelector('#do-say[aria-disabled=false]', { timeout: kSlow });
  await page.locator('.said-mine', { hasText: 'Eén keer.' }).waitFor({ timeout: kSlow });
  assert.ok(await focused(page, '#do-say'));
  assert.equal(await page.locator('.errors').count(), 0);
  const said = gateway.desk('mieke', 'show', filed.handle).entries.filter(({ text }) => text === 'Eén keer.');
  assert.equal(said.length, 1);
  await context.close();
});

test('a door that opens keeps the focus on its button', slow, async () => {
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await page.click('#lock');
  await page.fill('#passphrase', 'not this one');
  await page.focus('#open');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#open[aria-disabled=true]');
  await page.keyboard.press('Enter');
  assert.ok(await focused(page, '#open'));
  await page.waitForSelector('#trouble', { timeout: kSlow });
  assert.ok(await page.evaluate(() => document.activeElement !== document.body));
  await context.close();
});

test('who the reporter is, and a question that was let go: the focus goes on from there', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke', '--identity', 'Ik ben Sam.');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, filed.handle_words);
  await page.focus('#open-identity');
  await page.keyboard.press('Enter');
  await page.locator('#part-identity', { hasText: 'Ik ben Sam.' }).waitFor({ timeout: kSlow });
  assert.ok(await page.evaluate(() => document.activeElement.closest('#part-identity') !== null));
  await context.close();
});

test('a row of the inbox keeps the focus when it moves', slow, async () => {
  const stories = ['Eerst.', 'Daarna.', 'Toen.'].map((story) => gateway.report(story, '--to', 'youssef'));
  const { context, page } = await at_desk(browser, server.url, gateway, 'youssef');
  await page.waitForFunction(() => document.querySelectorAll('.inbox-row').length === 3 && !document.querySelector('#left'), null, { timeout: kSlow });
  const order = () => page.locator('.inbox-row').evaluateAll((rows) => rows.map((row) => row.dataset.case));
  const last = (await order()).at(-1);
  const filed = stories.find(({ handle_words }) => handle_words === last);
  await page.focus(`[data-case="${last}"]`);
  gateway.reporter(filed.phrase, 'say', 'Nu meteen.', '--urgent');
  await page.evaluate(() => document.getElementById('check').click()); // as it does by itself every minute
  await page.waitForFunction((name) => document.querySelector('.inbox-row').dataset.case === name, last, { timeout: kSlow });
  assert.ok(await focused(page, `[data-case="${last}"]`));
  await context.close();
});

test('a look at the inbox moves no row, and says aloud how many there are once', slow, async () => {
  for (let count = 0; count < 12; count += 1) gateway.report(`Zaak ${count}.`, '--to', 'anouk');
  const { context, page } = await at_desk(browser, server.url, gateway, 'anouk');
  await page.waitForFunction(() => document.querySelectorAll('.inbox-row').length >= 12 && !document.querySelector('#left'), null, { timeout: kSlow });
  const top = () => page.locator('.inbox-row').first().evaluate((row) => row.getBoundingClientRect().top);
  const before = await top();
  const { waiting, go_on } = await held(page);
  await page.click('#check');
  await waiting();
  assert.equal(await top(), before);
  await go_on();
  await page.locator('#said', { hasText: 'nieuwste' }).waitFor({ state: 'attached', timeout: kSlow });
  assert.equal(await top(), before);
  assert.equal(await page.locator('[role=status]:has(#left)').count(), 0);
  assert.match(await page.locator('[role=status]').first().innerText(), /^\d+ zaken$/);
  await context.close();
});

test('from one case to another that belongs with it, without an error on the way', slow, async () => {
  const [one, two] = ['Eén.', 'Twee.'].map((story) => gateway.report(story, '--to', 'ruud'));
  const { context, page, complaints } = await at_desk(browser, server.url, gateway, 'ruud');
  await open_case(page, one.handle_words);
  await unfold(page, 'fold-papers');
  await page.selectOption('#belongs', { label: two.handle_words });
  const { waiting, go_on } = await held(page);
  await page.locator('#fold-papers .file-list .link').first().click();
  await waiting();
  await page.waitForSelector('.page-inbox');
  await go_on();
  await page.locator('h1', { hasText: two.handle_words }).waitFor({ timeout: kSlow });
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a file of a case that was left before it was made is let go of', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke', '--attach', new URL('desk_focus.test.js', import.meta.url).pathname, '--attach-as-is');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
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
  await open_case(page, filed.handle_words);
  await unfold(page, 'fold-export');
  const { waiting, go_on } = await held(page);
  await page.click('#zip');
  await waiting();
  await page.click('#to-inbox');
  await go_on();
  await page.waitForTimeout(1500);
  assert.equal(await page.evaluate(() => globalThis.urls.size), 0);
  await context.close();
});

test('working days that are folded away and asked for again before they came are shown', slow, async () => {
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  const { waiting, go_on } = await held(page);
  const fold = (open) => page.evaluate((now) => void (document.getElementById('fold-away').open = now), open);
  await fold(true);
  await page.waitForSelector('#fold-away .going', { state: 'attached' });
  await waiting();
  await fold(false);
  await page.waitForTimeout(100);
  await fold(true);
  await go_on();
  await page.waitForSelector('#away-from', { timeout: kSlow });
  await context.close();
});

test('at a zoom of 400 % the bar leaves room to read', slow, async () => {
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke', { size: { width: 320, height: 225 } });
  await page.evaluate(() => scrollTo(0, 400));
  const bar = await page.locator('.top').evaluate((top) => Math.max(0, top.getBoundingClientRect().bottom));
  assert.ok(bar < 75, `${bar} px of 225`);
  await context.close();
});

test('two forms that are not right yet are two, for whoever listens too', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, filed.handle_words);
  for (const name of ['say', 'note']) await page.click(`#do-${name}`);
  assert.equal(await page.locator('.errors').count(), 2);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  assert.deepEqual(twice, []);
  await context.close();
});

test('an invitation that is none leads to the desk’s door', slow, async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/#join=nothing`);
  await page.click('#to-door');
  await page.waitForSelector('#passphrase');
  await page.close();
});
