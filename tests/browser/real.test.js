// The real app, the real core and a real gateway: every path in both languages. What is sent,
// `omzien desk` opens; what the desk answers, the app shows.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { kHaste, visit } from './kit/browser.js';
import { set_up } from './kit/stage.js';
import { case_name, come_back, keep, kStory, send, to_review, to_timeline } from './kit/walk.js';

const kSlow = 90_000;

let gateway, server, browser, take_down;
before(async () => {
  ({ gateway, server, browser, take_down } = await set_up((on) => on.serve_app()));
});
after(() => take_down?.());

const texts = (shown) => shown.entries.map((entry) => entry.text ?? '').join('\n');

async function told_and_answered(page, { kind, reader }) {
  await to_review(page, kind, undefined, `.choice:has-text("${reader}") input[name=adviser]`);
  const phrase = await send(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  const name = reader.toLowerCase();
  const [shown, ...more] = gateway.cases_of(name, await case_name(page));
  assert.deepEqual(more, []);
  assert.equal(shown.kind, kind);
  assert.ok(texts(shown).includes(kStory));
  gateway.desk(name, 'say', shown.handle, 'Dank je. Zullen we bellen?');

  await page.click('#close');
  for (const word of phrase) assert.equal(await page.getByText(word, { exact: true }).count(), 0);
  await page.click('#begin');
  await come_back(page, phrase, kSlow);
  assert.ok((await page.locator('.timeline').textContent()).includes('Zullen we bellen?'));
  assert.ok((await page.locator('.access').textContent()).includes(reader));

  await page.fill('#message', 'Liever hier.');
  await page.click('#say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });
  const again = gateway.desk(name, 'show', shown.handle);
  assert.equal(again.entries.filter((entry) => entry.text === 'Liever hier.').length, 1);
}

describe('each kind in each language', { concurrency: 2 }, () => {
  for (const locale of ['nl-NL', 'en-GB'])
    for (const [kind, reader] of [['report', 'Mieke'], ['advice', 'Anouk'], ['witness', 'Youssef']])
      test(`${kind} in ${locale}: the chosen adviser reads and answers it`, { timeout: kSlow }, async () => {
        const { context, page, complaints } = await visit(browser, server.url, { locale, haste: kHaste });
        await told_and_answered(page, { kind, reader });
        assert.deepEqual(complaints, []);
        await context.close();
      });

  for (const locale of ['nl-NL', 'en-GB'])
    test(`a signal in ${locale}: the coordinator reads it, and nobody answers`, { timeout: kSlow }, async () => {
      const { context, page, complaints } = await visit(browser, server.url, { locale, haste: kHaste });
      await to_review(page, 'signal');
      await page.click('#send');
      await page.click('#show-words', { timeout: kSlow });
      await keep(page, undefined, kSlow);
      await to_timeline(page, kSlow);
      const [shown, ...more] = gateway.cases_of('coordinator', await case_name(page));
      assert.deepEqual(more, []);
      assert.ok(texts(shown).includes(kStory));
      assert.deepEqual(complaints, []);
      await context.close();
    });
});

// At the pace of a real visit.
test('reports without a name, and asks nobody else', { timeout: 2 * kSlow }, async () => {
  const { context, page } = await visit(browser, server.url);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  await to_review(page, 'report', undefined, '.choice:has-text("Mieke") input[name=adviser]');
  await send(page, undefined, kSlow);
  await to_timeline(page, kSlow);
  const [shown] = gateway.cases_of('mieke', await case_name(page));
  assert.ok(texts(shown).includes(kStory));
  assert.deepEqual(shown.entries.filter((entry) => entry.compartment === 'identity'), []);
  assert.ok(asked.filter((url) => url === `${server.url}/v1/exchange`).length > 2, asked.join(' '));
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.url)), []);
  await context.close();
});
