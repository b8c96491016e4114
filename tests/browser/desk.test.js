// The adviser's desk as a gateway serves it: opening it, locking it, and a reporter and advisers who work on one case,
// each at their own place. The reporter's side is `omzien`.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { kDesktop, launch, visit } from './kit/browser.js';
import { at_desk, fill_in, kSlow, open_case, passphrase_of, send_form, unfold } from './kit/desk.js';
import { RealGateway } from './kit/real.js';

let gateway, browser, folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'omzien-desk-'));
  gateway = await RealGateway.start({ pages: true });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const slow = { timeout: 2 * kSlow };
const text_of = (page, selector = 'main') => page.locator(selector).innerText();
const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('opening the desk', () => {
  test('a wrong passphrase says so; the right one opens, and honest progress shows on the way', slow, async () => {
    const { context, page, complaints } = await visit(browser, gateway.demo.desk_url, { size: kDesktop, touch: false });
    await fill_in(page, gateway, 'mieke', 'not her passphrase');
    await page.evaluate(() => {
      globalThis.seen = [];
      globalThis.alive = 0;
      const frame = () => requestAnimationFrame(() => ((globalThis.alive += 1), frame()));
      frame();
      new MutationObserver(() => globalThis.seen.push(document.querySelector('progress')?.value ?? -1)).observe(
        document, { subtree: true, childList: true, attributes: true });
    });
    await page.click('#open');
    await page.waitForSelector('#trouble', { timeout: kSlow });
    const { seen, alive } = await page.evaluate(() => ({ seen: globalThis.seen, alive: globalThis.alive }));
    const steps = [...new Set(seen.filter((value) => value > 0 && value < 100))];
    assert.ok(steps.length >= 5, `progress went ${steps}`);
    assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
    assert.ok(alive >= 5, `the page drew ${alive} times meanwhile`);
    assert.match(await text_of(page), /wachtzin klopt niet/);

    await page.fill('#passphrase', passphrase_of('mieke'));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.page-inbox', { timeout: kSlow });
    assert.match(await text_of(page, '.whose'), /Mieke/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('what is no key file, and what is nobody’s, is said before any waiting', slow, async () => {
    const { context, page } = await visit(browser, gateway.demo.desk_url, { size: kDesktop, touch: false });
    await page.waitForSelector('#open[aria-disabled=false]', { timeout: kSlow });
    await page.click('#open');
    assert.match(await text_of(page, '.errors'), /Kies eerst/);
    await page.setInputFiles('#key-file', file('holiday.key', 'a photo, perhaps'));
    await page.fill('#passphrase', 'anything');
    await page.click('#open');
    await page.waitForSelector('#trouble');
    assert.match(await text_of(page, '#trouble'), /geen sleutelbestand/);
    await context.close();
  });

  test('nothing stays in the browser, but the encrypted key file when it is asked for', slow, async () => {
    const first = await at_desk(browser, gateway.demo.desk_url, gateway, 'anouk');
    const kept = (page) => page.evaluate(async () => (await indexedDB.databases()).length + localStorage.length + sessionStorage.length);
    assert.equal(await kept(first.page), 0);
    await first.page.reload();
    await fill_in(first.page, gateway, 'anouk');
    await first.page.check('#keep');
    await first.page.click('#open');
    await first.page.waitForSelector('.page-inbox', { timeout: kSlow });
    await first.page.reload();
    await first.page.waitForSelector('#forget', { timeout: kSlow });
    const copy = await first.page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open('omzien-desk');
      opening.onsuccess = () => {
        const asked = opening.result.transaction('key-file').objectStore('key-file').get('mine');
        asked.onsuccess = () => (opening.result.close(), done([...asked.result.bytes]));
      };
    }));
    assert.deepEqual(Buffer.from(copy), readFileSync(`${gateway.demo.people}/anouk.key`), 'the file as it was, encrypted');
    await first.page.fill('#passphrase', passphrase_of('anouk'));
    await first.page.click('#open');
    await first.page.waitForSelector('.page-inbox', { timeout: kSlow });
    await first.page.click('#lock');
    await first.page.click('#forget');
    await first.page.waitForSelector('#forget', { state: 'detached' });
    assert.equal(await kept(first.page), 0);
    await first.context.close();
  });
});

