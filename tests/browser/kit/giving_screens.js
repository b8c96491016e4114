// What gives a reporter away, as the screens show it: the mirror, the recorder, files and what is covered in them. As
// in every_screen.js; the recorder at rest is on every picture of the story already. They need a microphone
// (microphone_flags).
import { execFileSync } from 'node:child_process';
import { kProject } from './browser.js';
import { to_story } from './walk.js';

const kMade = `${kProject}clients/web/tests/cleaning/files`;
// One mark of each kind, in the page's own language.
const kTelling = {
  nl: 'Op 14 maart zei Peter in kamer 2.14: “jij hoort hier niet thuis”. Mijn teamchef lachte. Ik ben de enige vrouw in de ploeg. Mijn personeelsnummer is 448812. Het begon na de schietpartij.',
  en: 'On 14 March Peter said in room 2.14: “you do not belong here at all”. My team leader laughed. I am the only woman on the team. My staff number is 448812. It began after the shooting.',
};

async function a_mirror({ page }, shoot) {
  await to_story(page);
  const language = await page.evaluate(() => document.documentElement.lang);
  await page.fill('#story', language.startsWith('nl') ? kTelling.nl : kTelling.en);
  await page.waitForSelector('.mirror');
  await shoot(page, 'mirror');
  await page.click('.mirror summary');
  await page.waitForSelector('[data-mark=vaguer]');
  await shoot(page, 'mirror_open');
  await page.locator('[data-mark=vaguer]').first().click();
  await page.locator('[data-mark=keep]').first().click();
  await shoot(page, 'mirror_changed');
}

async function a_voice({ page }, shoot) {
  await to_story(page);
  await page.click('#record');
  await page.waitForFunction(() => /[1-9]/.test(document.querySelector('.recorder').textContent));
  await shoot(page, 'voice_recording');
  await page.evaluate(() => (globalThis.omzien_fake.stands_still = true));
  await page.click('#record-stop');
  await page.waitForFunction(() => document.querySelector('.recorder button') === null);
  await shoot(page, 'voice_disguising');
  await page.evaluate(() => (globalThis.omzien_fake.stands_still = false));
  await page.waitForSelector('#record-use');
  await shoot(page, 'voice_heard');
  await page.click('#record-use');
  await page.waitForSelector('.file-list audio');
  await page.evaluate(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('not allowed'))));
  const at_rest = await page.locator('.recorder').textContent();
  await page.click('#record');
  await page.waitForFunction((before) => document.querySelector('.recorder').textContent !== before, at_rest);
  await shoot(page, 'voice_refused');
}

async function files_to_send({ page }, shoot) {
  const photograph = execFileSync('/usr/bin/convert', ['-size', '1600x1200', 'plasma:fractal', '-quality', '95', 'jpg:-'], { maxBuffer: 1 << 26 });
  await to_story(page);
  await page.fill('#story', '…');
  await page.setInputFiles('#files', { name: 'IMG_0412.jpg', mimeType: 'image/jpeg', buffer: photograph });
  await page.waitForSelector('[data-file=full-size]');
  await page.setInputFiles('#files', [`${kMade}/phone.jpg`, `${kMade}/word.docx`, `${kMade}/phone.heic`, `${kMade}/letter.doc`]);
  await page.waitForFunction(() => document.querySelectorAll('[data-file=as-it-is]').length === 2);
  await shoot(page, 'files');
  await page.click('#next');
  await page.waitForSelector('.errors');
  await shoot(page, 'files_undecided');
  await page.locator('[data-file=as-it-is]').last().click();
  await page.setInputFiles('#files', { name: 'opname.bin', mimeType: '', buffer: Buffer.alloc(4_000_000, 1) });
  await page.waitForFunction(() => document.querySelectorAll('[data-file=as-it-is]').length === 2);
  await page.locator('[data-file=as-it-is]').last().click();
  await page.waitForSelector('#uncovered');
  await shoot(page, 'files_as_they_are');
}

async function something_covered({ page }, shoot) {
  await to_story(page);
  await page.fill('#story', '…');
  const roster = execFileSync('/usr/bin/convert', ['-size', '900x700', 'gradient:gold-white', '-draw', 'rectangle 90,150 620,200 rectangle 90,280 540,330 rectangle 90,410 700,460', 'png:-']);
  await page.setInputFiles('#files', { name: 'rooster.png', mimeType: 'image/png', buffer: roster });
  await page.click('[data-file=cover]');
  await shoot(page, 'cover');
  for (const key of ['ArrowLeft', 'ArrowLeft', '+', 'Enter', 'ArrowRight', 'ArrowDown', 'ArrowDown']) await page.locator('.cover svg').press(key);
  await shoot(page, 'cover_boxes');
  await page.locator('.cover svg').press('Enter'); // whoever looked may have gone elsewhere
  const before = await page.locator('.cover img').getAttribute('src');
  await page.click('[data-file=covered]');
  await page.waitForFunction((old) => ![old, undefined].includes(document.querySelector('.file-list > li > img')?.src), before);
  await shoot(page, 'covered');
}

export const kGivingVisits = [
  [a_mirror, {}],
  [a_voice, {}],
  [files_to_send, {}],
  [something_covered, {}],
];
