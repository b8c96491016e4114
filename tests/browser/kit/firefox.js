// Debian's Firefox over WebDriver BiDi, by puppeteer-core, behind the few calls that walk.js makes: one
// walk serves both browsers.
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { hasten } from './browser.js';

export const kResist = { 'privacy.resistFingerprinting': true };
const kPatience = 20_000; // machines are shared

// `env`: its environment, where that is not this one's.
export function launch_firefox({ preferences = {}, profile, env } = {}) {
  const executablePath = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
  if (!executablePath) throw new Error('no firefox: apt-get install firefox-esr');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    ...(profile ? { userDataDir: profile } : {}),
    ...(env ? { env } : {}),
    extraPrefsFirefox: preferences,
  });
}

export async function visit_firefox(browser, url, { haste = 1 } = {}) {
  const inner = await browser.newPage();
  await inner.setViewport({ width: 390, height: 844 });
  const complaints = [];
  inner.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  inner.on('pageerror', (error) => complaints.push(String(error)));
  if (haste > 1) await inner.evaluateOnNewDocument(hasten, haste);
  await inner.goto(url);
  const page = new FirefoxPage(inner);
  await page.waitForSelector('h1');
  return { page, inner, complaints };
}

class FirefoxPage {
  constructor(inner) {
    this.inner = inner;
  }
  waitForSelector(selector, { timeout = kPatience } = {}) {
    return this.inner.waitForSelector(selector, { timeout, visible: true });
  }
  waitForFunction(check, given, { timeout = kPatience } = {}) {
    return this.inner.waitForFunction(check, { timeout }, given);
  }
  evaluate(work, ...given) {
    return this.inner.evaluate(work, ...given);
  }
  click(selector, options) {
    return this.locator(selector).click(options);
  }
  fill(selector, text) {
    return this.locator(selector).fill(text);
  }
  locator(selector) {
    return new FirefoxLocator(this, selector, 0);
  }
}

class FirefoxLocator {
  constructor(page, selector, place) {
    this.page = page;
    this.selector = selector;
    this.place = place;
  }
  nth(place) {
    return new FirefoxLocator(this.page, this.selector, place);
  }
  first() {
    return this;
  }
  async element_(options) {
    await this.page.waitForSelector(this.selector, options);
    return (await this.page.inner.$$(this.selector))[this.place];
  }
  async count() {
    return (await this.page.inner.$$(this.selector)).length;
  }
  async textContent() {
    return (await this.element_()).evaluate((element) => element.textContent);
  }
  async allTextContents() {
    return this.page.inner.$$eval(this.selector, (elements) => elements.map((element) => element.textContent));
  }
  async getAttribute(name) {
    return (await this.element_()).evaluate((element, wanted) => element.getAttribute(wanted), name);
  }
  // In the middle of the view, where the bar that stays on top covers nothing.
  async click(options) {
    const element = await this.element_(options);
    await element.evaluate((one) => one.scrollIntoView({ block: 'center' }));
    await element.click();
  }
  check() {
    return this.click();
  }
  // Keys, as a person types: what a browser keeps of typing, it keeps of this.
  async fill(text) {
    const element = await this.element_();
    await element.evaluate((one) => {
      one.focus();
      one.select();
    });
    await this.page.inner.keyboard.type(text);
  }
}
