// A real gateway with the invented organisation of scripts/run, in a folder that goes away again, and
// the real app in front of it.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { kApp, kProject } from './browser.js';
import { serve } from './server.js';

const kBin = process.env.OMZIEN_BIN ?? `${kProject}build/release/bin`;

async function free_port() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export const has_gateway = () => existsSync(`${kBin}/omzien-gateway`);

export class RealGateway {
  static async start() {
    const real = new RealGateway();
    real.folder = mkdtempSync(`${tmpdir()}/omzien-browser-`);
    real.port = await free_port();
    await real.resume();
    real.demo = JSON.parse(readFileSync(`${real.folder}/demo.json`, 'utf8'));
    return real;
  }
  // Starts it, or starts it again with the cases it had.
  async resume() {
    this.process = spawn(
      'python3',
      [`${kProject}scripts/lib/demo.py`, '--bin', kBin, '--default-dir', this.folder, '--dir', this.folder, '--port', String(this.port)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((ready, failed) => {
      let said = '';
      this.process.stdout.on('data', (chunk) => {
        said += chunk;
        if (said.includes('report --to')) ready();
      });
      this.process.on('exit', (code) => failed(new Error(`the demo ended with ${code}: ${said}`)));
    });
  }
  async pause() {
    this.process.removeAllListeners('exit');
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGTERM');
    await ended;
  }
  async stop() {
    await this.pause();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // The built app with the production headers and this organisation's fingerprint.
  serve_app(change = (_path, bytes) => bytes) {
    const service = this.demo.service_id;
    const alter = (path, bytes) =>
      change(path, path === '/index.html' ? Buffer.from(String(bytes).replace('0'.repeat(64), service)) : bytes);
    return serve({ folder: kApp, gateway: `http://127.0.0.1:${this.port}`, alter });
  }

  // `omzien … --json` as this adviser.
  desk(name, ...args) {
    const person = this.demo.people.find((one) => one.name === name);
    const said = execFileSync(`${kBin}/omzien`, [...args, '--json'], {
      env: {
        ...process.env,
        OMZIEN_ORG: `${this.folder}/org.toml`,
        OMZIEN_STATE: `${this.folder}/state-${name}`,
        OMZIEN_KEY: person.key,
        OMZIEN_PASSPHRASE: person.passphrase,
      },
    });
    return JSON.parse(said);
  }
}
