// Files from the phone to the adviser's disk within the rhythm, read back as the adviser saved them: what the page says
// of them, and a picture that a canvas made smaller. sent_all.test.js sends many more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { kApp, kProject, visit } from './kit/browser.js';
import { set_up } from './kit/stage.js';
import { load } from './kit/typescript.js';
import { send, to_review } from './kit/walk.js';

const kSlow = 240_000;
const kSamples = `${process.env.OMZIEN_SHARED ?? `${kProject}../shared`}/samples`;
const kMade = `${kProject}clients/web/tests/cleaning/files`;
const kAdviser = '.choice:has-text("Mieke") input[name=adviser]';

let gateway, server, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up((on) => on.serve_app({ folder: kApp })));
});
after(() => take_down?.());

const attachments = (handle, ...args) => gateway.desk('mieke', 'attachments', handle, ...args);
const item = (page, number) => page.locator('.file-list > li').nth(number);
const story_of = (doing) => async (name, page) => { if (name === 'story') await doing(page); };
const pixels = (path) => execFileSync('/usr/bin/convert', [path, '-auto-orient', '-depth', '8', 'rgb:-'], { maxBuffer: 1 << 28 });

test('files arrive without what told, upright, under new names', { timeout: 3 * kSlow, skip: !existsSync(kSamples) && 'no samples beside the project' }, async () => {
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
  const [{ handle }] = gateway.desk('mieke', 'inbox').cases;
  const rows = attachments(handle).attachments;
  assert.deepEqual(rows.map(({ name }) => name), ['picture-1.jpg', 'picture-2.png', 'document-3.pdf', 'document-4.docx', 'picture-5.jpg']);
  for (const { number, name } of rows) attachments(handle, '--save', String(number), '--out', `${folder}/${name}`);
  const saved = { names: rows.map(({ name }) => name), made: folder, cleaned: folder };
  const judges = await load('tests/cleaning/read_back.ts');
  assert.deepEqual(judges.told_to_exiftool(saved), []);
  assert.deepEqual(judges.told_to_mat2(saved), []);
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
