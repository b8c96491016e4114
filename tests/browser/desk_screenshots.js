// Every screen of the desk, phone and desktop, both languages and both themes, into /screenshots. It asks a gateway
// that is made for it.
//
//   npm run desk-screenshots -- [phone|desktop|wide] [nl|en] [light|dark]      with words: fewer of them
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kProject, launch, visit } from './kit/browser.js';
import { at_desk, serve_desk } from './kit/desk.js';
import { every_desk_screen, every_office, fill_a_desk, fill_offices, kFirstDay, kLaterDay } from './kit/desk_screens.js';
import { RealGateway } from './kit/real.js';
import { in_every_look, wanted } from './kit/shots.js';

const folder = `${kProject}screenshots/desk`;
const browser = await launch();
await in_every_look(folder, wanted(['nl', 'en']), async ({ size, language, scheme, shoot }) => {
  const looks = { size, touch: size.width < 600, locale: language === 'nl' ? 'nl-NL' : 'en-GB', scheme };
  const apart = mkdtempSync(join(tmpdir(), 'omzien-shots-'));
  const summary = join(apart, 'summary.txt');
  writeFileSync(summary, 'Een leidinggevende maakt grappen.');
  const gateway = await RealGateway.start({ day: kFirstDay });
  const server = await serve_desk(gateway);
  const { context, page } = await visit(browser, server.url, { ...looks, day: kFirstDay });
  await every_desk_screen(page, gateway, fill_a_desk(gateway), (name) => shoot(page, name));
  const contexts = [context];
  const kept = (visited) => (contexts.push(visited.context), visited.page);
  const doors = {
    desk_of: async (name) => kept(await at_desk(browser, server.url, gateway, name, { ...looks, day: kLaterDay })),
    door: async (link) => kept(await visit(browser, `${server.url}/${link}`, { ...looks, day: kLaterDay })),
  };
  await every_office(gateway, await fill_offices(gateway, summary), doors, shoot);
  for (const one of contexts) await one.close();
  server.close();
  await gateway.stop();
  rmSync(apart, { recursive: true, force: true });
});
await browser.close();
