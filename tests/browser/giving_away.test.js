// What gives a reporter away, on the phone itself: parts of pictures are covered, a voice is disguised, a story is
// mirrored, and what can't be cleaned waits for a decision. The real app, as it is served.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { kHaste, launch, microphone_flags, visit } from './kit/browser.js';
import { RealGateway } from './kit/real.js';
import { judge_voice, kSpoken, told_by_voice } from './kit/recording.js';
import { come_back, keep, kStory, to_review, to_story, to_timeline } from './kit/walk.js';

const kSlow = 240_000;
const kHaveSpoken = existsSync(kSpoken); // otherwise the microphone hums

let gateway, server, browser, folder;
before(async () => {
  folder = mkdtempSync(`${tmpdir()}/omzien-giving-`);
  gateway = await RealGateway.start();
  server = await gateway.serve_app();
  browser = await launch(microphone_flags(kHaveSpoken ? kSpoken : undefined));
});
after(async () => {
  await browser?.close();
  server?.close();
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const item = (page, number) => page.locator('.file-list > li').nth(number);

// Chooses a yellow picture, opens its editor, and draws a box from a tenth of it to this part of it.
async function drag_a_box(page, to) {
  execFileSync('/usr/bin/convert', ['-size', '400x300', 'xc:yellow', `${folder}/yellow.png`]);
  await page.setInputFiles('#files', `${folder}/yellow.png`);
  await page.click('[data-file=cover]');
  await page.evaluate(() => document.querySelector('.cover svg').scrollIntoView({ block: 'center' }));
  const picture = await page.locator('.cover svg').boundingBox();
  await page.mouse.move(picture.x + picture.width * 0.1, picture.y + picture.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width * to, picture.y + picture.height * to, { steps: 4 });
  await page.mouse.up();
}

test('what is covered is black in what is sent, and nothing is beneath it', { timeout: kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url);
  await to_story(page);
  await drag_a_box(page, 0.5);
  await page.locator('.cover svg').focus();
  const up = Array.from({ length: 8 }, () => 'ArrowUp');
  for (const key of [...up, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  // The last one is only seen: it is taken as well.
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  // A slow phone takes its time to draw: meanwhile nothing goes on, least of all the picture as it was.
  await page.fill('#story', 'Het rooster.');
  await page.evaluate(() => {
    const pack = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = async function (...given) {
      await new Promise((go_on) => (globalThis.go_on = go_on));
      pack.apply(this, given);
    };
  });
  await page.click('[data-file=covered]');
  await page.waitForFunction(() => globalThis.go_on !== undefined);
  await page.click('#next');
  assert.match(await page.locator('.errors').textContent(), /Kies eerst/);
  await page.evaluate(() => globalThis.go_on());
  await page.waitForFunction(() => document.querySelector('.file-list').textContent.includes('voorgoed weg'));
  const colours = await page.evaluate(async () => {
    const image = document.querySelector('.file-list img');
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    pen.drawImage(image, 0, 0);
    return [[0.3, 0.3], [0.55, 0.6], [0.65, 0.15], [0.9, 0.1]].map(([x, y]) => [...pen.getImageData(x * canvas.width, y * canvas.height, 1, 1).data].slice(0, 3));
  });
  assert.ok(colours[0].every((part) => part < 12), 'where a finger went');
  assert.ok(colours[1].every((part) => part < 12), 'where the keys went last');
  assert.ok(colours[2].every((part) => part < 12), 'where they went before');
  assert.ok(colours[3][0] > 240 && colours[3][1] > 240, 'elsewhere it stays');
  assert.equal(await page.locator('[data-file=full-size]').count(), 0, 'the picture beneath is gone from the page');
  assert.deepEqual(complaints, []);
  await context.close();
});

// Draws a box over most of the picture, and leaves the editor open.
async function draw_a_box(page) {
  await drag_a_box(page, 0.9);
  assert.equal(await page.locator('.cover rect').count(), 1);
}

// The error leads to the field that it is about.
async function refused(page, field) {
  const error = page.locator('.errors button');
  assert.match(await error.textContent(), /Kies eerst/);
  await error.click();
  assert.equal(await page.evaluate(() => document.activeElement.id), field);
}

test('a picture on which boxes are seen and not yet drawn is not sent, nor gone on with', { timeout: kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url, { haste: kHaste });
  await to_review(page);
  await page.click('[data-change=story]');
  await draw_a_box(page);
  await page.click('#next');
  await refused(page, 'files');
  assert.equal(await page.inputValue('#story'), kStory, 'still where the story is told');
  // Whoever goes around finds the editor open, and nothing goes from the other end either.
  await page.click('.back');
  await page.click('#send');
  await refused(page, 'send');
  await page.click('[data-change=story]');
  await page.click('[data-file=covered]');
  await page.click('[data-file=remove]');
  await page.click('#next');
  await page.click('#send');
  await keep(page, undefined, kSlow);

  await to_timeline(page, kSlow);
  await draw_a_box(page);
  await page.fill('#message', 'Een foto.');
  await page.click('#say');
  await refused(page, 'files');
  await page.click('[data-file=covered]');
  await page.waitForFunction(() => document.querySelector('.file-list').textContent.includes('voorgoed weg'));
  await page.click('#say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what can not be cleaned waits for a decision, and broken files say so', { timeout: kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url);
  await to_story(page);
  await page.fill('#story', 'Het gaat al maanden zo.');
  execFileSync('/usr/bin/convert', ['-size', '400x300', 'plasma:', `${folder}/whole.jpg`]);
  const broken = readFileSync(`${folder}/whole.jpg`).subarray(0, 5000);
  await page.setInputFiles('#files', [
    { name: 'half.jpg', mimeType: 'image/jpeg', buffer: broken },
    { name: 'IMG_2026.HEIC', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic') },
    { name: 'notulen.txt', mimeType: 'text/plain', buffer: Buffer.from('hallo') },
  ]);
  await page.waitForFunction(() => document.querySelectorAll('[data-file=as-it-is]').length === 3);
  assert.match(await item(page, 0).textContent(), /kapot of onvolledig/);
  assert.match(await item(page, 1).textContent(), /kan deze foto niet openen/);
  await page.click('#next');
  assert.match(await page.locator('.errors').textContent(), /Kies eerst/);
  await item(page, 2).locator('[data-file=as-it-is]').click();
  assert.match(await item(page, 2).textContent(), /met zijn naam/);
  await item(page, 0).locator('[data-file=remove]').click();
  await item(page, 0).locator('[data-file=remove]').click();
  await page.click('#next');
  await page.waitForSelector('input[name=want]');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a voice is recorded, heard again and sent as nobody’s', { timeout: 2 * kSlow }, async (t) => {
  const { context, page, complaints } = await visit(browser, server.url, { haste: kHaste });
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const heard = await told_by_voice(page, gateway, folder);
  if (kHaveSpoken) t.diagnostic(judge_voice(heard));
  assert.deepEqual(requests.filter((url) => !/\/v1\/exchange$|^blob:|\/icon\.svg$/.test(url)), [], 'nothing is fetched for it');
  assert.deepEqual(complaints, []);
  await context.close();
});

// Remembers the microphone that the page is lent.
const remember_microphone = (page) =>
  page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => (globalThis.microphone = await ask(wanted));
  });
const microphone_is_off = (page) =>
  page.waitForFunction(() => globalThis.microphone.getTracks().every((track) => track.readyState === 'ended'), null, { timeout: 30_000 });

// Neither in a story nor in a case.
test('a recording that was neither taken nor thrown away is asked about, and not lost', { timeout: kSlow }, async () => {
  const { phrase } = gateway.report('Een verhaal.', '--to', 'mieke');
  const { context, page } = await visit(browser, server.url, { haste: kHaste });
  const waits_for_it = async (go_on) => {
    await page.click('#record');
    await page.waitForFunction(() => Number(/\d+/.exec(document.querySelector('.recorder').textContent)?.[0]) >= 1);
    await page.click(go_on);
    assert.match(await page.locator('.errors').textContent(), /Kies eerst/, 'while it is made');
    await page.click('#record-stop');
    await page.waitForSelector('#record-use', { timeout: kSlow });
    await page.click(go_on);
    assert.match(await page.locator('.errors').textContent(), /Kies eerst/);
    await page.locator('.recorder .link').last().click();
    await page.click(go_on);
  };
  await to_story(page);
  await page.fill('#story', 'Het rooster.');
  await waits_for_it('#next');
  await page.waitForSelector('input[name=want]');
  await page.reload();
  await come_back(page, phrase, kSlow);
  await waits_for_it('#say');
  assert.match(await page.locator('.errors').textContent(), /Schrijf eerst iets/);
  await context.close();
});

test('a recording waits among the files when somebody looks elsewhere, however far it was', { timeout: kSlow }, async () => {
  const { context, page } = await visit(browser, server.url, { haste: kHaste });
  await to_story(page);
  await remember_microphone(page);
  const far = ['spoken', 'being disguised', 'heard'];
  for (const until of far) {
    await page.click('#record');
    await page.waitForFunction(() => Number(/\d+/.exec(document.querySelector('.recorder').textContent)?.[0]) >= 1);
    if (until !== 'spoken') await page.click('#record-stop');
    if (until === 'heard') await page.waitForSelector('#record-use', { timeout: kSlow });
    await page.click('.back');
    await page.waitForFunction(() => document.querySelector('.recorder') === null);
    await microphone_is_off(page);
    await page.click('#next');
    await page.waitForFunction((count) => document.querySelectorAll('.file-list audio').length === count, far.indexOf(until) + 1, { timeout: kSlow });
  }
  await context.close();
});

// Where a browser lends a microphone and then can't listen to it, as with too many pages that play something.
test('a recording that can not begin leaves no microphone on', { timeout: kSlow }, async () => {
  const { context, page } = await visit(browser, server.url);
  await to_story(page);
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => (globalThis.microphone = await ask(wanted));
    globalThis.AudioContext = function () {
      throw new Error('no more of these');
    };
  });
  await page.click('#record');
  await page.waitForSelector('text=De microfoon doet het niet');
  assert.ok(await page.evaluate(() => globalThis.microphone.getTracks().every((track) => track.readyState === 'ended')));
  await context.close();
});

