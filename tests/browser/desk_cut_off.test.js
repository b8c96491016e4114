// The desk when the line is cut: the gateway gone or killed half-way, an answer that gets lost, a file that was under
// way.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { at_desk, kSlow, open_case, passphrase_of, send_form, serve_desk } from './kit/desk.js';
import { set_up } from './kit/stage.js';

const slow = { timeout: 3 * kSlow };
let gateway, server, browser, folder, take_down;
let loses = false;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up((on) => serve_desk(on, { loses_answers: () => loses })));
});
after(() => take_down?.());

// Asked about first: nothing of it is on its way before the yes.
async function send_file(page, path) {
  await page.setInputFiles('#attach', path);
  assert.match(await page.locator('.question').innerText(), new RegExp(`${basename(path)}[^]*de melder`));
  await page.click('#attach-sure');
}
const texts = (phrase) => gateway.reporter(phrase, 'show').entries.map((row) => row.text);

test('a gateway that is gone half-way costs nothing: what was sent stands once', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, filed.handle_words);
  await page.fill('#say', 'Dit moet aankomen.');
  await gateway.pause();
  await page.click('#do-say');
  await page.waitForSelector('.line-lost', { timeout: kSlow });
  assert.equal(await page.inputValue('#say'), 'Dit moet aankomen.');
  await gateway.resume();
  await page.waitForFunction(() => document.querySelector('#do-say').ariaDisabled === 'false', null, { timeout: kSlow });
  if (await page.locator('.talk .strip-failed').count()) await send_form(page, 'say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });

  // Done, and the answer lost on the way: once more is the same entry.
  loses = true;
  await page.fill('#say', 'En dit ook.');
  await page.click('#do-say');
  await page.waitForTimeout(600);
  loses = false;
  await page.waitForFunction(() => document.querySelector('#do-say').ariaDisabled === 'false', null, { timeout: kSlow });
  if (await page.locator('.talk .strip-failed').count()) await send_form(page, 'say');
  await page.waitForFunction(() => document.querySelectorAll('.said-mine').length >= 2, null, { timeout: kSlow });
  for (const text of ['Dit moet aankomen.', 'En dit ook.'])
    assert.equal(texts(filed.phrase).filter((said) => said === text).length, 1, text);
  await context.close();
});

// The gateway's own test of power cuts is tests/integration; here it is what a desk makes of one.
test('a gateway that is killed half-way in an answer loses nothing it accepted, and what was sent stands once', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, filed.handle_words);
  const kept = [];
  // Killed as the frame leaves, while it is worked on, and as the answer is on its way.
  for (const ms of [0, 5, 15, 40, 90]) {
    const text = `Gezegd, en ${ms} ms later was er niemand.`;
    loses = ms === 90; // once for certain: the answer was on its way, however fast this machine is
    await page.fill('#say', text);
    const leaves = page.waitForRequest('**/v1/exchange');
    await page.click('#do-say');
    await leaves;
    await new Promise((later) => setTimeout(later, ms));
    await gateway.kill();
    await page.waitForTimeout(300);
    loses = false;
    kept.push(await page.inputValue('#say'));
    assert.ok(['', text].includes(kept.at(-1)));
    await gateway.resume();
    if (kept.at(-1) === '') assert.ok(texts(filed.phrase).includes(text), 'what the desk holds for sent was on disk');
    await page.waitForFunction(() => document.querySelector('#do-say').ariaDisabled === 'false', null, { timeout: kSlow });
    if (await page.locator('.talk .strip-failed').count()) await send_form(page, 'say');
    await page.waitForFunction(() => document.querySelector('#say').value === '', null, { timeout: kSlow });
    assert.equal(texts(filed.phrase).filter((said) => said === text).length, 1, text);
  }
  assert.ok(kept.some((text) => text !== ''), 'it was killed before an answer came, at least once');
  await context.close();
});

test('a file whose sending was cut off is let go of by its field, so that a browser tells when it is chosen again', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(page, filed.handle_words);
  await page.route('**/v1/exchange', (route) => route.abort());
  const note = join(folder, 'notitie.txt');
  writeFileSync(note, 'Een notitie.');
  await send_file(page, note);
  await page.waitForSelector('#attach-unfinished', { timeout: kSlow });
  assert.match(await page.locator('.talk').innerText(), /“notitie\.txt” brak af/);
  assert.equal(await page.locator('#attach').evaluate(({ files }) => files.length), 0);
  await page.unroute('**/v1/exchange');
  await send_file(page, note);
  await page.waitForSelector('.timeline .file-list', { timeout: kSlow });
  assert.equal(await page.locator('#attach-unfinished').count(), 0);
  await context.close();
});

test('a file that was on its way as the desk locked goes on where it stopped, when it is chosen again', slow, async () => {
  const filed = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, server.url, gateway, 'mieke');
  const film = join(folder, 'opname.bin');
  writeFileSync(film, randomBytes(6_000_000));
  await open_case(page, filed.handle_words);
  const sent = () => page.evaluate(() => Number(/Verstuurd: (\d+) %/.exec(document.querySelector('.talk').innerText)?.[1] ?? -1));
  await send_file(page, film);
  while ((await sent()) < 50) await page.waitForTimeout(20);
  await page.click('#lock');
  await page.waitForSelector('#passphrase');
  assert.ok(!(await page.content()).includes('opname.bin'));
  await page.fill('#passphrase', passphrase_of('mieke'));
  await page.click('#open');
  await page.waitForSelector('#attach-unfinished', { timeout: kSlow });
  assert.match(await page.locator('#attach-unfinished').innerText(), /“opname\.bin” brak af/);
  assert.equal(gateway.reporter(filed.phrase, 'show').entries.filter(({ event }) => event === 'attachment').length, 0);
  await page.evaluate(() => {
    globalThis.steps = [];
    const look = () => globalThis.steps.push(Number(/Verstuurd: (\d+) %/.exec(document.querySelector('.talk').innerText)?.[1] ?? -1));
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await send_file(page, film);
  await page.waitForSelector('.timeline .file-list', { timeout: kSlow });
  const steps = (await page.evaluate(() => globalThis.steps)).filter((step) => step >= 0);
  assert.ok(steps.length > 0 && Math.min(...steps) >= 40, `it began at ${steps[0]} %`);
  assert.equal(await page.locator('#attach-unfinished').count(), 0);
  assert.equal(gateway.reporter(filed.phrase, 'show').entries.filter(({ event }) => event === 'attachment').length, 1);
  await context.close();
});
