// Every made file and every sample, sent by a browser through the app to a gateway and saved by the adviser: the files
// and the judges are those of clients/web/tests/cleaning/readback.test.ts, and everything between a phone and an
// adviser's disk stands between them. Files that can't be cleaned are explained, and stay where they are.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { kHaste, kProject, visit } from './kit/browser.js';
import { set_up } from './kit/stage.js';
import { load } from './kit/typescript.js';
import { case_name, send, to_review, to_timeline } from './kit/walk.js';

const kSlow = 240_000;
const kMade = `${kProject}clients/web/tests/cleaning/files`;
const kAdviser = '.choice:has-text("Mieke") input[name=adviser]';
// A quarter of them, as long as nothing else is asked for; OMZIEN_SENT_EVERY=1 sends all, in two minutes. What cleaning
// does to each is looked at every time in readback.test.ts.
const kEvery = Number(process.env.OMZIEN_SENT_EVERY ?? 4);
const kReports = Math.ceil(7 / kEvery); // what is cleaned to the very same bytes, as GIFs are here, is in different ones: a case keeps it once
const kAtOnce = 4; // they wait for the gateway's tick more than they work

let gateway, server, browser, folder, take_down, judges, words;
before(async () => {
  ({ gateway, server, browser, folder, take_down } = await set_up((on) => on.serve_app()));
  judges = await load('tests/cleaning/read_back.ts');
  words = (await load('reporter/words/nl.ts')).words;
});
after(() => take_down?.());

const attachments = (handle, ...args) => gateway.desk('mieke', 'attachments', handle, ...args);
const cleaned = (page, count) =>
  page.waitForFunction(
    ([all, working]) => {
      const items = [...document.querySelectorAll('.file-list > li')];
      return items.length === all && !items.some((item) => item.textContent.includes(working));
    },
    [count, words.giving.working],
    { timeout: kSlow },
  );

// A report with these files; the case's handle. `choosing(page)` does what there is to do about them.
async function report(files, choosing) {
  const { context, page, complaints } = await visit(browser, server.url, { haste: kHaste });
  const at = async (name) => {
    if (name !== 'story') return;
    await page.setInputFiles('#files', files);
    await cleaned(page, files.length);
    await choosing(page);
    if (await page.locator('#uncovered').count()) await page.locator('#uncovered').check(); // what takes long may go fast
  };
  await to_review(page, 'report', at, kAdviser);
  await send(page, undefined, kSlow);
  await page.waitForSelector(`text=${words.files.accepted}`, { timeout: kSlow });
  await to_timeline(page, kSlow);
  const name = await case_name(page);
  assert.deepEqual(complaints, []);
  await context.close();
  return gateway.desk('mieke', 'inbox').cases.find(({ handle_words }) => handle_words === name).handle;
}

async function in_full_size(page) {
  for (let left = await page.locator('[data-file=full-size]').count(); left > 0; left -= 1)
    await page.locator('[data-file=full-size]').first().click();
}

