// Debian's Chromium, driven by playwright-core; a fresh profile for every context.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const kProject = fileURLToPath(new URL('../../../', import.meta.url));
export const kFakeApp = `${kProject}clients/web/dist/reporter-fake`;
export const kApp = `${kProject}clients/web/dist/reporter`;

export const kPhone = { width: 390, height: 844 };
export const kDesktop = { width: 1280, height: 900 };

export async function launch(flags = []) {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
  if (!executablePath) throw new Error('no chromium: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', ...flags],
  });
}

// A page with the app open, its complaints collected: whatever the browser refuses or reports.
export async function visit(browser, url, { size = kPhone, locale = 'nl-NL', scheme = 'light', fake = {}, touch = true } = {}) {
  const context = await browser.newContext({
    viewport: size,
    locale,
    colorScheme: scheme,
    hasTouch: touch,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript((controls) => {
    globalThis.omzien_fake = { slot_ms: 40, offline: false, case_variant: 'answered', ...controls };
  }, fake);
  await page.goto(url);
  await page.waitForSelector('h1');
  return { context, page, complaints };
}
