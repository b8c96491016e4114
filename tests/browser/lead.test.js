// The reporter's lead on a phone, the advisers and a committee at the command line, a real gateway between them: what
// is proposed, answered, let in, taken back, complained about, taken along and withdrawn, in both languages.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { kHaste, visit } from './kit/browser.js';
import { set_up } from './kit/stage.js';
import { case_name, come_back, kStory, send, to_review, to_timeline } from './kit/walk.js';

const kSlow = 240_000;
const kSummary = 'In een team worden grappen gemaakt over afkomst.';
const kMine = 'Er worden grappen gemaakt, en de leiding lacht mee.';

let gateway, server, browser, folder, take_down;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up((on) => on.serve_app()));
  writeFileSync(`${folder}/summary.txt`, kSummary);
});
after(() => take_down?.());

const texts = (shown) => shown.entries.map((entry) => entry.text ?? '').join('\n');
const readers = (shown, part) =>
  shown.access.filter((row) => !row.dormant && row.compartments.includes(part)).map((row) => row.name).sort();

// A report to mieke with ruud to stand in, opened on its timeline.
async function told(locale = 'nl-NL') {
  const visited = await visit(browser, server.url, { locale, haste: kHaste });
  const { page } = visited;
  await to_review(page, 'report', undefined, '.choice:has-text("Mieke") input[name=adviser]');
  const phrase = await send(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  const name = await case_name(page);
  const { handle } = gateway.desk('mieke', 'inbox').cases.find((item) => item.handle_words === name);
  return { ...visited, phrase, name, handle };
}

async function look_again(page) {
  await page.click('#look-again');
  await page.waitForFunction(() => document.querySelector('#look-again').ariaDisabled !== 'true', undefined, { timeout: kSlow });
}
// Sends the step on the screen, and sees it accepted: the case is on the screen again.
async function take(page) {
  await page.click('#send');
  await page.waitForSelector('#look-again', { timeout: kSlow });
}
const has_case = (who, handle) => gateway.desk(who, 'inbox').cases.some((item) => item.handle === handle);
const access_text = (page) => page.locator('.access').textContent();

function propose(handle) {
  gateway.desk('mieke', 'propose', handle, '--step', 'share_triage', '--text', 'Dan kunnen zij de leiding aanspreken.',
    '--committee', 'Noord', '--leave-out', 'bram', '--summary', `${folder}/summary.txt`);
}

describe('a proposal', { concurrency: 3 }, () => {
  for (const [locale, words] of [['nl-NL', /Ja, als …/], ['en-GB', /Yes, if …/]])
    test(`a committee of three with one left out reads the summary as approved, after a yes-if: ${locale}`, { timeout: kSlow }, async () => {
      const { context, page, complaints, phrase, handle } = await told(locale);
      propose(handle);
      await page.click('#close');
      await page.click('#begin');
      await come_back(page, phrase, kSlow);
      assert.equal(has_case('ilse', handle), false, 'nothing happens before the answer');
      await page.locator('[data-question]').click();
      const said = await page.locator('main').textContent();
      for (const told_before of ['Dan kunnen zij de leiding aanspreken.', 'Ilse', 'Tarik']) assert.ok(said.includes(told_before), told_before);
      assert.ok(!said.includes('Bram'));
      assert.equal(await page.inputValue('#summary'), kSummary);
      await page.fill('#summary', kMine);
      await page.locator('#choice-yes_if').check();
      await page.click('#send');
      await page.waitForSelector('.errors');
      await page.fill('#conditions', 'Zonder namen.');
      await take(page);
      assert.equal(await page.locator('[data-question]').count(), 0);
      assert.match(await page.locator('.timeline').textContent(), words);
      assert.match(await access_text(page), /Ilse/);

      for (const who of ['ilse', 'tarik']) {
        const shown = gateway.desk(who, 'show', handle);
        assert.ok(texts(shown).includes(kMine), who);
        assert.ok(!texts(shown).includes(kSummary) && !texts(shown).includes(kStory), who);
      }
      assert.equal(has_case('bram', handle), false);
      const { proposals } = gateway.desk('mieke', 'show', handle);
      assert.deepEqual([proposals[0].decision.choice, proposals[0].decision.text, proposals[0].decision.carried_out], ['yes_if', 'Zonder namen.', true]);
      assert.deepEqual(complaints, []);
      await context.close();
    });

  test('a phone locked between the yes and the wraps loses nothing, and lets nobody half in', { timeout: 2 * kSlow }, async () => {
    const { context, page, handle } = await told();
    propose(handle);
    await look_again(page);
    await page.locator('[data-question]').click();
    await page.locator('#choice-yes').check();
    await page.fill('#conditions', 'Ga je gang.');
    await page.click('#send');
    const session = await context.newCDPSession(page);
    for (let locked = 0; locked < 3; locked += 1) {
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      await new Promise((wake) => setTimeout(wake, 1500));
      const { proposals, access } = gateway.desk('mieke', 'show', handle);
      const inside = access.filter((row) => ['ilse', 'tarik'].includes(row.name)).length;
      assert.equal(inside, proposals[0].decision === null ? 0 : 2, 'the answer and the access come together');
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      await new Promise((wake) => setTimeout(wake, 300));
    }
    await page.waitForSelector('#look-again', { timeout: kSlow });
    const { proposals, alarms } = gateway.desk('mieke', 'show', handle);
    assert.deepEqual(alarms, []);
    assert.deepEqual([proposals[0].decision.choice, proposals[0].decision.carried_out], ['yes', true]);
    assert.ok(texts(gateway.desk('ilse', 'show', handle)).includes(kSummary));
    await context.close();
  });

  test('a page that is gone before the yes was accepted leaves the question as it was, and it is answered once', { timeout: 2 * kSlow }, async () => {
    const { context, page, phrase, handle } = await told();
    propose(handle);
    await look_again(page);
    await page.locator('[data-question]').click();
    await page.locator('#choice-yes').check();
    page.on('dialog', (dialog) => dialog.accept());
    await context.setOffline(true);
    await page.click('#send');
    await page.getByText('Even geen verbinding').waitFor({ timeout: kSlow });
    await context.setOffline(false).then(() => page.reload());
    await come_back(page, phrase, kSlow);
    const { proposals } = gateway.desk('mieke', 'show', handle);
    if (proposals[0].decision === null) {
      await page.locator('[data-question]').click();
      await page.locator('#choice-no').check();
      await take(page);
    }
    const [only, ...more] = gateway.desk('mieke', 'show', handle).entries.filter((entry) => entry.event === 'decision');
    assert.ok(only);
    assert.deepEqual(more, []);
    assert.equal(await page.locator('[data-question]').count(), 0);
    await context.close();
  });

  test('not now can be answered later, no is the end of it, and a step taken back is asked no more', { timeout: 2 * kSlow }, async () => {
    const { context, page, handle } = await told();
    for (const step of ['team_lead', 'mediation', 'investigation']) gateway.desk('mieke', 'propose', handle, '--step', step);
    await look_again(page);
    const [first, second, third] = await page.locator('[data-question]').evaluateAll((all) => all.map((one) => one.dataset.question));
    await page.click(`[data-question="${first}"]`);
    await page.locator('#choice-not_now').check();
    await take(page);
    assert.equal(await page.locator('[data-question]').count(), 3, 'put off, it still stands');
    await page.click(`[data-question="${first}"]`);
    await page.locator('#choice-no').check();
    await take(page);
    assert.equal(await page.locator('[data-question]').count(), 2);
    await page.click(`[data-question="${second}"]`);
    gateway.desk('mieke', 'retract', handle, second);
    await page.locator('#choice-yes').check();
    await page.fill('#conditions', 'Dit blijft staan.');
    await page.click('#send');
    await page.waitForSelector('#to-case', { timeout: kSlow });
    assert.equal(await page.inputValue('#conditions'), 'Dit blijft staan.', 'refused, and nothing typed is lost');
    await page.click('#to-case');
    await page.waitForFunction(() => document.querySelectorAll('[data-question]').length === 1, undefined, { timeout: kSlow });
    assert.equal(await page.locator('[data-question]').first().getAttribute('data-question'), third);
    await context.close();
  });
});

// What a click saves, as text.
async function saved(page, selector) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts).toString();
}
function verified(name, text) {
  writeFileSync(`${folder}/${name}.json`, text);
  return gateway.verify_file(`${folder}/${name}.json`);
}

