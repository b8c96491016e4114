// What axe finds on a page: short texts, none when all is well.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const kColours = ['color-contrast', 'link-in-text-block']; // all that a theme changes

async function violations_of(page, rules) {
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(kAxe);
  const { violations } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), rules);
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);
}

// In the light; and what is different about it in the dark, which no language changes: one of them shows it.
export async function axe(page, { dark: in_the_dark }) {
  if (!in_the_dark) return violations_of(page, kRules);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations_of(page, kColours);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...(await violations_of(page, kRules)), ...dark.map((wrong) => `dark: ${wrong}`)];
}
