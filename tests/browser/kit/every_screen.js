// Every screen of the app once, in the states a reporter may find it in. `open(controls)` gives a page
// with a fresh app, `shoot(page, name)` is called on each screen.
import { come_back, send, to_review } from './walk.js';

export const kFakePhrase = 'kastanje molen fiets oever tafel regen lantaarn dorp';

export async function every_screen(open, shoot) {
  const first = await open({});
  await to_review(first.page, 'report', (name) => shoot(first.page, name));
  await first.page.click('[data-change=identity]');
  await shoot(first.page, 'identity');
  await first.page.click('#next');
  await send(first.page, (name) => shoot(first.page, name));
  await first.context.close();

  const sending = await open({ slot_ms: 400 });
  await to_review(sending.page);
  await sending.page.click('#send');
  await sending.page.click('#qr');
  await sending.page.waitForTimeout(500);
  await shoot(sending.page, 'phrase_sending');
  await sending.page.locator('.bottom-links .link').first().click();
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
    await come_back(back.page, kFakePhrase);
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
