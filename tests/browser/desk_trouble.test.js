// The desk when things go wrong: let out meanwhile, two at once, locked before an answer came.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at_desk, kSlow, open_case, passphrase_of, send_form, serve_desk } from './kit/desk.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: 3 * kSlow };
let gateway, server, browser, take_down;
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up(serve_desk));
});
after(() => take_down?.());

const texts = (phrase) => gateway.reporter(phrase, 'show').entries.map((row) => row.text);

test('an adviser who is let out meanwhile hears so, and keeps what they typed', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke', '--to', 'youssef');
  const { context, page } = await at_desk(browser, server.url, gateway, 'youssef');
  await open_case(page, filed.handle_words);
  await page.fill('#say', 'Ik ben er nog.');
  gateway.reporter(filed.phrase, 'revoke', 'youssef');
  await send_form(page, 'say');
  await page.waitForSelector('.talk .strip-failed', { timeout: kSlow });
  assert.equal(await page.inputValue('#say'), 'Ik ben er nog.');
  assert.ok(!texts(filed.phrase).includes('Ik ben er nog.'));
  await page.click('#to-inbox');
  await page.click('#check');
  await page.waitForFunction(() => document.querySelectorAll('.inbox-row').length === 0, null, { timeout: kSlow });
  await context.close();
});

test('two advisers who write at once both stand, once each', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke', '--to', 'youssef');
  const desks = await Promise.all(['mieke', 'youssef'].map((name) => at_desk(browser, server.url, gateway, name)));
  await Promise.all(desks.map(({ page }) => open_case(page, filed.handle_words)));
  for (const round of [1, 2, 3]) {
    await Promise.all(desks.map(({ page }, i) => page.fill('#say', `Ronde ${round} van ${i}`)));
    await Promise.all(desks.map(({ page }) => send_form(page, 'say')));
    for (const { page } of desks) await page.waitForFunction(() => document.querySelector('#say').value === '', null, { timeout: kSlow });
  }
  const said = texts(filed.phrase).filter((text) => text?.startsWith('Ronde')).sort();
  assert.deepEqual(said, [1, 2, 3].flatMap((round) => [0, 1].map((i) => `Ronde ${round} van ${i}`)));
  await Promise.all(desks.map(({ context }) => context.close()));
});

test('what was sent as the desk locked stands once, whether it had arrived or not, and what was typed since stays', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  const lock = async () => {
    await page.click('#lock');
    await page.waitForSelector('#passphrase');
  };
  const unlock = async () => {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.fill('#passphrase', passphrase_of('mieke'));
    await page.click('#open');
    await page.waitForSelector('.page-case', { timeout: kSlow });
  };
  // It stands at the gateway, and no answer reaches the desk from then on.
  const arrives = async (text) => {
    let stands = false;
    await page.route('**/v1/exchange', async (route) => {
      const answer = await route.fetch();
      stands ||= texts(filed.phrase).includes(text);
      await (stands ? route.abort() : route.fulfill({ response: answer }));
    });
    await page.click('#do-say');
    while (!stands) await page.waitForTimeout(50);
  };
  await open_case(page, filed.handle_words);
  await page.fill('#say', 'Kwam aan.');
  await page.fill('#note', 'Kwam aan.'); // the same words in another field are not what was sent
  await arrives('Kwam aan.');
  await lock();
  await unlock();
  await page.waitForFunction(() => document.querySelector('#say').value === '', null, { timeout: kSlow });
  assert.match(await page.locator('.talk').innerText(), /Verstuurd/);
  assert.equal(await page.inputValue('#note'), 'Kwam aan.');

  await page.fill('#say', 'Ook dit.');
  await arrives('Ook dit.');
  await page.fill('#say', 'Ook dit. En meer.');
  await lock();
  await unlock();
  assert.equal(await page.inputValue('#say'), 'Ook dit. En meer.');

  await gateway.pause();
  await page.fill('#say', 'Kwam niet aan.');
  await page.click('#do-say');
  await page.waitForSelector('.line-lost', { timeout: kSlow });
  await lock();
  await gateway.resume();
  await unlock();
  assert.equal(await page.inputValue('#say'), 'Kwam niet aan.');
  await send_form(page, 'say');
  await page.waitForFunction(() => document.querySelector('#say').value === '', null, { timeout: kSlow });
  for (const text of ['Kwam aan.', 'Ook dit.', 'Kwam niet aan.'])
    assert.equal(texts(filed.phrase).filter((said) => said === text).length, 1, text);
  await context.close();
});
