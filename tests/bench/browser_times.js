// What a phone does, in milliseconds, as JSON: `node browser_times.js ROUNDS`, in the folder of tests/browser, since
// its packages are used. Four browsers: with and without a JIT, at full speed and slowed six times.
//
//   first_screen   from asking for the page to its first heading on the screen
//   seal           what the main thread computes from pressing "send" to the eight words
//   open           and from pressing "open" to the timeline, of a case that was answered twice
//
// Sealing and opening are counted in the main thread's own time: waiting for slots does not count, nor does what else
// the machine does.
import { launch_whole } from '../browser/kit/browser.js';
import { busy_ms } from '../browser/kit/busy.js';
import { RealGateway } from '../browser/kit/real.js';
import { keep, to_review } from '../browser/kit/walk.js';

const kPatience = 240_000;
const kGreetedMs = 4000; // a person types for longer; the directory is there by then
const kAdviser = '.choice:has-text("Mieke") input[name=adviser]';
const kPhones = [
  { name: 'jit', flags: [], slower: 1 },
  { name: 'jit, six times slower', flags: [], slower: 6 },
  { name: 'no jit', flags: ['--js-flags=--jitless'], slower: 1 },
  { name: 'no jit, six times slower', flags: ['--js-flags=--jitless'], slower: 6 },
];

const rounds = Number(process.argv[2] ?? 5);
const gateway = await RealGateway.start();
const server = await gateway.serve_app();

async function fresh_page(browser, slower) {
  const context = await browser.newContext({ locale: 'nl-NL', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const began = performance.now();
  await page.goto(server.url, { waitUntil: 'commit' });
  await page.waitForSelector('h1', { timeout: kPatience });
  return { page, session, context, first_screen: performance.now() - began };
}

async function seal(browser, slower) {
  const { page, session, context, first_screen } = await fresh_page(browser, slower);
  await to_review(page, 'report', undefined, kAdviser);
  const sealed = await busy_ms(session, async () => {
    await page.click('#send');
    await page.waitForSelector('#phrase-words', { timeout: kPatience });
  });
  const phrase = await keep(page, undefined, kPatience);
  await context.close();
  return { first_screen, seal: sealed, phrase };
}

async function open(browser, slower, phrase) {
  const { page, session, context } = await fresh_page(browser, slower);
  await page.click('#again');
  await page.fill('#phrase', phrase.join(' '));
  await page.waitForTimeout(kGreetedMs);
  const opened = await busy_ms(session, async () => {
    await page.click('#open');
    await page.waitForSelector('.timeline', { timeout: kPatience });
  });
  await context.close();
  return opened;
}

// A case that was answered twice, for all to open.
async function answered_case() {
  const browser = await launch_whole();
  const { phrase } = await seal(browser, 1);
  await browser.close();
  const [item] = gateway.desk('mieke', 'inbox').cases;
  for (const text of ['Goed dat je dit vertelt.', 'Zullen we bellen?']) gateway.desk('mieke', 'say', item.handle, text);
  return phrase;
}

try {
  const phrase = await answered_case();
  const found = [];
  for (let round = 0; round < rounds; round += 1) {
    const one = {};
    for (const { name, flags, slower } of kPhones) {
      const browser = await launch_whole(flags);
      const { first_screen, seal: sealed } = await seal(browser, slower);
      one[name] = { first_screen, seal: sealed, open: await open(browser, slower, phrase) };
      await browser.close();
    }
    found.push(one);
  }
  console.log(JSON.stringify({ rounds: found }));
} finally {
  server.close();
  await gateway.stop();
}