test('every file an adviser saves says nothing of where, on what, by whom or when, and shows what it showed', { timeout: 3 * kSlow }, async () => {
  const pairs = { made: `${folder}/made`, cleaned: `${folder}/saved` };
  mkdirSync(pairs.made);
  mkdirSync(pairs.cleaned);
  const { make_files } = await load('tests/cleaning/made.ts');
  const all = [...(await make_files(pairs.made)), ...judges.sample_names()];
  for (const name of judges.sample_names()) cpSync(`${judges.kSamples}/${name}`, `${pairs.made}/${name}`);
  assert.ok(all.length >= 60);
  pairs.names = all.filter((_, i) => i % kEvery === 0);

  const send_and_save = async (names) => {
    const handle = await report(names.map((name) => `${pairs.made}/${name}`), in_full_size);
    const rows = attachments(handle).attachments;
    // Of what they were called, no more is left than what sort of file each is.
    const told = rows.map(({ name }) => /^(?:picture|document|recording)-(\d+)(\.\w+)$/.exec(name) ?? [name]);
    assert.deepEqual(told.map(([, number, ending]) => number + ending), names.map((name, i) => `${i + 1}${/\.\w+$/.exec(name)[0]}`));
    rows.forEach(({ number }, i) => attachments(handle, '--save', String(number), '--out', `${pairs.cleaned}/${names[i]}`));
  };
  const waiting = Array.from({ length: kReports }, (_, turn) => pairs.names.filter((_, i) => i % kReports === turn)).filter(({ length }) => length > 0);
  const go_on = async () => {
    for (let names = waiting.shift(); names; names = waiting.shift()) await send_and_save(names);
  };
  await Promise.all(Array.from({ length: kAtOnce }, go_on));

  assert.deepEqual(judges.told_to_exiftool(pairs), []);
  assert.deepEqual(judges.told_to_mat2(pairs), []);
  assert.deepEqual(await judges.words_left(pairs), []);
  assert.deepEqual(judges.pixels_changed(pairs), []);
  assert.deepEqual(judges.sides(pairs, pairs.cleaned), judges.sides(pairs, pairs.made));
  assert.deepEqual(judges.unsound_documents(pairs), []);
});

// One of each sort that the app does not clean, by the trouble it names.
async function refused_files() {
  const put = (name, bytes) => (writeFileSync(`${folder}/${name}`, bytes), `${folder}/${name}`);
  const as_large_as = (name, size) => (truncateSync(put(name, ''), size), `${folder}/${name}`);
  const { Zip, ZipWriter } = await load('cleaning/zip.ts');
  const letter = new Zip(new Uint8Array(readFileSync(`${kMade}/letter.docx`)));
  const with_macros = new ZipWriter();
  for (const name of letter.names()) await with_macros.add(name, await letter.part(name));
  await with_macros.add('word/vbaProject.bin', new Uint8Array(100));
  execFileSync('/usr/bin/convert', ['-size', '400x300', 'plasma:', `${folder}/whole.jpg`]);
  return {
    broken: put('half.jpg', readFileSync(`${folder}/whole.jpg`).subarray(0, 5000)),
    locked: `${kMade}/locked.pdf`,
    macros: put('rooster.docm', with_macros.finish()),
    too_large: as_large_as('lang.jpg', 60_000_001),
    heic: `${kMade}/phone.heic`,
    old_office: `${kMade}/letter.doc`,
    film: put('film.mp4', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')),
    sound: put('gesprek.mp3', Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1')),
    unknown: put('notulen.txt', 'hallo'),
  };
}

test('what can not be cleaned is explained, one by one, and none of it is sent', { timeout: 2 * kSlow }, async () => {
  const refused = await refused_files();
  const { kTroubles } = await load('cleaning/finding.ts');
  // A browser that can't unpack is none that this runs in.
  assert.deepEqual(Object.keys(refused), kTroubles.filter((trouble) => trouble !== 'old_browser'));
  const paths = Object.values(refused);

  const handle = await report([...paths, `${kMade}/text.png`], async (page) => {
    const items = page.locator('.file-list > li');
    for (const [i, trouble] of Object.keys(refused).entries()) {
      const said = await items.nth(i).textContent();
      assert.ok(said.includes(words.giving.trouble[trouble]), `${trouble}: ${said}`);
      assert.equal(await items.nth(i).locator('[data-file=as-it-is]').count(), 1, trouble);
    }
    await page.click('#next');
    assert.ok((await page.locator('.errors').textContent()).includes(words.giving.decide));
    for (let left = paths.length; left > 0; left -= 1) await items.first().locator('[data-file=remove]').click();

    truncateSync(refused.too_large, 104_857_601);
    await page.setInputFiles('#files', refused.too_large);
    await page.waitForSelector(`.files ~ .warn:has-text("${words.files.too_large('lang.jpg')}")`);
    assert.equal(await items.count(), 1);
  });
  const rows = attachments(handle).attachments;
  assert.deepEqual(rows.map(({ name }) => name), [`picture-${paths.length + 1}.png`]);
});