test('whoever leaves before the microphone answers leaves no microphone on', { timeout: kSlow }, async () => {
  const { context, page } = await visit(browser, server.url);
  await to_story(page);
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      globalThis.microphone = await ask(wanted);
      await new Promise((answer) => (globalThis.answer = answer));
      return globalThis.microphone;
    };
  });
  await page.click('#record');
  await page.waitForFunction(() => globalThis.answer !== undefined);
  await page.click('.back');
  await page.waitForFunction(() => document.querySelector('.recorder') === null);
  await page.evaluate(() => globalThis.answer());
  await page.waitForFunction(() => globalThis.microphone.getTracks().every((track) => track.readyState === 'ended'), null, { timeout: 10_000 });
  await context.close();
});

test('a recording that is as long as it may be ends by itself, and says so', { timeout: kSlow }, async () => {
  const { context, page } = await visit(browser, server.url);
  await to_story(page);
  await remember_microphone(page);
  // So slow a sound card that three minutes of it are over in twelve seconds.
  await page.evaluate(() => Object.defineProperty(AudioContext.prototype, 'sampleRate', { get: () => 3000 }));
  await page.click('#record');
  await page.waitForSelector('#record-stop');
  await microphone_is_off(page);
  await page.waitForSelector('#record-stop', { state: 'detached' });
  assert.match(await page.locator('.recorder').textContent(), /We veranderen je stem|Zo hoort je/);
  await context.close();
});

