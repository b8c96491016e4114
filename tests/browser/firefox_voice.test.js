// A voice recorded in Debian's Firefox, with and without its fingerprinting resistance, as an adviser hears it.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { kHaste } from './kit/browser.js';
import { kResist, launch_firefox, visit_firefox } from './kit/firefox.js';
import { RealGateway } from './kit/real.js';
import { judge_voice, kSpoken, told_by_voice } from './kit/recording.js';
import { has_sound_server, SoundServer } from './kit/sound_server.js';

const kSlow = 240_000;

let gateway, server;
before(async () => {
  gateway = await RealGateway.start();
  server = await gateway.serve_app();
});
after(async () => {
  server?.close();
  await gateway?.stop();
});

const kNoSound = !has_sound_server() ? 'no pulseaudio: scripts/setup installs it' : !existsSync(kSpoken) ? 'no samples beside the project' : false;
// Nobody is asked about the microphone.
const kUnasked = { 'media.navigator.permission.disabled': true };

// Without a loudspeaker Firefox holds every AudioContext still, and nothing is recorded.
for (const [what, preferences] of [['', {}], [' that resists fingerprinting', kResist]])
  test(`a voice is recorded, heard again and sent as nobody’s in Firefox${what}`, { timeout: 2 * kSlow, skip: kNoSound }, async (t) => {
    const folder = mkdtempSync(`${tmpdir()}/omzien-firefox-voice-`);
    const sound = await SoundServer.start(folder, kSpoken);
    const firefox = await launch_firefox({ preferences: { ...preferences, ...kUnasked }, env: sound.env });
    try {
      const { page, inner, complaints } = await visit_firefox(firefox, server.url, { haste: kHaste });
      await page.click('[lang=nl]');
      t.diagnostic(judge_voice(await told_by_voice(page, gateway, folder)));
      assert.deepEqual(complaints, []);
      await inner.close();
    } finally {
      await firefox.close();
      await sound.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
