// What a screen does with what a person does, against a session without a gateway: choices and errors,
// and what stands in the way of losing something.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { visit } from './kit/browser.js';
import { kFakePhrase } from './kit/every_screen.js';
import { set_up_fake } from './kit/stage.js';
import { come_back, heading, kStory, read_phrase, to_review, to_story, type_back } from './kit/walk.js';

let server, browser, take_down;
before(async () => {
  ({ server, browser, take_down } = await set_up_fake());
});
after(() => take_down?.());

test('a signal is done without its words, which are offered', async () => {
  const { context, page } = await visit(browser, server.url);
  await to_review(page, 'signal');
  assert.match(await page.locator('.review').textContent(), /Coordinator/);
  await page.click('#send');
  await page.waitForSelector('#close');
  await page.click('#show-words');
  await read_phrase(page);
  await context.close();
});

test('each screen tells where it is: the heading has the focus', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.click('#door-report');
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.click('#next');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Wat is er gebeurd?');
  await context.close();
});

test('an error leads to its field', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.click('#door-report');
  await page.click('#next');
  await page.click('#next');
  await page.waitForFunction(() => document.activeElement?.classList.contains('errors'));
  await page.locator('.errors button').click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'story');
  await context.close();
});

test('leaving before the words are kept is asked about', async () => {
  const { context, page } = await visit(browser, server.url, { fake: { slot_ms: 20 } });
  await to_review(page);
  await page.click('#send');
  await page.waitForSelector('.strip-done');
  let asked = false;
  page.on('dialog', (dialog) => {
    asked = dialog.type() === 'beforeunload';
    return dialog.dismiss();
  });
  await page.evaluate(() => setTimeout(() => location.reload(), 0));
  await page.waitForTimeout(300);
  assert.ok(asked);
  assert.equal((await read_phrase(page)).length, 8);
  await context.close();
});

test('a telephone number is called without being asked first, and leaving is asked about as before', async () => {
  const { context, page } = await visit(browser, server.url);
  await to_story(page);
  await page.fill('#story', kStory);
  const asked = [];
  page.on('dialog', (dialog) => (asked.push(dialog.type()), dialog.dismiss()));
  await page.locator('a.phone').first().click();
  await page.waitForTimeout(300);
  assert.deepEqual(asked, []);
  assert.equal(await page.inputValue('#story'), kStory);
  await page.waitForTimeout(1000);
  await page.evaluate(() => setTimeout(() => location.reload(), 0));
  await page.waitForTimeout(300);
  assert.deepEqual(asked, ['beforeunload']);
  await context.close();
});

test('a wrong word typed back is pointed at', async () => {
  const { context, page } = await visit(browser, server.url);
  await to_review(page);
  await page.click('#send');
  const phrase = await read_phrase(page);
  await page.click('#next');
  await type_back(page, phrase.map(() => 'mis'));
  await page.click('#next');
  assert.equal(await page.locator('.errors li').count(), 2);
  await context.close();
});

test('a connection that breaks keeps the text, and sends it on demand', async () => {
  const { context, page } = await visit(browser, server.url, { fake: { slot_ms: 150 } });
  await to_review(page);
  await page.evaluate(() => (globalThis.omzien_fake.offline = true));
  await page.click('#send');
  await page.waitForSelector('.strip-failed');
  await page.evaluate(() => (globalThis.omzien_fake.offline = false));
  await page.locator('.strip-failed .button').click();
  await page.waitForSelector('.strip-done');
  await context.close();
});

