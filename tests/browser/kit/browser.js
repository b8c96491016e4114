// Debian's Chromium, driven by playwright-core; a fresh profile for every context.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const kProject = fileURLToPath(new URL('../../../', import.meta.url));
export const kFakeApp = `${kProject}clients/web/dist/reporter-fake`;
export const kApp = `${kProject}clients/web/dist/reporter`;

export const kPhone = { width: 390, height: 844 };
export const kDesktop = { width: 1280, height: 900 };
export const kWide = { width: 1920, height: 1080 };

export const kChromiumFlags = ['--no-sandbox', '--disable-background-networking', '--disable-component-update'];

// A microphone that hums, or plays `file`, a WAV, again and again; nobody is asked.
export const microphone_flags = (file) => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  ...(file ? [`--use-file-for-fake-audio-capture=${file}`] : []),
];

// The whole browser; for what it does around a page: profiles, its own traffic, how long things take.
export const chromium_path = () => first_of('chromium', 'chromium-browser');
// Chromium without windows and tabs. A page is the same in it and costs a third less of the processor; where it is not
// packaged, the whole one.
const shell_path = () => first_of('chromium-headless-shell', 'chromium', 'chromium-browser');

function first_of(...names) {
  const path = names.map((name) => `/usr/bin/${name}`).find((one) => existsSync(one));
  if (!path) throw new Error('no chromium: apt-get install chromium');
  return path;
}

export const launch = (flags = []) => launch_from(shell_path(), flags);
export const launch_whole = (flags = []) => launch_from(chromium_path(), flags);

const launch_from = (executablePath, flags) => chromium.launch({ executablePath, args: [...kChromiumFlags, ...flags] });

// Runs in the page: its clock goes so many times faster. Slots are drawn, frozen and kept as ever; only
// the waiting is shorter, since no client takes a pace below two seconds.
export function hasten(times) {
  const now = performance.now.bind(performance);
  const wait = globalThis.setTimeout.bind(globalThis);
  performance.now = () => now() * times;
  globalThis.setTimeout = (callback, ms = 0, ...given) => wait(callback, ms / times, ...given);
}
export const kHaste = 4;

// voice/recorder.ts says why it uses what Chromium would rather see replaced.
const kKnown = /ScriptProcessorNode is deprecated/;

// A page with the app open, its complaints collected: whatever the browser refuses or reports.
// `tab_of` is another visit, in whose browser it opens one more tab; `day`, as 2024-02-29, what its clock says.
export async function visit(browser, url, { size = kPhone, locale = 'nl-NL', scheme = 'light', fake = {}, touch = true, scale = 1, haste = 1, timezone, day, tab_of } = {}) {
  const context = tab_of?.context ?? await browser.newContext({
    viewport: size,
    deviceScaleFactor: scale,
    locale,
    colorScheme: scheme,
    ...(timezone && { timezoneId: timezone }),
    hasTouch: touch,
    isMobile: touch,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !kKnown.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript((controls) => {
    globalThis.omzien_fake = { slot_ms: 40, offline: false, case_variant: 'answered', ...controls };
  }, fake);
  if (day) await page.clock.setFixedTime(`${day}T12:00:00Z`);
  if (haste > 1) await page.addInitScript(hasten, haste);
  await page.goto(url);
  await page.waitForSelector('h1');
  return { context, page, complaints };
}
