// A real gateway with the invented organisation of scripts/run, in a folder that goes away again, and
// the real app in front of it.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kApp, kProject } from './browser.js';
import { serve } from './server.js';

const run = promisify(execFile);
const kBin = process.env.OMZIEN_BIN ?? `${kProject}build/release/bin`;
const kLater = process.env.OMZIEN_LATER ?? `${kProject}build/release/tests/integration/libomzien_later.so`;
const kProgram = fileURLToPath(new URL('gateway.py', import.meta.url));

export class RealGateway {
  // `limits`: lines for the gateway's configuration; `pages`: it serves the built pages itself; `day`: as 2024-02-29,
  // when all of it is made (on() goes on from there).
  static async start({ limits = [], pages = false, day } = {}) {
    const real = new RealGateway();
    real.process = spawn('python3', [kProgram, ...limits], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        OMZIEN_BIN: kBin,
        OMZIEN_LATER: kLater,
        ...(pages && { OMZIEN_WEB: `${kProject}clients/web/dist` }),
        ...(day && { OMZIEN_DAY: day }),
      },
    });
    real.lines_ = createInterface({ input: real.process.stdout })[Symbol.asyncIterator]();
    real.demo = JSON.parse(await real.line_());
    return real;
  }
  // As for an update: what it accepted stays, connections break.
  pause() {
    return this.order_('stop');
  }
  // Without a word, in the middle of whatever it does.
  kill() {
    return this.order_('kill');
  }
  resume() {
    return this.order_('start');
  }
  // As pause and resume, on that day. Days never go back.
  on(day) {
    return this.order_(`on ${day}`);
  }
  async stop() {
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.stdin.end();
    await ended;
  }
  async order_(name) {
    this.process.stdin.write(`${name}\n`);
    if ((await this.line_()) !== name) throw new Error(`the gateway did not ${name}`);
  }
  async line_() {
    const { value, done } = await this.lines_.next();
    if (done) throw new Error('the organisation did not start: build omzien and omzien-gateway first');
    return value;
  }

  // The built app with the production headers and this organisation's fingerprint. `loses_answers()`
  // says, exchange by exchange, whether the gateway's answer gets lost on the way.
  serve_app({ loses_answers = () => false, folder = kApp } = {}) {
    const alter = (path, bytes) =>
      path === '/index.html' ? Buffer.from(String(bytes).replace('0'.repeat(64), this.demo.service_id)) : bytes;
    return serve({ folder, gateway: this.demo.url, alter, loses_answers });
  }

  // `omzien desk … --json` as this adviser.
  desk(name, ...args) {
    return this.omzien_(['desk', ...args], this.as_(name));
  }
  as_(name) {
    return {
      OMZIEN_STATE: `${this.demo.state}-${name}`,
      OMZIEN_KEY: `${this.demo.people}/${name}.key`,
      OMZIEN_PASSPHRASE: `demo passphrase of ${name}`,
    };
  }
  // `omzien report … --json` with this story; its handle, words and phrase.
  report(story, ...args) {
    const file = `${this.demo.state}-story.txt`;
    writeFileSync(file, story);
    return this.omzien_(['report', '--story', file, ...args], {});
  }
  // The same of many stories, all at once.
  reports(stories, ...args) {
    const env = { ...process.env, OMZIEN_ORG: this.demo.org, OMZIEN_STATE: this.demo.state };
    const report = async (story, i) => {
      const file = `${this.demo.state}-story-${i}.txt`;
      writeFileSync(file, story);
      return JSON.parse((await run(`${kBin}/omzien`, ['report', '--story', file, ...args, '--json'], { env })).stdout);
    };
    return Promise.all(stories.map(report));
  }
  // `omzien case … --json` as the reporter with this phrase.
  reporter(phrase, ...args) {
    return this.omzien_(['case', ...args], { OMZIEN_PHRASE: phrase });
  }
  // `omzien admin … --json` with the root's key.
  admin(...args) {
    return this.omzien_(['admin', ...args, '--dir', dirname(this.demo.org)], { OMZIEN_PASSPHRASE: 'demo passphrase of the root' });
  }
  // `omzien key … --json` as this person.
  key(name, ...args) {
    return this.omzien_(['key', ...args], this.as_(name));
  }
  omzien_(args, environment) {
    const env = { ...process.env, OMZIEN_ORG: this.demo.org, OMZIEN_STATE: this.demo.state, ...environment };
    return JSON.parse(execFileSync(`${kBin}/omzien`, [...args, '--json'], { env }));
  }
  // `omzien verify file … --json`: asks no gateway.
  verify_file(path) {
    const env = { ...process.env, OMZIEN_ORG: this.demo.org };
    return JSON.parse(execFileSync(`${kBin}/omzien`, ['verify', 'file', path, '--json'], { env }));
  }
  // The cases with this name that stand in somebody's inbox, opened: one, unless something went wrong.
  cases_of(name, handle_words) {
    return this.desk(name, 'inbox').cases
      .filter((item) => item.handle_words === handle_words)
      .map((item) => this.desk(name, 'show', item.handle));
  }
}
