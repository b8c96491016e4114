// The ways through the app, as a reporter goes them; every test and the screenshots use these.

const kPatience = 20_000; // nothing here waits for a gateway, but machines are shared

export const kStory = 'Ze maken grappen over mijn afkomst, en iedereen lacht mee.';

export async function heading(page) {
  return (await page.locator('h1').textContent()).trim();
}

async function next(page) {
  const before = await heading(page);
  await page.click('#next');
  await page.waitForFunction((old) => document.querySelector('h1')?.textContent.trim() !== old, before);
}

// From the first screen to where the story is told.
export async function to_story(page) {
  await page.click('#door-report');
  await page.click('#next');
  await page.waitForSelector('#story');
}

// From the first screen to the review. `at(name)` is called on every screen, once it is filled in.
export async function to_review(page, kind = 'report', at = async () => {}, adviser = '#adviser-0') {
  await at('welcome');
  await page.click(`#door-${kind}`);
  await at('before');
  await next(page);
  await page.fill('#story', kStory);
  await at('story');
  await next(page);
  if (kind !== 'signal') {
    await page.locator('input[name=want]').nth(1).check();
    await at('want');
    await next(page);
  }
  const prompts = { advice: [], signal: ['where', 'when'] }[kind] ?? ['where', 'when', 'who', 'helped'];
  for (const prompt of prompts) {
    await page.waitForSelector(`#answer-${prompt}`);
    if (prompt === 'where') await page.fill('#answer-where', 'In de appgroep.');
    await at(prompt);
    if (prompt === 'when') await page.locator('.withheld button').first().click();
    else await page.click('#next');
  }
  if (kind !== 'signal') {
    await page.waitForSelector(adviser);
    await page.locator(adviser).check();
    await at('adviser');
    await next(page);
    await page.waitForSelector('input[name=stand-in]');
    await page.locator('input[name=stand-in]').nth(1).check();
    await at('stand_in');
    await next(page);
  }
  await page.waitForSelector('#send');
  await at('review');
}

export async function read_phrase(page) {
  await page.waitForSelector('#phrase-words');
  return page.locator('.phrase-word').allTextContents();
}

// Types back the two words that are asked for.
export async function type_back(page, phrase) {
  const fields = page.locator('input[id^=word-]');
  for (let row = 0; row < (await fields.count()); row += 1) {
    const field = fields.nth(row);
    const place = Number((await field.getAttribute('id')).slice('word-'.length));
    await field.fill(phrase[place]);
  }
}

// From the words as they are shown to "done"; returns them.
export async function keep(page, at = async () => {}, timeout = kPatience) {
  const phrase = await read_phrase(page);
  await at('phrase');
  await page.click('#next');
  await page.waitForSelector('input[id^=word-]');
  await type_back(page, phrase);
  await at('check');
  await page.click('#next');
  await page.waitForSelector('#close', { timeout });
  await at('done');
  return phrase;
}

// From the review to "done"; returns the phrase.
export async function send(page, at, timeout) {
  await page.click('#send');
  return keep(page, at, timeout);
}

// From "done" to the case that was just made.
export async function to_timeline(page, timeout = kPatience) {
  await page.click('#look');
  await page.waitForSelector('.timeline', { timeout });
}

// The case's two words and a number, which its heading shows.
export async function case_name(page) {
  return (await heading(page)).match(/\p{L}+-\p{L}+-\d+/u)[0];
}

export async function come_back(page, phrase, timeout = kPatience) {
  await page.click('#again');
  await page.fill('#phrase', Array.isArray(phrase) ? phrase.join(' ') : phrase);
  await page.click('#open');
  await page.waitForSelector('.timeline', { timeout });
}
