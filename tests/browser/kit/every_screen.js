// Every screen of the app once, in the states a reporter may find it in. `open(controls)` gives a page
// with a fresh app, `shoot(page, name)` is called on each screen. A few visits go on side by side. The browser is one
// with a microphone (microphone_flags).
import { kGivingVisits } from './giving_screens.js';
import { come_back, send, to_review } from './walk.js';

export const kFakePhrase = 'kastanje molen fiets oever tafel regen lantaarn dorp';

async function a_report({ page }, shoot) {
  await to_review(page, 'report', (name) => shoot(page, name));
  await page.click('[data-change=identity]');
  await shoot(page, 'identity');
  await page.click('#next');
  await send(page, (name) => shoot(page, name));
}

async function on_its_way({ page }, shoot) {
  await to_review(page);
  await page.click('#send');
  await page.click('#qr');
  await page.waitForFunction(() => document.querySelector('progress')?.value > 0);
  await shoot(page, 'phrase_sending');
  await page.locator('.bottom-links .link').first().click();
  await shoot(page, 'help');
  await page.click('.back');
  await page.click('#next');
  await page.waitForSelector('input[id^=word-]');
  await page.click('#next');
  await page.waitForSelector('.errors');
  await shoot(page, 'check_wrong');
  await page.locator('.bottom-links .link').nth(1).click();
  await page.click('#poster');
  await page.click('.back');
  await page.click('.back');
}

async function a_broken_line({ page }, shoot) {
  await to_review(page, 'signal');
  await shoot(page, 'review_signal');
  await page.evaluate(() => (globalThis.omzien_fake.offline = true));
  await page.click('#send');
  await page.waitForSelector('.strip-failed');
  await shoot(page, 'failed');
}

async function words_that_do_not_fit({ page }, shoot) {
  await page.click('#again');
  await page.fill('#phrase', 'kastanje molen fietz oever tafel regen lantaarn');
  await page.click('#open');
  await page.locator('.field .link').click();
  await shoot(page, 'back_wrong_word');
  await page.fill('#phrase', 'molen molen fiets oever tafel regen lantaarn dorp');
  await page.click('#open');
  await page.waitForSelector('.strip-failed');
  await shoot(page, 'back_nothing');
}

const a_case = (variant) => async ({ page }, shoot) => {
  await come_back(page, kFakePhrase);
  await shoot(page, `case_${variant}`);
  if (variant !== 'answered') return;
  await page.click('#urgent');
  await shoot(page, 'urgent');
  await page.click('.back');
  await page.click('#close');
  await shoot(page, 'closed');
};

// Every step of the reporter's lead, filled in; none is taken but the ones that end somewhere else.
async function the_lead({ page }, shoot) {
  await come_back(page, kFakePhrase);
  await shoot(page, 'case_asked');
  await page.locator('.questions .button').first().click();
  await page.waitForSelector('#summary');
  await shoot(page, 'question');
  await page.click('#send');
  await page.waitForSelector('.errors');
  await shoot(page, 'question_no_answer');
  await page.locator('#choice-yes_if').check();
  await page.fill('#conditions', 'Alleen als mijn dienst er niet in staat.');
  await shoot(page, 'question_yes_if');
  await page.evaluate(() => (globalThis.omzien_fake.refuses = true));
  await page.click('#send');
  await page.waitForSelector('.strip-failed');
  await shoot(page, 'question_refused');
  await page.click('#to-case');
  await page.locator('.questions .button').nth(1).click();
  await shoot(page, 'question_bare');
  await page.click('.back');

  await page.click('#let-in');
  await shoot(page, 'let_in');
  await page.selectOption('#who', 'committee:1');
  await page.locator('input[name=member]').nth(2).uncheck();
  await shoot(page, 'let_in_committee');
  await page.click('.back');
  await page.locator('[data-take-back]').first().click();
  await shoot(page, 'take_back');
  await page.click('#instead');
  await page.selectOption('#to', '02');
  await shoot(page, 'another');
  await page.click('.back');
  await page.click('.back');
  await page.click('#delegate');
  await page.selectOption('#who', 'committee:1');
  await shoot(page, 'delegate');
  await page.click('.back');
  await page.click('#identify');
  await page.selectOption('#to', '01');
  await page.fill('#identity', 'Ik ben Sam.');
  await shoot(page, 'identify');
  await page.click('.back');
  await page.click('#stay');
  await shoot(page, 'stay');
  await page.click('.back');
  await page.locator('[data-dispute]').click();
  await shoot(page, 'dispute');
  await page.click('.back');
}

async function ways_out({ page }, shoot) {
  await come_back(page, kFakePhrase);
  await shoot(page, 'case_lead');
  await page.click('#complaint');
  await page.waitForSelector('#reader-0');
  await shoot(page, 'complaint');
  await page.fill('textarea#complaint', 'Er wordt niet geantwoord.');
  await page.click('#send');
  await page.waitForSelector('.timeline');
  await page.waitForSelector('#more');
  await page.click('#complaint');
  await page.waitForSelector('textarea#complaint');
  await shoot(page, 'complaint_sent');
  await page.click('.back');
  await page.click('#take-along');
  await page.click('#save-read');
  await shoot(page, 'take_along');
  await page.click('.back');
  await page.click('#withdraw');
  await shoot(page, 'withdraw');
  await page.locator('#sure').check();
  await page.click('#send');
  await page.waitForSelector('#save-proof');
  await shoot(page, 'withdrawn');
}

async function honesty({ page }, shoot) {
  await page.locator('main .link').first().click();
  await page.click('#tests');
  await page.waitForSelector('#poster');
  await shoot(page, 'honest');
  await page.click('#poster');
  await shoot(page, 'poster');
}

async function a_beginning({ page }, shoot) {
  await page.click('#open-draft');
  await shoot(page, 'draft_open');
  await page.click('.back');
  await page.click('#door-report');
  await page.click('#next');
  await page.click('#next');
  await page.waitForSelector('.errors');
  await shoot(page, 'story_empty');
  await page.fill('#story', 'Een begin.');
  await page.click('#save-draft');
  await shoot(page, 'draft_save');
}

async function nobody_left({ page }, shoot) {
  await page.click('#door-advice');
  await page.click('#next');
  await page.fill('#story', 'Een begin.');
  await page.click('#next');
  await page.click('#next');
  await page.waitForSelector('.not-this');
  for (let left = await page.locator('.not-this').count(); left > 0; left -= 1)
    await page.locator('.not-this').first().click();
  await shoot(page, 'adviser_nobody');
}

const kVisits = [
  [a_report, {}],
  [on_its_way, { hold: 1 }],
  [a_broken_line, { slot_ms: 300 }],
  [words_that_do_not_fit, {}],
  ...['fresh', 'answered', 'closed', 'alarm', 'paused', 'erased'].map((variant) => [a_case(variant), { case_variant: variant }]),
  [the_lead, { case_variant: 'asked' }],
  [ways_out, { case_variant: 'lead' }],
  [honesty, {}],
  [a_beginning, {}],
  [nobody_left, {}],
  ...kGivingVisits,
];

const kAtOnce = 4; // so that a slow machine's browser still answers each of them

export async function every_screen(open, shoot, visits = kVisits) {
  const waiting = [...visits];
  const go_on = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [go, controls] = next;
      const visited = await open(controls);
      await go(visited, shoot);
      await visited.context.close();
    }
  };
  await Promise.all(Array.from({ length: kAtOnce }, go_on));
}
