// The real app, the real core and a real gateway: what is sent, `omzien desk` opens; what the desk
// answers, the app shows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './kit/browser.js';
import { has_gateway, RealGateway } from './kit/real.js';
import { come_back, heading, kStory, send, to_review } from './kit/walk.js';

const kSlow = 90_000; // some slots of two seconds and more

let gateway, server, browser;
before(async () => {
  if (!has_gateway()) throw new Error('build omzien and omzien-gateway first');
  gateway = await RealGateway.start();
  server = await gateway.serve_app();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  await gateway?.stop();
});

async function report(page, name) {
  await to_review(page, 'report', undefined, `.choice:has-text("${name}") input[name=adviser]`);
  return send(page, undefined, kSlow);
}

test('reports without a name, and the chosen adviser reads and answers it', { timeout: 5 * kSlow }, async () => {
  const { context, page, complaints } = await visit(browser, server.url);
  const phrase = await report(page, 'Mieke');
  assert.equal(await heading(page), 'Goed dat je dit vertelt.');

  const inbox = gateway.desk('mieke', 'desk', 'inbox');
  const item = inbox.cases.find((one) => one.unread !== 0 && !gateway.demo.cases.some((known) => known.handle === one.handle));
  const shown = gateway.desk('mieke', 'desk', 'show', item.handle);
  const texts = shown.entries.map((entry) => entry.text ?? '').join('\n');
  assert.ok(texts.includes(kStory));
  assert.ok(texts.includes('In de appgroep.'));
  gateway.desk('mieke', 'desk', 'say', item.handle, 'Dank je. Zullen we bellen?');

  await page.click('#close');
  assert.equal(await page.locator('text=' + phrase[0]).count(), 0);
  await page.locator('main button').click();
  await come_back(page, phrase, kSlow);
  assert.ok((await page.locator('.timeline').textContent()).includes('Zullen we bellen?'));
  assert.ok((await page.locator('.access').textContent()).includes('Mieke'));

  await page.fill('#message', 'Liever hier.');
  await page.click('#say');
  await page.waitForSelector('.said-mine', { timeout: kSlow });
  const again = gateway.desk('mieke', 'desk', 'show', item.handle);
  assert.equal(again.entries.filter((entry) => entry.text === 'Liever hier.').length, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});