test('not this person, not from this unit, and back again', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.click('#door-advice');
  await page.click('#next');
  await page.fill('#story', kStory);
  await page.click('#next');
  await page.click('#next');
  await page.waitForSelector('#adviser-0');
  const names = () => page.locator('.person .choice-title').allTextContents();
  assert.deepEqual(await names(), ['Mieke', 'Youssef', 'Anouk']);
  await page.locator('.not-this').first().click();
  assert.deepEqual(await names(), ['Youssef', 'Anouk']);
  await page.locator('input[name=unit]').first().check();
  assert.deepEqual(await names(), ['Anouk']);
  await page.locator('details .button').click();
  await page.locator('input[name=unit]').first().uncheck();
  await page.selectOption('#language', 'ar');
  assert.deepEqual(await names(), ['Youssef']);
  await context.close();
});

test('who is left out takes nothing over either', async () => {
  const ways = [
    (page) => page.locator('.person:has-text("Youssef") .not-this').click(),
    (page) => page.locator('input[name=unit]').first().check(),
  ];
  for (const leave_out of ways) {
    const { context, page } = await visit(browser, server.url);
    await to_review(page, 'report', async (name) => {
      if (name === 'stand_in') await page.locator('.choice:has-text("Youssef") input[name=stand-in]').check();
    }, '.choice:has-text("Anouk") input[name=adviser]');
    const stand_in = () => page.locator('.review-row:has([data-change=stand_in])').textContent();
    assert.match(await stand_in(), /Youssef/);
    await page.click('[data-change=adviser]');
    if (!(await page.locator('details').evaluate((it) => it.open))) await page.locator('details summary').click();
    await leave_out(page);
    if (await page.locator('input[name=adviser]:checked').count() === 0) await page.locator('input[name=adviser]').last().check();
    await page.click('#next');
    await page.waitForSelector('#send');
    assert.doesNotMatch(await stand_in(), /Youssef/);
    await context.close();
  }
});

test('a report that is refused as it is can be copied whole, changed and sent', async () => {
  const { context, page } = await visit(browser, server.url);
  await to_review(page, 'report', async (name) => {
    if (name === 'who') await page.fill('#answer-who', 'De ploegchef.');
  });
  await page.evaluate(() => {
    globalThis.omzien_fake.misfit = true;
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => (globalThis.copied = text) } });
  });
  await page.click('#send');
  await page.waitForSelector('.strip-failed');
  await page.locator('.link:text-is("Kopieer mijn tekst")').click();
  const copied = await page.evaluate(() => globalThis.copied);
  assert.ok(copied.includes(kStory) && copied.includes('De ploegchef.'), copied);
  await page.click('#change');
  await page.waitForSelector('#send');
  await page.evaluate(() => (globalThis.omzien_fake.misfit = false));
  await page.click('#send');
  await page.waitForSelector('.strip-done');
  await context.close();
});

test('a change from the review leads back to the review', async () => {
  const { context, page } = await visit(browser, server.url);
  await to_review(page);
  await page.click('[data-change=story]');
  await page.fill('#story', 'Anders.');
  await page.click('#next');
  await page.waitForSelector('#send');
  assert.match(await page.locator('.review').textContent(), /Anders\./);
  await context.close();
});

test('who I am, written for one adviser, is shown with the name of another who was chosen since', async () => {
  const { context, page } = await visit(browser, server.url);
  await to_review(page, 'report', undefined, '.choice:has-text("Mieke") input[name=adviser]');
  const row = page.locator('.review-row:has([data-change=identity]) dt');
  assert.equal(await row.textContent(), 'Wie je bent');
  await page.click('[data-change=identity]');
  await page.fill('#identity', 'Ik ben Sam.');
  await page.click('#next');
  assert.equal(await row.textContent(), 'Wie je bent → Mieke');
  await page.click('[data-change=adviser]');
  await page.locator('.choice:has-text("Youssef") input[name=adviser]').check();
  await page.click('#next');
  assert.equal(await row.textContent(), 'Wie je bent → Youssef');
  await context.close();
});

