// Makes visits to the reporter's app in Debian's Chromium, as tests/rhythm asks for them. One JSON object a line on
// stdin is a visit, and so is its answer on stdout:
//
//   {id, url, does: "read" | "report" | "check", stay_ms, haste, phrase?, extra?}   →   {id, opened_ms, error?}
//
// A visit lasts `stay_ms` from the moment its page has loaded, whatever is done in it. Whoever is done reads on, so
// that what a page costs this machine is no more in one visit than in another: here the machine is the line, too.
// `extra` sends one request that the rhythm knows nothing of. Each has a context of its own in one browser, so no
// connection of another visit serves it.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasten, kPhone, launch, launch_whole } from '../kit/browser.js';
import { come_back, send, to_review } from '../kit/walk.js';

const kReadPauseMs = 1500; // of the page's time, between two screens,
const kDrawnMs = 500; // and at least this in ours, or a page whose clock runs would do nothing but draw
const kAdviser = '.choice:has-text("Mieke") input[name=adviser]';

// Help, what this app can and cannot do; and back, and again.
async function read(page, { haste }) {
  for (let screen = 0; ; screen += 1) {
    await page.locator('footer .link').nth(screen % 2).click();
    await sleep(Math.max(kReadPauseMs / haste, kDrawnMs));
  }
}

async function report(page, { stay_ms }) {
  await to_review(page, 'report', undefined, kAdviser);
  await send(page, undefined, stay_ms);
}

async function check(page, { phrase, stay_ms }) {
  await come_back(page, phrase, stay_ms);
  await page.fill('#message', 'Is er al nieuws?');
  await page.click('#say');
  await page.waitForSelector('.said-mine', { timeout: stay_ms });
}

const kDoes = { read: async () => {}, report, check }; // before they read

// Behind the rhythm's back, and like one of the app's own: it is found by being one too many, not by its size.
async function one_more(page) {
  await page.evaluate(() =>
    fetch('/v1/exchange', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(16_384),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    }).then((answer) => answer.arrayBuffer()),
  );
}

// For a night the whole browser; in a hurry its tabs and windows take the time that visits need to be done.
const browser = await (process.env.OMZIEN_RHYTHM_WHOLE ? launch_whole() : launch());

async function visit(asked) {
  const context = await browser.newContext({
    viewport: kPhone,
    locale: 'nl-NL',
    ignoreHTTPSErrors: true,
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    if (asked.haste > 1) await page.addInitScript(hasten, asked.haste);
    await page.goto(asked.url);
    const opened = performance.now();
    const opened_ms = Date.now();
    await page.waitForSelector('h1');
    const until = opened + asked.stay_ms;
    if (asked.extra) setTimeout(() => one_more(page).catch(() => {}), asked.stay_ms / 2);
    let done = false;
    const doing = kDoes[asked.does](page, asked).then(() => {
      done = true;
      return read(page, asked);
    });
    doing.catch(() => {}); // what fails when the page goes is not waited for
    await Promise.race([sleep(until - performance.now()), doing]);
    if (!done) throw new Error('was not done by the end of the stay');
    return { id: asked.id, opened_ms };
  } finally {
    await context.close();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  visit(asked)
    .catch((error) => ({ id: asked.id, error: String(error).slice(0, 400) }))
    .then((answer) => console.log(JSON.stringify(answer)));
}
await browser.close();
