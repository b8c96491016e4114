// Screenshots by the folder, of as much as was asked for on the command line.
import { mkdirSync, rmSync } from 'node:fs';
import { kDesktop, kPhone, kWide } from './browser.js';

const kSizes = { phone: kPhone, narrow: { width: 360, height: 740 }, desktop: kDesktop, wide: kWide };

const asked = process.argv.slice(2);
// Of `all`, those that were asked for; `usual` when none was.
export function wanted(all, usual = all) {
  const some = all.filter((one) => asked.includes(one));
  return some.length > 0 ? some : usual;
}

// Every look that was asked for: `take({ size, language, scheme, shoot })`, where `shoot(page, name)` keeps one.
export async function in_every_look(folder, languages, take) {
  let count = 0;
  for (const size of wanted(Object.keys(kSizes), ['phone', 'desktop']))
    for (const language of languages)
      for (const scheme of wanted(['light', 'dark'])) {
        const here = `${folder}/${size}-${language}-${scheme}`;
        rmSync(here, { recursive: true, force: true });
        mkdirSync(here, { recursive: true });
        const shoot = async (page, name) => {
          // A window as high as the page: `fullPage` would forget for a moment that this is a phone.
          const usual = page.viewportSize();
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ ...usual, height: Math.max(height, usual.height) });
          await page.screenshot({ path: `${here}/${name}.png` });
          await page.setViewportSize(usual);
          count += 1;
        };
        await take({ size: kSizes[size], language, scheme, shoot });
      }
  console.log(`${count} screenshots in ${folder}`);
}
