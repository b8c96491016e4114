// Every screen, phone and desktop, both languages and both themes, into /screenshots.
//
//   npm run screenshots -- [phone|desktop] [nl|en|xa|xb] [light|dark]      with words: fewer of them
import { mkdirSync, rmSync } from 'node:fs';
import { kDesktop, kFakeApp, kPhone, kProject, launch, visit } from './kit/browser.js';
import { serve } from './kit/server.js';
import { every_screen } from './kit/every_screen.js';

const kFolder = `${kProject}screenshots`;
const asked = process.argv.slice(2);
const wanted = (all) => {
  const some = all.filter((one) => asked.includes(one));
  return some.length > 0 ? some : all;
};

rmSync(kFolder, { recursive: true, force: true });
const server = await serve({ folder: kFakeApp });
const browser = await launch();
let count = 0;
for (const size of wanted(['phone', 'desktop']))
  for (const language of wanted(['nl', 'en', 'xa', 'xb']).filter((one) => asked.includes(one) || one.length < 3 && !one.startsWith('x')))
    for (const scheme of wanted(['light', 'dark'])) {
      const folder = `${kFolder}/${size}-${language}-${scheme}`;
      mkdirSync(folder, { recursive: true });
      const open = async (fake) => {
        const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
        const visited = await visit(browser, server.url, {
          size: size === 'phone' ? kPhone : kDesktop, locale, scheme,
          fake: { ...fake, pseudo: language.startsWith('x') },
        });
        if (language.startsWith('x')) await visited.page.selectOption('#languages', `en-${language.toUpperCase()}`);
        return visited;
      };
      const shoot = async (page, name) => {
        // A window as high as the page: `fullPage` would forget for a moment that this is a phone.
        const usual = page.viewportSize();
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ ...usual, height: Math.max(height, usual.height) });
        await page.screenshot({ path: `${folder}/${name}.png` });
        await page.setViewportSize(usual);
        count += 1;
      };
      await every_screen(open, shoot);
    }
await browser.close();
server.close();
console.log(`${count} screenshots in ${kFolder}`);