test('locking wipes what was read and keeps what was typed', slow, async () => {
  const { handle_words } = gateway.report('Dit staat nergens anders.', '--to', 'mieke');
  const { context, page } = await at_desk(browser, gateway.demo.desk_url, gateway, 'mieke');
  await open_case(page, handle_words);
  await page.fill('#say', 'Een half antwoord');
  await page.click('#lock');
  await page.waitForSelector('#passphrase');
  const html = await page.content();
  for (const secret of ['Dit staat nergens', 'Een half antwoord', handle_words]) assert.ok(!html.includes(secret), secret);
  await page.fill('#passphrase', passphrase_of('mieke'));
  await page.click('#open');
  await page.waitForSelector('.page-case', { timeout: kSlow });
  assert.equal(await page.inputValue('#say'), 'Een half antwoord');
  assert.match(await text_of(page, '#part-story'), /Dit staat nergens/);

  // Somebody else's passphrase at the same page finds none of it.
  await page.click('#lock');
  await fill_in(page, gateway, 'youssef');
  await page.click('#open');
  await page.waitForSelector('.page-inbox', { timeout: kSlow });
  assert.equal(await page.locator('.inbox-row').count(), 0);
  await context.close();
});

test('a desk that is locked while it still opens cases opens again as ever', slow, async () => {
  const filed = Array.from({ length: 6 }, (_, i) => gateway.report(`Zaak ${i}`, '--to', 'ruud'));
  const { context, page, complaints } = await visit(browser, gateway.demo.desk_url, { size: kDesktop, touch: false });
  await fill_in(page, gateway, 'ruud');
  for (let times = 0; times < 2; times += 1) {
    await page.fill('#passphrase', passphrase_of('ruud'));
    await page.click('#open');
    await page.waitForSelector('.page-inbox', { timeout: kSlow });
    await page.click('#lock');
    await page.waitForSelector('#passphrase');
  }
  await page.fill('#passphrase', passphrase_of('ruud'));
  await page.click('#open');
  await page.waitForFunction((count) => document.querySelectorAll('.inbox-row').length === count && !document.querySelector('#left'), filed.length, { timeout: kSlow });
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an idle desk locks itself, and labels that were being typed are there again', slow, async () => {
  const { handle_words } = gateway.report('Een zaak.', '--to', 'anouk');
  const { context, page } = await visit(browser, gateway.demo.desk_url, { size: kDesktop, touch: false });
  await page.clock.install();
  await page.reload();
  await page.clock.resume();
  await fill_in(page, gateway, 'anouk');
  await page.click('#open');
  await open_case(page, handle_words);
  await unfold(page, 'fold-papers');
  await page.fill('#labels', 'app, kantine'); // they count once the field is left
  await page.clock.fastForward(9 * 60_000);
  assert.equal(await page.locator('.page-case').count(), 1, 'not before its time');
  await page.clock.fastForward(2 * 60_000);
  await page.waitForSelector('#passphrase');
  assert.match(await text_of(page), /tien minuten niets/);
  await page.fill('#passphrase', passphrase_of('anouk'));
  await page.click('#open');
  await page.waitForSelector('.page-case', { timeout: kSlow });
  assert.equal(await page.inputValue('#labels'), 'app, kantine');
  await context.close();
});

