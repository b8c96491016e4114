// Every screen, phone and desktop, both languages and both themes, into /screenshots.
//
//   node screenshots.js [phone|desktop] [nl|en|xa|xb] [light|dark]      fewer of them
import { mkdirSync, rmSync } from 'node:fs';
import { kDesktop, kFakeApp, kPhone, kProject, launch, visit } from './kit/browser.js';
import { serve } from './kit/server.js';
import { come_back, heading, send, to_review } from './kit/walk.js';

const kPhrase = 'kastanje molen fiets oever tafel regen lantaarn dorp';
const kFolder = `${kProject}screenshots`;
const asked = process.argv.slice(2);
const wanted = (all) => {
  const some = all.filter((one) => asked.includes(one));
  return some.length > 0 ? some : all;
};

async function walk(open, shoot) {
  const first = await open({});
  await to_review(first.page, 'report', (name) => shoot(first.page, name));
  await first.page.click('[aria-label$="ben"], [aria-label*="who I am"]').catch(() => {});
  await first.page.waitForSelector('#identity', { timeout: 500 }).then(
    async () => {
      await shoot(first.page, 'identity');
      await first.page.click('#next');
    },
    () => {},
  );
  await send(first.page, (name) => shoot(first.page, name));
  await first.context.close();

  const sending = await open({ slot_ms: 400 });
  await to_review(sending.page);
  await sending.page.click('#send');
  await sending.page.click('#qr');
  await sending.page.waitForTimeout(500);
  await shoot(sending.page, 'phrase_sending');
  await sending.page.locator('.link', { hasText: /Hulp nu|Help now|Ĥéłp ñóŵ|ñóŵ/ }).first().click();
  await shoot(sending.page, 'help');
  await sending.context.close();

  const broken = await open({ slot_ms: 300 });
  await to_review(broken.page, 'signal');
  await shoot(broken.page, 'review_signal');
  await broken.page.evaluate(() => (globalThis.omzien_fake.offline = true));
  await broken.page.click('#send');
  await broken.page.waitForSelector('.strip-failed');
  await shoot(broken.page, 'failed');
  await broken.context.close();

  for (const case_variant of ['fresh', 'answered', 'closed', 'alarm']) {
    const back = await open({ case_variant });
    if (case_variant === 'fresh') {
      await back.page.click('#again');
      await back.page.fill('#phrase', 'kastanje molen fietz oever tafel regen lantaarn');
      await back.page.click('#open');
      await back.page.locator('.field .link').click();
      await shoot(back.page, 'back_wrong_word');
      await back.page.fill('#phrase', 'molen molen fiets oever tafel regen lantaarn dorp');
      await back.page.click('#open');
      await back.page.waitForSelector('.strip-failed');
      await shoot(back.page, 'back_nothing');
      await back.page.click('.back');
    }
    await come_back(back.page, kPhrase);
    await shoot(back.page, `case_${case_variant}`);
    if (case_variant === 'answered') {
      await back.page.click('#urgent');
      await shoot(back.page, 'urgent');
      await back.page.click('.back');
      await back.page.click('#another');
      await shoot(back.page, 'another');
      await back.page.click('.back');
      await back.page.click('#close');
      await shoot(back.page, 'closed');
    }
    await back.context.close();
  }

  const rest = await open({});
  await rest.page.waitForTimeout(150);
  await rest.page.locator('main .link').first().click();
  await shoot(rest.page, 'honest');
  await rest.page.click('#poster');
  await shoot(rest.page, 'poster');
  await rest.page.click('.back');
  await rest.page.click('.back');
  await rest.page.click('#open-draft');
  await shoot(rest.page, 'draft_open');
  await rest.page.click('.back');
  await rest.page.click('#door-report');
  await rest.page.click('#next');
  await rest.page.click('#next');
  await rest.page.waitForSelector('.errors');
  await shoot(rest.page, 'story_empty');
  await rest.page.fill('#story', 'Een begin.');
  await rest.page.click('#save-draft');
  await shoot(rest.page, 'draft_save');
  await rest.context.close();
}

rmSync(kFolder, { recursive: true, force: true });
const server = await serve({ folder: kFakeApp });
const browser = await launch();
let count = 0;
for (const size of wanted(['phone', 'desktop']))
  for (const language of wanted(['nl', 'en', 'xa', 'xb']).filter((one) => asked.includes(one) || one.length < 3 && !one.startsWith('x')))
    for (const scheme of wanted(['light', 'dark'])) {
      const folder = `${kFolder}/${size}-${language}-${scheme}`;
      mkdirSync(folder, { recursive: true });
      const open = async (fake) => {
        const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
        const visited = await visit(browser, server.url, {
          size: size === 'phone' ? kPhone : kDesktop, locale, scheme, fake,
        });
        if (language.startsWith('x')) await visited.page.click(`[lang=en-${language.toUpperCase()}]`);
        return visited;
      };
      const shoot = async (page, name) => {
        await heading(page);
        await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
        count += 1;
      };
      await walk(open, shoot);
    }
await browser.close();
server.close();
console.log(`${count} screenshots in ${kFolder}`);