test('the mirror shows what may give away, and changes only what it is told to', { timeout: kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url);
  await to_story(page);
  await page.fill('#story', 'Op 14 maart zei Peter iets tegen mij. Mijn teamchef lachte.');
  await page.waitForSelector('.mirror');
  assert.match(await page.locator('.mirror summary').textContent(), /3 dingen/);
  await page.click('.mirror summary');
  await page.locator('[data-mark=vaguer]').nth(1).click();
  assert.equal(await page.inputValue('#story'), 'Op 14 maart zei [iemand] iets tegen mij. Mijn teamchef lachte.');
  const marked = () => document.querySelectorAll('.mirror mark').length === 2 && [...document.querySelectorAll('.mirror mark')].map((mark) => mark.textContent).join();
  assert.equal(await (await page.waitForFunction(marked)).jsonValue(), '14 maart,teamchef', 'what stands behind it moved along');
  await page.waitForFunction(() => /2 dingen/.test(document.querySelector('.mirror summary')?.textContent));
  await page.locator('[data-mark=keep]').first().click();
  await page.locator('[data-mark=change]').first().click();
  assert.equal(await page.evaluate(() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd); }), 'teamchef');
  await page.click('#next');
  await page.waitForSelector('input[name=want]');
  assert.deepEqual(complaints, []);
  await context.close();
});