describe('who reads, and what ends', { concurrency: 3 }, () => {
  for (const locale of ['nl-NL', 'en-GB'])
    test(`let in, let decide, take back, change adviser, dispute, say who one is: ${locale}`, { timeout: 4 * kSlow }, async () => {
      const { context, page, complaints, handle } = await told(locale);
      await page.click('#let-in');
      await page.selectOption('#who', await page.locator('#who option', { hasText: 'Coordinator' }).getAttribute('value'));
      await page.locator('input[name=part]').nth(3).uncheck();
      await take(page);
      let shown = gateway.desk('coordinator', 'show', handle);
      assert.ok(texts(shown).includes(kStory));
      assert.deepEqual(readers(gateway.desk('mieke', 'show', handle), 'talk'), ['mieke']);

      await page.click('#delegate');
      await page.locator('#who').selectOption({ index: 1 });
      await page.locator('.choice:has-text("Ilse") input').uncheck();
      await page.click('#send');
      await page.waitForSelector('.errors');
      await page.fill('#until', new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
      await take(page);
      assert.equal(await page.locator('[data-end-delegation]').count(), 1);
      gateway.desk('mieke', 'pass-on', handle, '--to', 'tarik', '--part', 'summary', '--yes');
      await look_again(page);
      assert.match(await page.locator('.news').textContent(), /Tarik/);
      await page.locator('[data-end-delegation]').click();
      await page.waitForFunction(() => !document.querySelector('[data-end-delegation]'), undefined, { timeout: kSlow });
      assert.throws(() => gateway.desk('mieke', 'pass-on', handle, '--to', 'bram', '--part', 'summary', '--yes'));

      await page.click('[data-take-back=coordinator]');
      await take(page);
      assert.equal(has_case('coordinator', handle), false);

      gateway.desk('mieke', 'say', handle, 'Ik heb het gelezen.');
      await look_again(page);
      await page.locator('[data-dispute]').first().click();
      await page.fill('#wrong', 'Hier staat niets.');
      await take(page);
      assert.equal(await page.locator('.clock-met').count(), 0, 'its term runs anew');
      assert.ok(texts(gateway.desk('mieke', 'show', handle)).includes('Hier staat niets.'));

      await page.click('#identify');
      await page.locator('#to').selectOption({ index: 1 });
      await page.fill('#identity', 'Ik ben Sam.');
      await take(page);
      assert.ok(texts(gateway.desk('mieke', 'show', handle)).includes('Ik ben Sam.'));
      await look_again(page);
      assert.match(await page.locator('.timeline').textContent(), locale === 'nl-NL' ? /Las wie je bent/ : /Read who you are/);

      await page.click('#another');
      await page.selectOption('#to', await page.locator('#to option', { hasText: 'Youssef' }).getAttribute('value'));
      await page.fill('#word', 'Welkom.');
      await take(page);
      shown = gateway.desk('youssef', 'show', handle);
      assert.ok(texts(shown).includes(kStory) && texts(shown).includes('Welkom.'));
      assert.ok(!texts(shown).includes('Ik ben Sam.'), 'who the reporter is, they say by name');
      assert.equal(has_case('mieke', handle), false);
      assert.deepEqual(shown.alarms, []);
      assert.deepEqual(complaints, []);
      await context.close();
    });

  for (const locale of ['nl-NL', 'en-GB'])
    test(`a complaint past the adviser, a copy to take along, a withdrawal with its proof: ${locale}`, { timeout: 3 * kSlow }, async () => {
      const { context, page, complaints, phrase, handle } = await told(locale);
      await page.click('#complaint');
      await page.waitForSelector('textarea#complaint', { timeout: kSlow });
        await page.fill('textarea#complaint', 'Er wordt niet geantwoord.');
      await take(page);
      const found = gateway.desk('coordinator', 'inbox').cases
        .map((item) => gateway.desk('coordinator', 'show', item.handle)).find((shown) => texts(shown).includes(handle));
      assert.ok(texts(found).includes('Er wordt niet geantwoord.'));
      assert.equal(has_case('mieke', found.handle), false, 'the adviser hears nothing of it');
      gateway.desk('coordinator', 'say', found.handle, 'Ik ga erachteraan.');
      await page.click('#complaint');
      await page.locator('.timeline', { hasText: 'Ik ga erachteraan.' }).waitFor({ timeout: kSlow });
      await page.click('.back');

      await page.click('#take-along');
      assert.ok((await saved(page, '#save-read')).includes(kStory));
      const copy = verified('copy', await saved(page, '#save-check'));
      assert.deepEqual([copy.what, copy.verified, copy.handle], ['case', true, handle]);
      await page.click('.back');

      await page.click('#withdraw');
      await page.click('#send');
      await page.waitForSelector('.errors');
      await page.locator('#sure').check();
      await page.click('#send');
      await page.waitForSelector('#save-proof', { timeout: kSlow });
      const proof = verified('proof', await saved(page, '#save-proof'));
      assert.deepEqual([proof.what, proof.verified, proof.handle], ['withdrawal', true, handle]);
      assert.ok(!texts(gateway.desk('mieke', 'show', handle)).includes(kStory));
      await page.click('#close');
      await page.click('#begin');
      await page.click('#again');
      await page.fill('#phrase', phrase.join(' '));
      await page.click('#open');
      await page.waitForSelector('.strip-failed', { timeout: kSlow });
      assert.deepEqual(complaints, []);
      await context.close();
    });

  test('a file in the answer to a complaint is fetched from there, not from the case with as many files', { timeout: kSlow }, async () => {
    for (const [name, text] of [['zaak.txt', 'Van de zaak.'], ['klacht.txt', 'Van de klacht.']]) writeFileSync(`${folder}/${name}`, text);
    const filed = gateway.report('Een verhaal.', '--to', 'mieke', '--attach', `${folder}/zaak.txt`, '--attach-as-is');
    const { handle } = gateway.reporter(filed.phrase, 'complain', 'Er wordt niet geantwoord.');
    gateway.desk('coordinator', 'attachments', handle, '--attach', `${folder}/klacht.txt`, '--attach-as-is');
    const { context, page } = await visit(browser, server.url, { haste: kHaste });
    await come_back(page, filed.phrase, kSlow);
    const fetched = async () => {
      await page.click('[data-fetch]', { timeout: kSlow });
      await page.waitForSelector('a[download]', { timeout: kSlow });
      return saved(page, 'a[download]');
    };
    assert.equal(await fetched(), 'Van de zaak.');
    await page.click('#complaint');
    assert.equal(await fetched(), 'Van de klacht.');
    await context.close();
  });

  test('what was done without consent is the first thing a reporter sees', { timeout: kSlow }, async () => {
    const { context, page, handle } = await told();
    gateway.desk('mieke', 'unconsented', handle, '--cause', 'danger', '--text', 'Ik heb de meldkamer gebeld.');
    gateway.desk('mieke', 'propose', handle, '--step', 'team_lead');
    await look_again(page);
    const first = await page.locator('main section').first().textContent();
    assert.match(first, /zonder jouw toestemming/);
    assert.ok(first.includes('Ik heb de meldkamer gebeld.'));
    await context.close();
  });
});