test('while files are on their way nothing offers to end that, and the end leaves the case alone', async () => {
  const { context, page } = await visit(browser, server.url, { fake: { slot_ms: 20, hold: 5 } });
  await to_review(page, 'report', async (name) => {
    if (name !== 'story') return;
    await page.setInputFiles('#files', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.alloc(8 * 15_360) });
    await page.click('[data-file=as-it-is]');
  });
  await page.click('#send');
  const phrase = await read_phrase(page);
  await page.click('#next');
  await page.waitForSelector('input[id^=word-]');
  await type_back(page, phrase);
  await page.click('#next');
  await page.waitForSelector('#look');
  assert.equal(await page.locator('#close').count(), 0);
  await page.evaluate(() => (globalThis.omzien_fake.hold = undefined));
  await page.click('#close');
  assert.match(await page.locator('main').textContent(), /Aan je zaak verandert dit niets/);
  await context.close();
});

test('a file that is chosen while words are on their way is not sent with them', async () => {
  const { context, page } = await visit(browser, server.url);
  await come_back(page, kFakePhrase);
  const choose = async (name) => {
    await page.setInputFiles('#files', { name, mimeType: 'text/plain', buffer: Buffer.alloc(100) });
    await page.click('[data-file=as-it-is]');
  };
  await page.fill('#message', 'Hierbij.');
  await choose('asked for.txt');
  await page.evaluate(() => (globalThis.omzien_fake.hold = 0));
  await page.click('#say');
  await page.waitForSelector('#say[aria-disabled=true]');
  await choose('not looked at yet.txt');
  await page.evaluate(() => (globalThis.omzien_fake.hold = undefined));
  await page.waitForFunction(() => document.querySelector('.timeline').textContent.includes('asked for.txt'));
  await page.waitForTimeout(400);
  const timeline = await page.locator('.timeline').textContent();
  assert.ok(timeline.includes('Hierbij.') && !timeline.includes('not looked at yet.txt'), timeline);
  assert.match(await page.locator('.talk').textContent(), /not looked at yet\.txt/);
  await context.close();
});

test('a case with half a message is not closed before that is said, and the message stays for whoever keeps it', async () => {
  const { context, page } = await visit(browser, server.url);
  await come_back(page, kFakePhrase);
  await page.fill('#message', 'Half een b');
  await page.click('#close');
  assert.match(await page.locator('.more ~ [role=alert]').textContent(), /nog iets niet verstuurd/);
  await page.click('.more ~ [role=alert] button');
  assert.equal(await page.locator('.more ~ [role=alert]').count(), 0);
  assert.equal(await page.inputValue('#message'), 'Half een b');
  await page.click('#close');
  await page.click('#close');
  await page.waitForSelector('#begin');
  await context.close();
});

test('a word that is on no list is pointed at, and one tap mends it', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.click('#again');
  await page.fill('#phrase', kFakePhrase.replace('fiets', 'FIETZ'));
  await page.click('#open');
  assert.match(await page.locator('.errors').textContent(), /Woord 3/);
  await page.locator('.word-trouble .button').first().click();
  await page.click('#open');
  await page.waitForSelector('.timeline');
  await context.close();
});

test('a message is said once, urgent when asked, and what waits is shown', async () => {
  const { context, page } = await visit(browser, server.url);
  await come_back(page, kFakePhrase);
  await page.fill('#message', 'Liever schrijven.');
  await page.click('#say');
  await page.locator('.said-mine', { hasText: 'Liever schrijven.' }).waitFor();
  await page.click('#urgent');
  await page.fill('#message', 'Vandaag nog graag.');
  await page.click('#say');
  await page.waitForSelector('.state-urgent');
  assert.equal(await page.locator('.said-mine', { hasText: 'Vandaag nog' }).count(), 1);
  await context.close();
});

test('another adviser: a new case without the present one', async () => {
  const { context, page } = await visit(browser, server.url);
  await come_back(page, kFakePhrase);
  await page.click('#another');
  await page.click('#start-again');
  assert.equal(await heading(page), 'Hier kun je het kwijt.');
  await page.click('#door-advice');
  await page.click('#next');
  await page.fill('#story', kStory);
  await page.click('#next');
  await page.click('#next');
  assert.deepEqual(await page.locator('.person .choice-title').allTextContents(), ['Youssef', 'Anouk']);
  await context.close();
});

