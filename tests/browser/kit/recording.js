// A voice on its way, in any browser: recorded in the story, listened to, sent, and saved by an adviser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { kProject } from './browser.js';
import { melody, read_wav, same_wave, same_words } from './voice.js';
import { case_name, send, to_review, to_timeline } from './walk.js';

const kSlow = 240_000;
const kSeconds = 5;
// Without `..`: Chromium reads no file by such a path, and a microphone without one is silent.
export const kSpoken = resolve(process.env.OMZIEN_SHARED ?? `${kProject}../shared`, 'samples/voice-nl.wav');

// What the adviser hears, once `page` told a case with nothing but a few words and this.
export async function told_by_voice(page, gateway, folder) {
  const speak = async (name) => {
    if (name !== 'story') return;
    await page.click('#record');
    await page.waitForFunction((least) => Number(/\d+/.exec(document.querySelector('.recorder').textContent)?.[0]) >= least, kSeconds, { timeout: kSlow });
    const live = await page.evaluate(() => [...document.querySelectorAll('.recorder [role=status], .recorder [aria-live]')].length);
    assert.equal(live, 0, 'no screen reader speaks into the microphone');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'record-stop');
    await page.click('#record-stop');
    await page.waitForSelector('#record-use', { timeout: kSlow });
    const heard = await page.evaluate(async () => {
      const audio = document.querySelector('.recorder audio');
      await audio.play();
      await new Promise((on) => (audio.ontimeupdate = () => audio.currentTime > 0.3 && on()));
      audio.pause();
      return { src: audio.src, seconds: audio.duration };
    });
    assert.match(heard.src, /^blob:/);
    assert.ok(heard.seconds > kSeconds - 0.5, 'as long as what was said');
    await page.click('#record-use');
    await page.waitForSelector('.file-list audio');
  };
  await to_review(page, 'report', speak);
  await send(page, undefined, kSlow);
  await page.waitForFunction(() => document.body.textContent.includes('De bestanden zijn aangekomen'), null, { timeout: kSlow });
  await to_timeline(page, kSlow);
  const name = await case_name(page);
  for (const reader of ['mieke', 'youssef', 'anouk'])
    for (const { handle } of gateway.cases_of(reader, name)) {
      const [row, ...more] = gateway.desk(reader, 'attachments', handle).attachments;
      assert.deepEqual(more, []);
      assert.match(row.name, /^recording-\d+\.wav$/);
      gateway.desk(reader, 'attachments', handle, '--save', '1', '--out', `${folder}/heard.wav`);
      return read_wav(readFileSync(`${folder}/heard.wav`));
    }
  throw new Error(`nobody has ${name}`);
}

// Its words are those that were spoken; neither its wave nor its melody is the speaker's. What was measured, as a line.
export function judge_voice(heard) {
  const spoken = read_wav(readFileSync(kSpoken));
  const own = melody(spoken);
  const [words, wave, sung] = [same_words(heard, spoken), same_wave(heard, spoken), melody(heard)];
  const said = `loudness like the speaker's ${words.toFixed(2)}, wave ${wave.toFixed(2)}; pitch ${sung.hz} Hz (${own.hz}), melody ${sung.semitones} semitones (${own.semitones})`;
  // The measures, held to the speaker's own voice.
  assert.ok(same_wave(spoken.subarray(16_000, 64_000), spoken) > 0.95);
  assert.ok(own.semitones > 3.2);
  assert.ok(words > 0.6, said);
  assert.ok(wave < 0.7, said);
  assert.ok(sung.semitones < 3, said);
  return said;
}