test('talk, a proposal with a yes-if, a committee that reads only the summary, its decision, the outcome', { timeout: 4 * kSlow }, async () => {
  const filed = gateway.report('De ploegchef lacht mij uit. Dit is het hele verhaal.', '--to', 'mieke', '--stand-in', 'ruud',
    '--identity', 'Ik ben Sam.', '--people', 'De ploegchef van team 4.');
  const mieke = await at_desk(browser, gateway.demo.desk_url, gateway, 'mieke', { locale: 'en-GB' });
  const { page } = mieke;
  await open_case(page, filed.handle_words);
  assert.match(await text_of(page, '#part-story'), /het hele verhaal/);
  assert.ok(!(await page.content()).includes('Ik ben Sam'), 'who they are is not on the page before it is asked for');

  await page.fill('#say', 'I have read every word of it.');
  await send_form(page, 'say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });
  const seen = gateway.reporter(filed.phrase, 'show');
  assert.ok(seen.entries.some((row) => row.text === 'I have read every word of it.' && row.milestone === 'acknowledged'));

  await page.click('#open-identity');
  await page.waitForFunction(() => document.querySelector('#part-identity').innerText.includes('Ik ben Sam'), null, { timeout: kSlow });
  assert.equal(gateway.reporter(filed.phrase, 'show').identity_opened.length, 1, 'opening it is recorded');

  await page.fill('#note', 'Same chief as in May.');
  await send_form(page, 'note');
  await page.waitForSelector('.note', { timeout: kSlow });
  assert.ok(!JSON.stringify(gateway.reporter(filed.phrase, 'show')).includes('as in May'), 'the reporter never reads notes');

  // Nobody is let in by proposing.
  await unfold(page, 'fold-propose');
  await page.selectOption('#step', 'share_triage');
  await page.fill('#propose-text', 'The committee reads a summary, no more.');
  for (const name of ['ilse', 'tarik']) await page.check(`[name=reader-${name}]`);
  await send_form(page, 'propose');
  assert.match(await text_of(page, '.errors'), /needs a draft/);
  await page.fill('#propose-summary', 'A supervisor makes jokes at briefings.');
  await page.locator('#until').pressSequentially('01'); // half a date is not none
  await send_form(page, 'propose');
  assert.match(await text_of(page, '.errors'), /no whole date/);
  await page.locator('#until').press('Backspace');
  await send_form(page, 'propose');
  await page.waitForSelector('.proposal-open', { timeout: kSlow });
  assert.deepEqual(gateway.desk('ilse', 'inbox').cases, []);
  const [question] = gateway.reporter(filed.phrase, 'show').open_questions;
  assert.deepEqual(question.readers.map(({ name, compartments }) => [name, compartments]).sort(), [['ilse', ['summary']], ['tarik', ['summary']]]);

  gateway.reporter(filed.phrase, 'answer', String(question.seq), 'yes-if', '--text', 'Without team numbers.',
    '--summary', file('mine.txt', 'Somebody makes jokes at briefings.'));
  await page.click('#to-inbox');
  await page.click('#check');
  await open_case(page, filed.handle_words);
  await page.waitForSelector('.proposal-answered .may-act', { timeout: kSlow });
  assert.match(await text_of(page, '.proposal-answered'), /yes, if …[^]*Without team numbers/);

  const ilse = await at_desk(browser, gateway.demo.desk_url, gateway, 'ilse', { locale: 'en-GB' });
  await open_case(ilse.page, filed.handle_words);
  const told = await ilse.page.content();
  assert.ok(told.includes('Somebody makes jokes at briefings.'));
  for (const hidden of ['hele verhaal', 'every word of it', 'ploegchef van team 4', 'Ik ben Sam', 'as in May']) assert.ok(!told.includes(hidden), hidden);
  for (const id of ['say', 'outcome']) assert.equal(await ilse.page.locator(`#do-${id}`).count(), 0, `a committee has no ${id}`);
  await unfold(ilse.page, 'fold-assessment');
  await ilse.page.fill('#assessment', 'A talk with the chief, soon.');
  await send_form(ilse.page, 'assessment');
  await unfold(ilse.page, 'fold-triage');
  await send_form(ilse.page, 'triage');
  assert.match(await text_of(ilse.page, '.errors'), /which decision/, 'none is chosen beforehand');
  await ilse.page.selectOption('#ruling', { label: 'A conversation' });
  await ilse.page.fill('#ruling-text', 'A talk with the chief.');
  await ilse.page.fill('#ruling-reason', 'It has to stop now.');
  assert.equal(await page.locator('#do-outcome').count(), 0, 'no outcome before the decision');
  await send_form(ilse.page, 'triage');
  await ilse.page.waitForSelector('#triage-decision', { timeout: kSlow });

  await page.click('#to-inbox');
  await page.click('#check');
  await open_case(page, filed.handle_words);
  await page.waitForSelector('#triage-decision', { timeout: kSlow });
  await unfold(page, 'fold-outcome');
  await page.fill('#outcome-text', 'The chief was spoken to.');
  await send_form(page, 'outcome');
  assert.match(await text_of(page, '.errors'), /both texts/);
  await page.fill('#outcome-reason', 'The committee decided so.');
  await send_form(page, 'outcome');
  await page.waitForFunction(() => document.querySelector('.tag-state')?.innerText === 'Closed', null, { timeout: kSlow });
  assert.equal(gateway.reporter(filed.phrase, 'show').state, 'closed');
  assert.deepEqual([...mieke.complaints, ...ilse.complaints], []);
  await Promise.all([mieke.context.close(), ilse.context.close()]);
});

test('a case file to take along: every hash fits, and the redacted one tells less', slow, async () => {
  const filed = gateway.report('Een verhaal met een foto.', '--to', 'mieke', '--identity', 'Ik ben Robin.', '--attach', file('../evil name.txt'.replace('../', ''), 'the file'));
  const { context, page } = await at_desk(browser, gateway.demo.desk_url, gateway, 'mieke');
  await open_case(page, filed.handle_words);
  await page.fill('#note', 'Een notitie.');
  await send_form(page, 'note');
  await page.waitForSelector('.note', { timeout: kSlow });
  await unfold(page, 'fold-export');
  const save = async (name) => {
    await page.click('#zip');
    await page.waitForSelector('#zip-file', { timeout: kSlow });
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#zip-file')]);
    await download.saveAs(join(folder, name));
    // Another program's reader, which checks every CRC.
    const script = 'import json,sys,zipfile,hashlib\nz=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None\nm=json.loads(z.read("manifest.json"))\nfor f in m["files"]: assert hashlib.sha256(z.read(f["name"])).hexdigest()==f["sha256"], f\nprint(json.dumps({n: z.read(n).decode() for n in z.namelist()}))';
    return JSON.parse(execFileSync('python3', ['-c', script, join(folder, name)]));
  };
  const whole = await save('whole.zip');
  assert.deepEqual(Object.keys(whole).sort(), ['attachments/001-evil name.txt', 'case.json', 'case.txt', 'manifest.json']);
  assert.equal(whole['attachments/001-evil name.txt'], 'the file');
  assert.match(whole['case.txt'], /Een verhaal met een foto[^]*Een notitie/);
  assert.ok(!JSON.stringify(whole).includes('Ik ben Robin'), 'not before the identity was opened');
  await page.check('#redacted');
  const less = await save('less.zip');
  assert.deepEqual(Object.keys(less).sort(), ['case.json', 'case.txt', 'manifest.json']);
  for (const hidden of ['Een notitie', 'Ik ben Robin']) assert.ok(!JSON.stringify(less).includes(hidden), hidden);
  await context.close();
});

test('what is done at one case stays there, also when another one is open before it is done', slow, async () => {
  const [one, other] = ['Sam', 'Robin'].map((name) => gateway.report(`Het verhaal van ${name}.`, '--to', 'mieke', '--identity', `Ik ben ${name}.`));
  const { context, page } = await at_desk(browser, gateway.demo.desk_url, gateway, 'mieke');
  await page.waitForSelector(`[data-case="${other.handle_words}"]`, { timeout: kSlow });
  await open_case(page, one.handle_words);
  await page.waitForTimeout(500);
  let holding = true;
  const held = [];
  await page.route('**/v1/exchange', (route) => (holding ? held.push(route) : route.continue()));
  await page.fill('#note', 'Hoort bij Sam.');
  await page.click('#do-note');
  await page.click('#open-identity');
  while (held.length < 1) await page.waitForTimeout(20);
  await page.click('#to-inbox');
  await page.click(`[data-case="${other.handle_words}"]`);
  holding = false;
  await Promise.all(held.map((route) => route.continue()));
  await page.waitForFunction(() => document.querySelector('.page-case')?.innerText.includes('Het verhaal van Robin'), null, { timeout: kSlow });
  const entries = ({ phrase }) => gateway.reporter(phrase, 'show').entries.length;
  const before = entries(other);
  for (let tries = 0; tries < 50 && !gateway.reporter(one.phrase, 'show').identity_opened.length; tries += 1) await page.waitForTimeout(200);
  assert.ok(!(await page.locator('main').innerText()).includes('Ik ben Robin'), 'nobody asked who this one is');
  assert.equal(gateway.reporter(other.phrase, 'show').identity_opened.length, 0);
  assert.equal(entries(other), before);
  await page.click('#to-inbox');
  await open_case(page, one.handle_words);
  await page.waitForSelector('.note', { timeout: kSlow });
  assert.match(await page.locator('.note').innerText(), /Hoort bij Sam/);
  await context.close();
});

test('whoever asks for another case while one opens gets the one they asked for last', slow, async () => {
  const [one, other] = ['eerste', 'tweede'].map((word) => gateway.report(`Mijn ${word} verhaal.`, '--to', 'mieke'));
  const { context, page } = await at_desk(browser, gateway.demo.desk_url, gateway, 'mieke');
  await page.waitForSelector(`[data-case="${other.handle_words}"]`, { timeout: kSlow });
  await page.waitForTimeout(500);
  const held = [];
  let holding = true;
  await page.route('**/v1/exchange', (route) => (holding ? held.push(route) : route.continue()));
  await page.click(`[data-case="${one.handle_words}"]`);
  while (held.length < 1) await page.waitForTimeout(20);
  await page.click(`[data-case="${other.handle_words}"]`);
  holding = false;
  await Promise.all(held.map((route) => route.continue()));
  await page.waitForSelector('.page-case', { timeout: kSlow });
  assert.match(await page.locator('main').innerText(), /Mijn tweede verhaal/);
  await context.close();
});
