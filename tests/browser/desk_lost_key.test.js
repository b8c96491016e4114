// A key file that is lost: its person makes new keys by a link, a colleague's desk seals for these from then on, and
// only the reporter can give them what was before.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kDesktop, kHaste, visit } from './kit/browser.js';
import { at_desk, kSlow, open_case, passphrase_of, send_form, serve_desk } from './kit/desk.js';
import { set_up } from './kit/stage.js';
import { come_back, keep, to_review } from './kit/walk.js';

let gateway, server, app, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up(serve_desk));
  app = await gateway.serve_app();
});
after(async () => {
  app?.close();
  await take_down?.();
});

const kPassphrase = 'een nieuwe zin, na het verlies';
const main = (page) => page.locator('main').innerText();
const shows = (page, text) => page.waitForFunction((told) => document.querySelector('main').innerText.includes(told), text, { timeout: kSlow });

// New keys for the place that somebody keeps, made in a browser of theirs; saved as `NAME.key`.
async function makes_new_keys(name) {
  const { link } = gateway.admin('invite', name, '--renew');
  const { context, page } = await visit(browser, `${server.url}/${link.slice(link.indexOf('#'))}`, { size: kDesktop, touch: false });
  await page.waitForSelector('#make[aria-disabled=false]', { timeout: kSlow });
  assert.match(await main(page), /nieuwe sleutels/i);
  for (const field of ['#new-passphrase', '#again']) await page.fill(field, kPassphrase);
  await page.click('#make');
  await page.waitForSelector('#save-key', { timeout: kSlow });
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-key')]);
  await download.saveAs(join(folder, `${name}.key`));
  const request = join(folder, `${name}.request`);
  writeFileSync(request, await page.inputValue('#request'));
  const fingerprint = (await page.locator('#fingerprint').innerText()).replaceAll(/\s/g, '');
  gateway.admin('approve', request, '--fingerprint', fingerprint);
  await gateway.pause();
  await gateway.resume(); // takes the new directory at once
  await context.close();
}

test('a lost key file: the old one opens nothing, colleagues seal for the new one, and the reporter gives back the rest', { timeout: 5 * kSlow }, async () => {
  const filed = gateway.report('Het hele verhaal.', '--to', 'youssef', '--to', 'mieke');
  const mieke = await at_desk(browser, server.url, gateway, 'mieke');
  await open_case(mieke.page, filed.handle_words);
  await mieke.page.fill('#say', 'Voor het verlies.');
  await send_form(mieke.page, 'say');
  await shows(mieke.page, 'Voor het verlies.');
  const finder = await at_desk(browser, server.url, gateway, 'youssef');
  await open_case(finder.page, filed.handle_words);
  await makes_new_keys('youssef');

  // Whoever had opened a desk with the lost file is before its door at the next look, and nothing of it is left.
  await finder.page.click('#to-inbox');
  await finder.page.waitForSelector('#trouble', { timeout: kSlow });
  assert.match(await finder.page.locator('#trouble').innerText(), /andere sleutel/);
  assert.ok(!(await finder.page.content()).includes('Het hele verhaal.'));
  await finder.context.close();
  const youssef = await visit(browser, server.url, { size: kDesktop, touch: false });
  const opens = async (file, passphrase) => {
    youssef.page.setDefaultTimeout(kSlow);
    await youssef.page.setInputFiles('#key-file', file);
    await youssef.page.fill('#passphrase', passphrase);
    await youssef.page.click('#open[aria-disabled=false]', { timeout: kSlow });
  };
  // Whoever found the lost file, with its passphrase, too, stands before a closed door.
  await opens(`${gateway.demo.people}/youssef.key`, passphrase_of('youssef'));
  await youssef.page.waitForSelector('#trouble', { timeout: kSlow });
  assert.match(await youssef.page.locator('#trouble').innerText(), /andere sleutel/);
  await opens(join(folder, 'youssef.key'), kPassphrase);
  await open_case(youssef.page, filed.handle_words);
  let read = await main(youssef.page);
  for (const text of ['Het hele verhaal.', 'Voor het verlies.']) assert.ok(!read.includes(text), text);
  assert.match(read, /niet met jou gedeeld/);

  // A colleague opens the case, and that is all it takes. They see that it is another key, too.
  const changed = () => mieke.page.locator('.access .warn').allInnerTexts();
  assert.deepEqual(await changed(), []);
  await mieke.page.click('#to-inbox');
  await mieke.page.click('#check');
  await open_case(mieke.page, filed.handle_words);
  const seen = await changed();
  assert.equal(seen.length, 1);
  assert.match(seen[0], /^Sleutel veranderd op/);
  await mieke.page.fill('#say', 'Na het verlies.');
  await send_form(mieke.page, 'say');
  await shows(mieke.page, 'Na het verlies.');
  await youssef.page.click('#to-inbox');
  await youssef.page.click('#check');
  await open_case(youssef.page, filed.handle_words);
  await shows(youssef.page, 'Na het verlies.');
  read = await main(youssef.page);
  for (const text of ['Het hele verhaal.', 'Voor het verlies.']) assert.ok(!read.includes(text), `nobody but the owner gives back: ${text}`);
  await youssef.page.fill('#say', 'Ik ben er weer.');
  await send_form(youssef.page, 'say');
  await shows(youssef.page, 'Ik ben er weer.');

  // The reporter sees since when, and lets the new keys in to what was before.
  const reporter = await visit(browser, app.url, { haste: kHaste });
  await come_back(reporter.page, filed.phrase, kSlow);
  for (const text of ['Na het verlies.', 'Ik ben er weer.']) await shows(reporter.page, text);
  assert.match(await main(reporter.page), /Youssef[^.]*sleutel/);
  await reporter.page.click('#let-in');
  await reporter.page.selectOption('#who', await reporter.page.locator('#who option', { hasText: 'Youssef' }).getAttribute('value'));
  assert.match(await reporter.page.locator('.field .warn').innerText(), /sleutel van deze persoon/i);
  await reporter.page.locator('input[name=part]').first().check();
  await reporter.page.click('#send');
  await reporter.page.waitForSelector('#look-again', { timeout: kSlow });
  await youssef.page.click('#to-inbox');
  await youssef.page.click('#check');
  await open_case(youssef.page, filed.handle_words);
  await shows(youssef.page, 'Het hele verhaal.');
  const { alarms } = gateway.reporter(filed.phrase, 'show');
  assert.deepEqual(alarms, []);
  for (const { context } of [mieke, youssef, reporter]) await context.close();
});

test('whoever is writing to somebody whose key changes meanwhile chooses them anew, seeing it, or somebody else', { timeout: 5 * kSlow }, async () => {
  const anouk = '.choice:has-text("Anouk") input[name=adviser]';
  const { page, context } = await visit(browser, app.url, { haste: kHaste });
  await to_review(page, 'report', undefined, anouk);
  await makes_new_keys('anouk');
  await page.click('#send');
  await page.waitForSelector('#change', { timeout: kSlow });
  assert.match(await page.locator('.strip-failed').innerText(), /Anouk[^.]*sleutel[^.]*vervangen/);
  await page.click('#change');
  await page.click('[data-change=adviser]');
  await page.waitForSelector('.choice:has-text("Anouk") .warn', { timeout: kSlow }); // once it was looked who is here
  assert.match(await page.locator('.choice:has-text("Anouk") .warn').innerText(), /sleutel van deze persoon/i);
  assert.equal(await page.locator('input[name=adviser]:checked').count(), 0);
  await page.locator(anouk).check();
  await page.click('#next');
  await page.click('#send');
  await keep(page, undefined, kSlow);
  await context.close();
});
