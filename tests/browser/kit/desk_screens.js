// Every screen of the desk once, over cases in the states an adviser may find them in.
import { fill_in, kSlow, open_case } from './desk.js';

const kFolds = [
  'fold-propose', 'fold-status', 'fold-outcome', 'fold-unconsented', 'fold-passing', 'fold-papers', 'fold-export',
  'fold-sensitive', 'fold-check_in', 'fold-assessment', 'fold-triage', 'fold-consultation', 'fold-history',
];

// Cases of mieke's: fresh, urgent, talked about, with files, asked and answered.
export function fill_a_desk(gateway) {
  const fresh = gateway.report('Nog niemand las dit.', '--to', 'mieke', '--kind', 'advice');
  const urgent = gateway.report('Dit kan niet wachten.', '--to', 'mieke', '--stand-in', 'ruud');
  gateway.reporter(urgent.phrase, 'say', 'Vanavond nog.', '--urgent');
  const talked = gateway.report(
    'Bij de briefing zegt de ploegchef dat mijn soort wel weer de makkelijke dienst wil. Iedereen lacht.\n\nDit is de derde keer.',
    '--to', 'mieke', '--stand-in', 'ruud', '--want', 'stop', '--want', 'heard', '--people', 'De ploegchef van team 4.', '--identity', 'Ik ben Sam.',
  );
  gateway.desk('mieke', 'say', talked.handle, 'Goed dat je dit vertelt. Zullen we bellen?');
  gateway.reporter(talked.phrase, 'say', 'Liever hier. שלום, זה בסדר.');
  gateway.desk('mieke', 'propose', talked.handle, '--text', 'Zullen we een gesprek met de teamleider plannen?');
  const question = gateway.desk('mieke', 'propose', talked.handle, '--step', 'mediation', '--text', 'Met een bemiddelaar van buiten.');
  gateway.reporter(talked.phrase, 'answer', String(question.seq ?? question.head_seq), 'not-now');
  gateway.desk('mieke', 'note', talked.handle, 'Zelfde ploegchef als in mei.');
  gateway.desk('mieke', 'unconsented', talked.handle, '--cause', 'duty', 'Een aangifte was verplicht.');
  return { fresh, urgent, talked };
}

// `look(name)` is called on each screen; the page starts at the desk's door.
export async function every_desk_screen(page, gateway, cases, look) {
  await page.waitForSelector('#open[aria-disabled=false]', { timeout: kSlow });
  await page.click('#open');
  await look('open_errors');
  await fill_in(page, gateway, 'mieke', 'not her passphrase');
  await page.click('#open');
  await page.waitForSelector('#trouble', { timeout: kSlow });
  await look('open_wrong');
  await fill_in(page, gateway, 'mieke');
  await page.click('#open');
  await page.waitForFunction(() => document.querySelector('.inbox-row') && !document.querySelector('#left'), null, { timeout: kSlow });
  await look('inbox');
  await page.fill('#search', 'nergens te vinden');
  await look('inbox_nothing');
  await page.fill('#search', '');
  for (const name of ['fresh', 'talked']) {
    await open_case(page, cases[name].handle_words);
    await look(`case_${name}`);
    if (name === 'talked') {
      await page.click('#open-identity');
      await page.waitForFunction(() => document.querySelector('#part-identity').innerText.includes('Sam'), null, { timeout: kSlow });
      await page.evaluate((ids) => ids.forEach((id) => document.getElementById(id) && (document.getElementById(id).open = true)), kFolds);
      if (await page.locator('#do-outcome').count()) await page.click('#do-outcome');
      await page.click('#do-propose');
      await look('case_all_open');
      await page.click('#leave');
      await look('case_leaving');
    }
    await page.click('#to-inbox');
  }
  await page.click('#lock');
  await look('locked');
}


// Cases that other offices meet: one that was left lying, and one whose summary the committee reads. The gateway's
// clock is moved from kFirstDay to kLaterDay.
export const kFirstDay = '2024-05-06';
export const kLaterDay = '2024-05-14';
export async function fill_offices(gateway, summary_file) {
  gateway.report('Dit bleef liggen.', '--to', 'mieke', '--stand-in', 'ruud');
  const judged = gateway.report('Grappen bij de briefing.', '--to', 'mieke');
  gateway.desk('mieke', 'say', judged.handle, 'Gelezen.');
  gateway.desk('mieke', 'propose', judged.handle, '--step', 'share_triage', '--committee', 'Noord', '--summary', summary_file);
  const [{ seq }] = gateway.reporter(judged.phrase, 'show').open_questions;
  gateway.reporter(judged.phrase, 'answer', String(seq), 'yes');
  await gateway.on(kLaterDay);
  return judged;
}

// `desk_of(name)`: this person's page, at the inbox; `door(link)`: a page at the desk's door. `look(page, name)` as
// above.
export async function every_office(gateway, judged, { desk_of, door }, look) {
  const ruud = await desk_of('ruud');
  await ruud.waitForSelector('#overdue', { timeout: kSlow });
  await look(ruud, 'inbox_take_over');
  await ruud.click('.take');
  await ruud.evaluate(() => (document.getElementById('fold-away').open = true));
  await ruud.waitForSelector('#away-from', { timeout: kSlow });
  await look(ruud, 'inbox_take_over_sure_and_away');
  const coordinator = await desk_of('coordinator');
  await coordinator.waitForSelector('.alert-row', { timeout: kSlow });
  await look(coordinator, 'inbox_alerts');
  const ilse = await desk_of('ilse');
  await open_case(ilse, judged.handle_words);
  await ilse.evaluate((ids) => ids.forEach((id) => document.getElementById(id) && (document.getElementById(id).open = true)), kFolds);
  await look(ilse, 'case_triage');
  const { link } = gateway.admin('invite', 'nora', '--role', 'adviser', '--unit', 'Noord');
  const nora = await door(link.slice(link.indexOf('#')));
  await nora.waitForSelector('#make[aria-disabled=false]', { timeout: kSlow });
  await nora.click('#make');
  await look(nora, 'join_errors');
  await nora.click('#propose-words');
  const passphrase = await nora.locator('#proposed').innerText();
  for (const field of ['#new-passphrase', '#again']) await nora.fill(field, passphrase);
  await nora.click('#make');
  await nora.waitForSelector('#save-key', { timeout: kSlow });
  await look(nora, 'join_made');
  await Promise.all([nora.waitForEvent('download'), nora.click('#save-key')]);
  await look(nora, 'join_saved');
}