test('beginning again with somebody else erases nothing that was not sent without asking', async () => {
  const { context, page } = await visit(browser, server.url);
  await come_back(page, kFakePhrase);
  await page.fill('#message', 'Nog niet af.');
  await page.click('#another');
  await page.click('#start-again');
  await page.getByText('Afsluiten wist het.').waitFor();
  await page.click('.back');
  assert.equal(await page.inputValue('#message'), 'Nog niet af.');
  await page.click('#another');
  await page.click('#start-again');
  await page.click('#start-again');
  assert.equal(await heading(page), 'Hier kun je het kwijt.');
  await context.close();
});

async function file_of(download) {
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), mimeType: 'application/octet-stream', buffer: Buffer.concat(chunks) };
}

test('a beginning is kept in a file on request, and only its words open it', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.click('#door-witness');
  await page.click('#next');
  await page.fill('#story', kStory);
  await page.click('#save-draft');
  const words = await read_phrase(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
  const file = await file_of(download);
  await context.close();

  const later = await visit(browser, server.url);
  await later.page.click('#open-draft');
  assert.equal(await later.page.locator('form .warn').count(), 0);
  await later.page.setInputFiles('#file', file);
  await later.page.fill('#words', words.toReversed().join(' '));
  await later.page.click('#open');
  await later.page.waitForSelector('.errors');
  await later.page.fill('#words', words.join(' '));
  await later.page.click('#open');
  await later.page.waitForSelector('#story');
  assert.equal(await later.page.inputValue('#story'), kStory);

  // Whoever writes already is told what opening another one does to that.
  await later.page.click('.back');
  await later.page.getByText('in de plaats van wat je nu schrijft').waitFor();
  await later.context.close();
});

test('what was written before “I’d rather not” is not sent, and is there again for whoever comes back', async () => {
  const { context, page } = await visit(browser, server.url, { fake: { slot_ms: 20 } });
  await page.click('#door-report');
  await page.click('#next');
  await page.fill('#story', kStory);
  await page.click('#next');
  await page.click('#next');
  await page.fill('#answer-where', 'In de kantine.');
  await page.locator('.withheld button').last().click();
  await page.waitForSelector('#answer-when');
  await page.click('.back');
  assert.equal(await page.inputValue('#answer-where'), 'In de kantine.');
  assert.equal(await page.locator('.withheld [aria-pressed=true]').count(), 1);
  await page.click('#skip-all');
  await page.locator('input[name=adviser]').first().check();
  await page.click('#next');
  await page.click('#next');
  const told = await page.locator('.review').textContent();
  assert.ok(!told.includes('kantine') && told.includes('Liever niet'), told);
  await context.close();
});

// One colour, so that its bytes are few however large it is.
function picture(side) {
  const chunk = (name, data) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([size, named, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1; // bit a pixel
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

test('a picture too large to draw, from whomever, can be saved and is not drawn', async () => {
  const { context, page } = await visit(browser, server.url, { fake: { slot_ms: 20, case_variant: 'answered' } });
  await come_back(page, kFakePhrase);
  for (const [drawn, side] of [[1, 100], [1, 7000]]) {
    await page.setInputFiles('#files', { name: 'plaat.png', mimeType: 'image/png', buffer: picture(side) });
    await page.waitForSelector('.talk .file-list [data-file=cover]');
    await page.click('#say');
    await page.locator('[data-fetch]').last().click();
    await page.waitForFunction(() => document.querySelectorAll('[data-fetch]').length === 0);
    assert.equal(await page.locator('.timeline img').count(), drawn, `${side} pixels wide`);
  }
  assert.equal(await page.locator('.timeline a[download]').count(), 2);
  await context.close();
});
