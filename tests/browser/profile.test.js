// What a visit leaves in the browser's profile folder on disk: searched while the browser runs, as if its
// phone were taken away, and after it was closed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { chromium_path, kChromiumFlags, kHaste, kPhone, hasten } from './kit/browser.js';
import { launch_firefox, visit_firefox } from './kit/firefox.js';
import { kept_forms, traces } from './kit/profile.js';
import { RealGateway } from './kit/real.js';
import { come_back, keep, kStory, to_review, to_story } from './kit/walk.js';

const kSlow = 120_000;
const kBrowserSavesMs = 3000; // Chromium and Firefox write what they keep of a session in the background

// Words nobody else uses: no word list of a browser has them.
const kTyped = { story: kStory, message: 'Kwelderzwam onder de vlierboom.', left: 'Dit bleef onverstuurd: zandkokermoed.' };

let gateway, server;
before(async () => {
  gateway = await RealGateway.start();
  server = await gateway.serve_app();
});
after(async () => {
  server?.close();
  await gateway?.stop();
});

const profile = () => mkdtempSync(`${tmpdir()}/omzien-profile-`);
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

// One after the other: a report, its words shown and typed back, closed; come back; a message; and
// something typed that is still there when the phone is taken away. Returns what must not be found.
async function whole_visit(page) {
  await to_review(page);
  await page.click('#send');
  const phrase = await keep(page, undefined, kSlow);
  await page.click('#close');
  await page.click('#begin');
  await come_back(page, phrase, kSlow);
  await page.fill('#message', kTyped.message);
  await page.click('#say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });
  await page.fill('#message', kTyped.left);
  const parts = (text) => [text, ...text.split(/[ .,:]+/).filter((word) => word.length >= 8)];
  return [...Object.values(kTyped).flatMap(parts), phrase.join(' '), ...phrase.filter((word) => word.length >= 7)];
}

// Of the page: text of its document, its script and its stylesheet.
const kOfThePage = ['omzien-service', 'Hier kun je het kwijt.', 'inset-inline-start:.5rem'];
// Where cookies, storage, caches, forms and logins stand. Cookies carry a host without a port.
const kKeepers = /cookie|storage|indexeddb|service.?worker|web.?data|login|cache|formhistory/i;
// What Chromium notes by itself, of the address alone: when a script was loaded, to know on a next visit
// whether to keep its compiled form (no-store lets it never come to that: about 200 bytes); and that its
// question whether to keep a password was not answered. The page of honest claims says so.
const kScriptNote = /Code Cache.js/;
const kScriptNoteBytesMax = 512;
const kLogins = /Login Data/;
const kPhraseField = 'phrase'; // would be named there with a password that was kept

async function left_nothing(folder, words, where) {
  assert.deepEqual(traces(folder, words), [], `${where}: words`);
  assert.deepEqual(traces(folder, kOfThePage), [], `${where}: the page`);
  const { host, hostname, port } = new URL(server.url);
  const named = traces(folder, [host, `${hostname}+${port}`]).map((trace) => trace.split(': ').at(-1));
  const only_address = (path) =>
    (kScriptNote.test(path) && statSync(join(folder, path)).size <= kScriptNoteBytesMax) ||
    (kLogins.test(path) && !traces(folder, [kPhraseField]).some((trace) => kLogins.test(trace)));
  const kept = named.filter((path) => kKeepers.test(path) && !only_address(path));
  const cookies = traces(folder, [hostname]).filter((trace) => /cookies/i.test(trace));
  assert.deepEqual([...kept, ...cookies], [], `${where}: cookies, storage, cache`);
}

// A page that keeps all it can: the search must find it, or it would find nothing in ours either.
async function careless() {
  const site = createServer((request, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'max-age=9999', 'Set-Cookie': 'kept=muizenbrood; Max-Age=9999' });
    answer.end('<!doctype html><title>x</title><h1>heidevlinderbek</h1><textarea id="t"></textarea><input type="checkbox" id="c" autocomplete="off"><script>localStorage.kept = "roggelsteen"</script>');
  });
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${site.address().port}/`, close: () => site.close() };
}
const kCareless = ['heidevlinderbek', 'muizenbrood', 'roggelsteen'];
const found_words = (folder, words) => words.filter((word) => traces(folder, [word]).length > 0);

const open_chromium = (folder) =>
  chromium.launchPersistentContext(folder, {
    executablePath: chromium_path(), args: kChromiumFlags, viewport: kPhone, hasTouch: true, isMobile: true, locale: 'nl-NL',
  });

// Without the words that the browser keeps before anybody visits anything, since they are its own: some words of a list
// are (“binding”, “argument”). `open` gives back what closes it again.
async function without_its_own(words, open) {
  const folder = profile();
  const close = await open(folder);
  await sleep(kBrowserSavesMs);
  const running = found_words(folder, words);
  await close();
  const own = [...running, ...found_words(folder, words)];
  rmSync(folder, { recursive: true, force: true });
  assert.ok(own.length < words.length / 2, `too many of its own: ${own}`);
  return words.filter((word) => !own.includes(word));
}

test('Chromium keeps nothing of a visit on disk', { timeout: kSlow }, async () => {
  const folder = profile();
  const context = await open_chromium(folder);
  const page = context.pages()[0];
  await page.addInitScript(hasten, kHaste);
  await page.goto(server.url);
  const words = await without_its_own(await whole_visit(page), async (fresh) => {
    const other = await open_chromium(fresh);
    return () => other.close();
  });
  await left_nothing(folder, words, 'running');
  assert.deepEqual(await context.cookies(), []);
  await context.close();
  await left_nothing(folder, words, 'closed');
  rmSync(folder, { recursive: true, force: true });
});

test('a browser notes the address, also outside its history', { timeout: kSlow }, async () => {
  const folder = profile();
  const context = await open_chromium(folder);
  await context.pages()[0].goto(server.url);
  await context.pages()[0].waitForSelector('h1');
  await sleep(kBrowserSavesMs);
  await context.close();
  const named = traces(folder, [new URL(server.url).host]);
  assert.ok(named.some((trace) => /History/.test(trace)), 'in its history');
  assert.ok(named.some((trace) => kScriptNote.test(trace)), 'and elsewhere');
  rmSync(folder, { recursive: true, force: true });
});

test('the search finds what Chromium does keep of a careless page', { timeout: kSlow }, async () => {
  const folder = profile();
  const site = await careless();
  const context = await open_chromium(folder);
  const page = context.pages()[0];
  await page.goto(site.url);
  await page.fill('#t', kTyped.message);
  await page.reload();
  await sleep(kBrowserSavesMs);
  await context.close();
  site.close();
  // Chromium locks cookies with a key of the system where there is one; the rest lies open.
  assert.deepEqual(found_words(folder, ['heidevlinderbek', 'roggelsteen']), ['heidevlinderbek', 'roggelsteen']);
  rmSync(folder, { recursive: true, force: true });
});

// puppeteer's own settings spare the disk; these are Firefox's defaults, but sooner.
const kKeeping = {
  'browser.sessionstore.resume_from_crash': true,
  'browser.sessionstore.interval': 500,
  'browser.sessionstore.interval.idle': 500,
  'browser.sessionstore.privacy_level': 0,
  'browser.cache.disk.enable': true,
  'browser.formfill.enable': true,
  'places.history.enabled': true,
  'network.cookie.lifetimePolicy': 0,
};

test('Firefox keeps nothing of a visit on disk', { timeout: kSlow }, async () => {
  const folder = profile();
  const open = (at) => launch_firefox({ profile: at, preferences: { ...kKeeping, 'intl.accept_languages': 'nl' } });
  const browser = await open(folder);
  const { page } = await visit_firefox(browser, server.url, { haste: kHaste });
  const words = await without_its_own(await whole_visit(page), async (fresh) => {
    const other = await open(fresh);
    return () => other.close();
  });
  await left_nothing(folder, words, 'running');
  await browser.close();
  await left_nothing(folder, words, 'closed');
  rmSync(folder, { recursive: true, force: true });
});

// Where it stood when the phone was taken away: what was ticked on each screen, to be restored.
test('Firefox keeps nothing of what was ticked', { timeout: kSlow }, async () => {
  const folder = profile();
  const browser = await launch_firefox({ profile: folder, preferences: { ...kKeeping, 'intl.accept_languages': 'nl' } });
  const { page, inner } = await visit_firefox(browser, server.url, { haste: kHaste });
  const kept_nothing = async (where) => {
    await sleep(kBrowserSavesMs);
    assert.deepEqual(kept_forms(folder), [], where);
  };
  await to_story(page);
  await page.fill('#story', kStory);
  await page.click('input[name=continues]');
  await kept_nothing('continues');
  await page.click('#next');
  await page.click('input[name=want]');
  await page.locator('input[name=lead]').nth(1).click();
  await kept_nothing('want and lead');
  await page.click('#next');
  await page.click('#skip-all');
  await page.click('#adviser-1');
  await kept_nothing('adviser');
  assert.deepEqual(await inner.$$eval('input:checked', (ticked) => ticked.map(({ id }) => id)), ['adviser-1']);
  await browser.close();
  assert.deepEqual(kept_forms(folder), [], 'closed');
  rmSync(folder, { recursive: true, force: true });
});

test('the search finds what Firefox does keep of a careless page', { timeout: kSlow }, async () => {
  const folder = profile();
  const site = await careless();
  const browser = await launch_firefox({ profile: folder, preferences: kKeeping });
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.type('#t', kTyped.message);
  await page.click('#c');
  await sleep(kBrowserSavesMs);
  assert.match(kept_forms(folder).join(), /"c":true/);
  const running = found_words(folder, [...kCareless, kTyped.message]);
  await browser.close();
  site.close();
  const found = [...new Set([...running, ...found_words(folder, kCareless)])].sort();
  assert.deepEqual(found, [...kCareless, kTyped.message].sort());
  rmSync(folder, { recursive: true, force: true });
});
