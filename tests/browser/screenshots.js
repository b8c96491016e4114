// Every screen of the reporter's app, phone and desktop, both languages and both themes, into /screenshots.
//
//   npm run screenshots -- [phone|narrow|desktop|wide] [nl|en|xa|xb] [light|dark] [giving]
//
// With words, fewer of them; `giving`: only the mirror, the recorder and files.
import { kFakeApp, kProject, launch, microphone_flags, visit } from './kit/browser.js';
import { every_screen } from './kit/every_screen.js';
import { kGivingVisits } from './kit/giving_screens.js';
import { serve } from './kit/server.js';
import { in_every_look, wanted } from './kit/shots.js';

const folder = `${kProject}screenshots/reporter`;
const server = await serve({ folder: kFakeApp });
const browser = await launch(microphone_flags());
const visits = wanted(['giving'], []).length > 0 ? kGivingVisits : undefined;
await in_every_look(folder, wanted(['nl', 'en', 'xa', 'xb'], ['nl', 'en']), async ({ size, language, scheme, shoot }) => {
  const open = async (fake) => {
    const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
    const pseudo = language.startsWith('x');
    const visited = await visit(browser, server.url, { size, locale, scheme, fake: { ...fake, pseudo } });
    if (pseudo) await visited.page.selectOption('#languages', `en-${language.toUpperCase()}`);
    return visited;
  };
  await every_screen(open, shoot, visits);
});
await browser.close();
server.close();
