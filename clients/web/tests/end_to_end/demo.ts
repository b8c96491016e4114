// A demo organisation and its running gateway (gateway.py), and `omzien` as its people run it.

import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { built, kBin } from '../kit/programs.ts';

// Whether there are programs to talk to.
export const kBuilt = built('omzien', 'omzien-gateway');

export interface Demo {
  readonly url: string;
  readonly serviceId: string; // in hexadecimal
  readonly state: string; // a folder of the demo's own
  readonly org: string; // its organisation file
  // The one JSON object that `omzien … --json` prints; a failure is an exception with what it said.
  omzien(person: string, ...command: string[]): Record<string, unknown>;
  stop(): void;
}

export async function startDemo(): Promise<Demo> {
  const script = fileURLToPath(new URL('gateway.py', import.meta.url));
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMZIEN_BIN: kBin } });
  const told = JSON.parse(
    await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (line: Buffer) => resolve(line.toString()));
      child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
    }),
  ) as { url: string; service_id: string; org: string; state: string; people: string };
  return {
    url: told.url,
    serviceId: told.service_id,
    state: told.state,
    org: told.org,
    omzien(person, ...command) {
      const ran = spawnSync(`${kBin}/omzien`, [...command, '--json'], {
        env: {
          ...process.env,
          OMZIEN_ORG: told.org,
          OMZIEN_STATE: told.state,
          OMZIEN_KEY: `${told.people}/${person}.key`,
          OMZIEN_PASSPHRASE: `demo passphrase of ${person}`,
        },
        encoding: 'utf8',
      });
      if (ran.status !== 0) throw new Error(ran.stderr);
      return JSON.parse(ran.stdout) as Record<string, unknown>;
    },
    stop: () => child.stdin.end(),
  };
}
