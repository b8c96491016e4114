// Files through the real app and a real gateway: what a phone attaches, the desk saves; what the desk
// attaches, the phone shows.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { visit } from './kit/browser.js';
import { set_up } from './kit/stage.js';
import { come_back, kStory, send, to_review } from './kit/walk.js';

const kSlow = 120_000; // a file of some chunks, each in a slot of its own
// One red pixel.
const kPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);

let gateway, server, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up((on) => on.serve_app()));
});
after(() => take_down?.());

// Random bytes are of no kind that is cleaned: the reporter decides about each.
async function as_they_are(page, count = 1) {
  await page.waitForFunction((all) => document.querySelectorAll('[data-file=as-it-is]').length === all, count);
  for (let file = 0; file < count; file += 1) await page.locator('[data-file=as-it-is]').first().click();
}
const attachments = (handle, ...args) => gateway.desk('mieke', 'attachments', handle, ...args);
function saved(handle, number) {
  const out = `${folder}/saved-${number}`;
  attachments(handle, '--save', String(number), '--out', out);
  return readFileSync(out);
}
const only_handle = () => gateway.desk('mieke', 'inbox').cases[0].handle;

test('files go along with a report and in the talk, and come back', { timeout: 4 * kSlow }, async () => {
  const [first, second] = [randomBytes(40_000), randomBytes(20_000)];
  const { context, page, complaints } = await visit(browser, server.url);
  const choose = async (name) => {
    if (name !== 'story') return;
    assert.equal(await page.locator('#files').getAttribute('capture'), null);
    await page.setInputFiles('#files', [
      { name: 'foto van maandag.jpg', mimeType: 'image/jpeg', buffer: first },
      { name: 'te veel.txt', mimeType: 'text/plain', buffer: second },
    ]);
    await as_they_are(page, 2);
    assert.match(await page.locator('#files-time').textContent(), /ongeveer \d+ (seconden|minuten)/);
    await page.locator('[data-file=remove]').nth(1).click();
    assert.equal(await page.locator('.file-list li').count(), 1);
  };
  await to_review(page, 'report', choose, '.choice:has-text("Mieke") input[name=adviser]');
  assert.ok((await page.locator('.review').textContent()).includes('foto van maandag.jpg'));
  const phrase = await send(page, undefined, kSlow);
  await page.waitForSelector('text=De bestanden zijn aangekomen', { timeout: kSlow });

  const handle = only_handle();
  const [row, ...more] = attachments(handle).attachments;
  assert.deepEqual(more, []);
  assert.equal(row.name, 'foto van maandag.jpg');
  assert.equal(row.compartment, 'story');
  assert.ok(saved(handle, 1).equals(first));
  assert.ok(gateway.desk('mieke', 'show', handle).entries.some((entry) => entry.text?.includes(kStory)));

  writeFileSync(`${folder}/antwoord.png`, kPicture);
  attachments(handle, '--attach', `${folder}/antwoord.png`);
  await page.click('#close');
  await page.locator('main button').click();
  await come_back(page, phrase, kSlow);
  await page.click('[data-fetch="2"]');
  await page.waitForSelector('.file-list img', { timeout: kSlow });
  await page.waitForFunction(() => document.querySelector('.file-list img').naturalWidth === 1);
  const link = page.locator('.file-list a[download]');
  assert.equal(await link.getAttribute('download'), 'antwoord.png');

  await page.setInputFiles('#files', [{ name: 'nog een.txt', mimeType: 'text/plain', buffer: second }]);
  await as_they_are(page);
  await page.click('#say');
  await page.waitForSelector('[data-fetch="3"]', { timeout: kSlow });
  assert.ok(saved(handle, 3).equals(second));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a large file goes fast and seen only after it is said what that shows', { timeout: 2 * kSlow }, async () => {
  const large = randomBytes(12_000_000);
  writeFileSync(`${folder}/film.mp4`, large);
  const { context, page, complaints } = await visit(browser, server.url);
  const sizes = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sizes.push(request.postDataBuffer()?.length);
  });
  const choose = async (name) => {
    if (name !== 'story') return;
    await page.setInputFiles('#files', `${folder}/film.mp4`);
    await as_they_are(page);
    await page.click('#next');
    assert.ok(await page.locator('.choice:has(#uncovered)').textContent().then((text) => text.includes('ziet dan dat je een groot bestand stuurt')));
    assert.equal(await page.locator('#story').count(), 1, 'nothing goes on before a choice');
    await page.locator('#uncovered').check();
  };
  await to_review(page, 'report', choose, '.choice:has-text("Mieke") input[name=adviser]');
  assert.ok(sizes.every((size) => size === 16_384), 'covered until it is sent');
  await send(page, undefined, kSlow);
  await page.waitForSelector('text=De bestanden zijn aangekomen', { timeout: kSlow });
  assert.ok(sizes.some((size) => size === 262_144));
  const handle = gateway.desk('mieke', 'inbox').cases.map((one) => one.handle)
    .find((one) => attachments(one).attachments.some((file) => file.name === 'film.mp4'));
  const [file] = attachments(handle).attachments;
  const out = `${folder}/film-terug.mp4`;
  attachments(handle, '--save', String(file.number), '--out', out);
  assert.ok(readFileSync(out).equals(large));
  assert.deepEqual(complaints, []);
  await context.close();
});
