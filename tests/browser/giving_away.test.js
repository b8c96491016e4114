// What gives a reporter away, from the phone to the adviser's disk: pictures, documents, a voice and a story, in the app
// that carries all of it, read back with exiftool as the adviser saved them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { kProject, kWholeApp, launch, visit } from './kit/browser.js';
import { RealGateway } from './kit/real.js';
import { send, to_review } from './kit/walk.js';

const kSlow = 240_000;
const kSamples = `${process.env.OMZIEN_SHARED ?? `${kProject}../shared`}/samples`;
const kMade = `${kProject}clients/web/tests/cleaning/files`;
const kTelling = /jansen|bakker|r5cw30|sm-a546|samsung|iphone|kantine|2026|52 deg/i;
const kAdviser = '.choice:has-text("Mieke") input[name=adviser]';

let gateway, server, browser, folder;
before(async () => {
  folder = mkdtempSync(`${tmpdir()}/omzien-giving-`);
  gateway = await RealGateway.start();
  server = await gateway.serve_app({ folder: kWholeApp });
  browser = await launch([
    '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${kSamples}/voice-nl.wav`,
  ]);
});
after(async () => {
  await browser?.close();
  server?.close();
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const attachments = (handle, ...args) => gateway.desk('mieke', 'desk', 'attachments', handle, ...args);
const is_known = (handle) => gateway.demo.cases.some((known) => known.handle === handle);
const newest = () => gateway.desk('mieke', 'inbox').cases.find((one) => !is_known(one.handle)).handle;
const item = (page, number) => page.locator('.file-list > li').nth(number);
const story_of = (doing) => async (name, page) => { if (name === 'story') await doing(page); };
const pixels = (path) => execFileSync('/usr/bin/convert', [path, '-auto-orient', '-depth', '8', 'rgb:-'], { maxBuffer: 1 << 28 });

test('files arrive without what told, upright, under new names', { timeout: 3 * kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url, { haste: 4 });
  const choose = story_of(async () => {
    await page.setInputFiles('#files', [`${kSamples}/photo-phone.jpg`, `${kSamples}/screenshot.png`, `${kSamples}/roster.pdf`, `${kMade}/word.docx`, `${kMade}/second.jpg`]);
    await page.waitForFunction(() => document.querySelectorAll('.file-list > li [data-file=cover]').length === 3 && document.querySelectorAll('.file-list > li').length === 5, null, { timeout: kSlow });
    await page.waitForFunction(() => !document.querySelector('.file-list').textContent.includes('We maken het schoon'), null, { timeout: kSlow });
    const first = await item(page, 0).textContent();
    assert.match(first, /picture-1\.jpg/);
    assert.match(first, /de plek/);
    assert.match(first, /Kleiner gemaakt/);
    assert.match(await item(page, 2).textContent(), /document-3\.pdf.*namen/s);
    assert.match(await item(page, 3).textContent(), /eerdere versies/);
  });
  await to_review(page, 'report', (name) => choose(name, page), kAdviser);
  await send(page, undefined, kSlow);
  await page.waitForSelector('text=De bestanden zijn aangekomen', { timeout: 2 * kSlow });
  const handle = newest();
  const rows = attachments(handle).attachments;
  assert.deepEqual(rows.map(({ name }) => name), ['picture-1.jpg', 'picture-2.png', 'document-3.pdf', 'document-4.docx', 'picture-5.jpg']);
  for (const { number, name } of rows) {
    const out = `${folder}/${name}`;
    attachments(handle, '--save', String(number), '--out', out);
    const said = execFileSync('exiftool', ['-a', '-G1', '-s', '-x', 'System:all', '-x', 'SourceFile', out], { encoding: 'utf8' });
    assert.doesNotMatch(said, kTelling, name);
  }
  // Shrunk: a canvas turned it; upright as the original looks, and small enough to go unnoticed.
  assert.ok(statSync(`${folder}/picture-1.jpg`).size <= 250_000);
  const size = execFileSync('/usr/bin/identify', ['-format', '%w %h %[orientation]', `${folder}/picture-1.jpg`], { encoding: 'utf8' }).split(' ');
  assert.ok(Number(size[1]) > Number(size[0]), 'a picture taken upright');
  // Only cut: every pixel as it was.
  assert.ok(pixels(`${folder}/picture-2.png`).equals(pixels(`${kSamples}/screenshot.png`)));
  assert.ok(pixels(`${folder}/picture-5.jpg`).equals(pixels(`${kMade}/second.jpg[0]`)));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what is covered is black in what is sent, and nothing is beneath it', { timeout: kSlow }, async () => {
  execFileSync('/usr/bin/convert', ['-size', '400x300', 'xc:yellow', `${folder}/yellow.png`]);
  const { context, page, complaints } = await visit(browser, server.url);
  await page.click('#door-report');
  await page.click('#next, .button >> nth=0');
  await page.waitForSelector('#story');
  await page.setInputFiles('#files', `${folder}/yellow.png`);
  await page.click('[data-file=cover]');
  const picture = await page.locator('.cover svg').boundingBox();
  await page.mouse.move(picture.x + picture.width * 0.1, picture.y + picture.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width * 0.5, picture.y + picture.height * 0.5, { steps: 4 });
  await page.mouse.up();
  await page.locator('.cover svg').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.click('[data-file=covered]');
  await page.waitForFunction(() => document.querySelector('.file-list').textContent.includes('voorgoed weg'));
  const colours = await page.evaluate(async () => {
    const image = document.querySelector('.file-list img');
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    return [[0.3, 0.3], [0.55, 0.6], [0.9, 0.1]].map(([x, y]) => [...pen.getImageData(x * canvas.width, y * canvas.height, 1, 1).data].slice(0, 3));
  });
  assert.ok(colours[0].every((part) => part < 12), 'where a finger went');
  assert.ok(colours[1].every((part) => part < 12), 'where the keys went');
  assert.ok(colours[2][0] > 240 && colours[2][1] > 240, 'elsewhere it stays');
  assert.equal(await page.locator('[data-file=full-size]').count(), 0, 'the picture beneath is gone from the page');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what can not be cleaned waits for a decision, and broken files say so', { timeout: kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url);
  await page.click('#door-report');
  await page.click('#next, .button >> nth=0');
  await page.fill('#story', 'Het gaat al maanden zo.');
  const broken = readFileSync(`${kSamples}/photo-phone.jpg`).subarray(0, 5000);
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

test('a voice is recorded, heard again and sent as nobody’s', { timeout: 2 * kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url);
  await page.click('#door-report');
  await page.click('#next, .button >> nth=0');
  await page.waitForSelector('#story');
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.click('#record');
  await page.waitForFunction(() => /[3-9] seconden/.test(document.querySelector('.recorder').textContent), null, { timeout: 30_000 });
  await page.click('#record-stop');
  await page.waitForSelector('#record-use', { timeout: kSlow });
  const heard = await page.evaluate(() => document.querySelector('.recorder audio').src);
  assert.match(heard, /^blob:/);
  await page.click('#record-use');
  await page.waitForSelector('.file-list audio');
  const seconds = await page.evaluate(async () => {
    const audio = document.querySelector('.file-list audio');
    await new Promise((done, wrong) => (audio.readyState > 0 ? done() : ((audio.onloadedmetadata = done), (audio.onerror = wrong))));
    return audio.duration;
  });
  assert.ok(seconds > 2.5, 'as long as what was said');
  assert.ok(requests.every((url) => url.endsWith('/v1/exchange') || url.startsWith('blob:')), 'nothing was fetched for it');
  assert.deepEqual(complaints.filter((line) => !/ScriptProcessorNode/.test(line)), []);
  await context.close();
});

test('the mirror shows what may give away, and changes only what it is told to', { timeout: kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url);
  await page.click('#door-report');
  await page.click('#next, .button >> nth=0');
  await page.fill('#story', 'Op 14 maart zei Peter iets tegen mij. Mijn teamchef lachte.');
  await page.waitForSelector('.mirror');
  assert.match(await page.locator('.mirror summary').textContent(), /3 dingen/);
  await page.click('.mirror summary');
  await page.locator('[data-mark=vaguer]').nth(1).click();
  assert.equal(await page.inputValue('#story'), 'Op 14 maart zei [iemand] iets tegen mij. Mijn teamchef lachte.');
  await page.waitForFunction(() => /2 dingen/.test(document.querySelector('.mirror summary')?.textContent));
  await page.locator('[data-mark=keep]').first().click();
  await page.locator('[data-mark=change]').first().click();
  assert.equal(await page.evaluate(() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd); }), 'teamchef');
  await page.click('#next');
  await page.waitForSelector('input[name=want]');
  assert.deepEqual(complaints, []);
  await context.close();
});
