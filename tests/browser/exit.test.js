// Away at once, from every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kDesktop, visit } from './kit/browser.js';
import { set_up_fake } from './kit/stage.js';
import { kStory } from './kit/walk.js';

const kBlankMs = 300;
const kSlow = 60_000;
const kNeutralMs = 300; // any real site takes as long; what the page said last is heard before it is gone
const kNeutral = 'https://neutral.example/';

let server, browser, take_down;
before(async () => {
  ({ server, browser, take_down } = await set_up_fake());
});
after(() => take_down?.());

// A page with a story typed, a neutral site to go to, and a stopwatch from the press to the blank page.
async function writing() {
  const visited = await visit(browser, server.url, { size: kDesktop, touch: false });
  const { page, context } = visited;
  visited.arrived = [];
  await context.route(`${kNeutral}**`, async (route) => {
    visited.arrived.push(route.request().headers());
    await page.waitForTimeout(kNeutralMs).catch(() => {});
    return route.fulfill({ contentType: 'text/html', body: '<h1>Het weer</h1>' });
  });
  visited.blank_ms = new Promise((told) => {
    page.on('console', (message) => {
      const found = message.text().match(/^blank after ([\d.]+)$/);
      if (found) told(Number(found[1]));
    });
  });
  await page.click('#door-report');
  await page.click('#next');
  await page.fill('#story', kStory);
  await page.waitForTimeout(120); // the directory
  await page.evaluate(() => {
    let pressed = 0;
    const press = (event) => (pressed = event.timeStamp);
    addEventListener('pointerdown', press, true);
    addEventListener('keydown', press, true);
    const watch = new MutationObserver(() => {
      if (document.body.textContent === '') console.log(`blank after ${performance.now() - pressed}`);
    });
    watch.observe(document.body, { childList: true });
  });
  return visited;
}

const kWays = {
  'one tap': (page) => page.click('#exit'),
  'Shift three times': async (page) => {
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift');
  },
};

for (const [way, leave] of Object.entries(kWays))
  test(`quick exit blanks within 300 ms (${way}), also on a slow phone`, { timeout: kSlow }, async () => {
    const { page, context, blank_ms, arrived } = await writing();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await leave(page);
    const took_ms = await blank_ms;
    assert.ok(took_ms < kBlankMs, `${took_ms} ms`);
    await page.waitForURL(kNeutral);
    assert.equal(arrived[0].referer, undefined);
    await context.close();
  });

test('quick exit takes the page’s place, so that Back does not lead to the story', async () => {
  const { page, context } = await writing();
  const before = await page.evaluate(() => history.length);
  await page.click('#exit');
  await page.waitForURL(kNeutral);
  assert.equal(await page.evaluate(() => history.length), before);
  await page.goBack();
  assert.ok(!page.url().startsWith(server.url), page.url());
  assert.equal(await page.locator('#story').count(), 0);
  await context.close();
});

test('who leaves at once while recording is not listened to until the neutral page comes', async () => {
  const { page, context } = await writing();
  // A microphone that nobody has to allow; said by the page itself, since a browser ends it in any case with the page.
  await page.evaluate(() => {
    const lent = new AudioContext().createMediaStreamDestination().stream;
    for (const track of lent.getTracks()) {
      const stop = track.stop.bind(track);
      track.stop = () => (stop(), console.log(`microphone ${track.readyState}`));
    }
    navigator.mediaDevices.getUserMedia = async () => lent;
  });
  await page.click('#record');
  await page.waitForSelector('#record-stop');
  const off = page.waitForEvent('console', { predicate: (message) => message.text() === 'microphone ended', timeout: 10_000 });
  await page.click('#exit');
  await off;
  await context.close();
});

test('quick exit leaves the browser history, and the page says so', async () => {
  const { page, context } = await writing();
  assert.match(await page.locator('footer').textContent(), /browsergeschiedenis blijft staan/);
  await context.close();
});

test('the address stands in the browser history', async () => {
  const { page, context } = await writing();
  await page.goto('about:blank');
  await page.goBack();
  assert.equal(page.url(), `${server.url}/`);
  await context.close();
});

test('Shift while writing capitals leads nowhere', async () => {
  const { page, context } = await writing();
  await page.focus('#story');
  for (const letter of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${letter}`);
  assert.equal(page.url(), `${server.url}/`);
  assert.ok((await page.inputValue('#story')).endsWith('ABCD'));
  await context.close();
});

test('before the directory is known the exit leads to an empty page', async () => {
  const { page, context } = await visit(browser, server.url, { fake: { slot_ms: 60_000 } });
  await page.click('#exit');
  await page.waitForURL('about:blank');
  await context.close();
});
