// A sound card that is none, for a browser that wants one: PulseAudio in a folder of its own, with a loudspeaker that
// nobody hears and a microphone in a room where one recording is played again and again.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const kServer = '/usr/bin/pulseaudio';
const kHead = 44; // bytes of a WAV before its samples
const kPatienceMs = 20_000;

export const has_sound_server = () => existsSync(kServer);

export class SoundServer {
  // `wav`: one channel, 16 bits. Below `folder` it keeps what it needs.
  static async start(folder, wav) {
    const sound = new SoundServer();
    const home = `${folder}/sound`;
    mkdirSync(home);
    sound.env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, PULSE_RUNTIME_PATH: home, PULSE_STATE_PATH: home, PULSE_SERVER: `unix:${home}/socket` };
    // The first loudspeaker is the one that is used; a microphone is preferred to what only listens in on a
    // loudspeaker.
    const modules = [
      `module-native-protocol-unix auth-anonymous=1 socket=${home}/socket`,
      'module-null-sink sink_name=nobody rate=48000',
      'module-null-sink sink_name=room rate=48000 channels=1',
      'module-remap-source source_name=microphone master=room.monitor',
    ];
    const how = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--realtime=no', '--high-priority=no', '--use-pid-file=no', '--disable-shm=yes', '--log-level=error'];
    sound.server_ = spawn(kServer, [...how, ...modules.flatMap((one) => ['-L', one])], { env: sound.env, stdio: 'ignore' });
    for (let ms = 0; !existsSync(`${home}/socket`); ms += 50) {
      if (ms > kPatienceMs || sound.server_.exitCode !== null) throw new Error('PulseAudio did not start');
      await wait(50);
    }
    sound.speaker_ = spawn('/usr/bin/pacat', ['--playback', '--raw', '--format=s16le', `--rate=${readFileSync(wav).readUInt32LE(24)}`, '--channels=1', '--device=room'], {
      env: sound.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    sound.speaker_.stdin.on('error', () => {}); // the server went first
    void sound.speak_(readFileSync(wav).subarray(kHead));
    return sound;
  }

  async stop() {
    this.stopped_ = true;
    for (const process of [this.speaker_, this.server_])
      if (process.exitCode === null && process.kill()) await once(process, 'exit');
  }

  async speak_(samples) {
    while (!this.stopped_) await new Promise((said) => this.speaker_.stdin.write(samples, said));
  }
}
