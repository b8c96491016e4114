// An adviser at the desk, in a browser: opening it, finding a case, and what a test asks of it.
import { visit, kDesktop, kProject } from './browser.js';
import { serve } from './server.js';

export const kDeskApp = `${kProject}clients/web/dist/desk`;
export const kSlow = 90_000;

// The built desk in front of this gateway's own listener for it.
export function serve_desk(gateway, { loses_answers = () => false } = {}) {
  const alter = (path, bytes) =>
    path === '/index.html' ? Buffer.from(String(bytes).replace('0'.repeat(64), gateway.demo.service_id)) : bytes;
  return serve({ folder: kDeskApp, gateway: gateway.demo.url, alter, loses_answers });
}

export const passphrase_of = (name) => `demo passphrase of ${name}`;

// Everything at a desk may wait for a passphrase that is being checked, which is slow on purpose.
export async function fill_in(page, gateway, name, passphrase = passphrase_of(name)) {
  page.setDefaultTimeout(kSlow);
  await page.setInputFiles('#key-file', `${gateway.demo.people}/${name}.key`);
  await page.fill('#passphrase', passphrase);
  await page.waitForSelector('#open[aria-disabled=false]', { timeout: kSlow });
}

// A fresh browser with this person's desk open at the inbox.
export async function at_desk(browser, url, gateway, name, options = {}) {
  const visited = await visit(browser, url, { size: kDesktop, touch: false, ...options });
  await fill_in(visited.page, gateway, name);
  await visited.page.click('#open');
  await visited.page.waitForSelector('.inbox', { state: 'attached', timeout: kSlow });
  return visited;
}

export async function open_case(page, handle_words) {
  await page.click(`[data-case="${handle_words}"]`, { timeout: kSlow });
  await page.waitForSelector('.page-case', { timeout: kSlow });
}

export async function unfold(page, id) {
  await page.evaluate((fold) => (document.getElementById(fold).open = true), id);
}

// Sends what a form of the case page holds, and waits until the gateway took it.
export async function send_form(page, name) {
  await page.click(`#do-${name}`);
  await page.waitForFunction((field) => document.getElementById(`do-${field}`)?.ariaDisabled !== 'true', name, { timeout: kSlow });
}
