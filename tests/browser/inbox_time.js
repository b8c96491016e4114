// A full inbox: many cases of real size, made through the real client and gateway, and how long it takes from a checked
// passphrase to a screen one can work at, to the last case opened, and how alive the page is meanwhile.
//
//   npm run inbox-time -- [CASES]        2,000 unless named; prints milliseconds, judges only the first screen
import { execFileSync } from 'node:child_process';
import { kDesktop, kProject, launch_whole, visit } from './kit/browser.js';
import { fill_in, serve_desk } from './kit/desk.js';
import { RealGateway } from './kit/real.js';

const kFirstScreenMsMax = 1000;
const count = Number(process.argv[2] ?? 2000);

// Runs in the page: notes when the passphrase was checked, when rows stood there, and the longest task since.
function watch() {
  const marks = (globalThis.marks = { checked: 0, first: 0, opened: 0, longest: 0, over_50: 0 });
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries())
      if (marks.checked > 0 && startTime > marks.checked) {
        marks.longest = Math.max(marks.longest, duration);
        marks.over_50 += 1;
      }
  }).observe({ type: 'longtask' });
  new MutationObserver(() => {
    const value = document.querySelector('progress')?.value;
    if (value === 100 || (marks.checked === 0 && document.querySelector('.page-inbox'))) marks.checked ||= performance.now();
    if (marks.first === 0 && document.querySelector('.inbox-row')) requestAnimationFrame(() => (marks.first ||= performance.now()));
    if (marks.first > 0 && marks.opened === 0 && !document.querySelector('#left')) marks.opened = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

const gateway = await RealGateway.start({ limits: ['cases_opened_per_minute_max = 1000000', 'cases_opened_per_day_max = 1000000'] });
const server = await serve_desk(gateway);
const browser = await launch_whole();
try {
  const { url, service_id } = gateway.demo;
  const made = Date.now();
  execFileSync('node', [`${kProject}clients/web/dist/time/many_cases.js`, url, service_id, 'mieke', String(count)], { stdio: 'inherit' });
  console.log(`made in ${Date.now() - made} ms`);
  const { page } = await visit(browser, server.url, { size: kDesktop, touch: false });
  await page.evaluate(watch);
  await fill_in(page, gateway, 'mieke');
  await page.click('#open');
  await page.waitForFunction(() => globalThis.marks.opened > 0, null, { timeout: 600_000, polling: 200 });
  const { checked, first, opened, longest, over_50 } = await page.evaluate(() => globalThis.marks);
  console.log(`first screen ${Math.round(first - checked)} ms after the passphrase was checked`);
  console.log(`all ${count} opened ${Math.round(opened - checked)} ms after it`);
  console.log(`meanwhile ${over_50} tasks over 50 ms, the longest ${Math.round(longest)} ms`);
  const search = await page.evaluate(async () => {
    const field = document.querySelector('#search');
    const from = performance.now();
    field.value = 'zaak 1234';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return { ms: performance.now() - from, rows: document.querySelectorAll('.inbox-row').length };
  });
  console.log(`a search over all of it: ${Math.round(search.ms)} ms, ${search.rows} found`);
  if (first - checked > kFirstScreenMsMax) process.exitCode = 1;
} finally {
  await browser.close();
  server.close();
  await gateway.stop();
}
