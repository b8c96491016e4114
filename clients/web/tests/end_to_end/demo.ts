// A demo organisation with a running gateway, and `omzien` as its advisers run it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kBin = process.env['OMZIEN_BIN'] ?? fileURLToPath(new URL('../../../../build/release/bin', import.meta.url));
export const built = ['omzien', 'omzien-gateway'].every((program) => existsSync(`${kBin}/${program}`));

export interface Demo {
  readonly url: string;
  readonly service_id: string;
  readonly org: string;
  readonly state: string;
  readonly people: string;
}

export async function startDemo(): Promise<{ demo: Demo; stop(): void }> {
  const script = fileURLToPath(new URL('gateway.py', import.meta.url));
  const child: ChildProcess = spawn('python3', [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMZIEN_BIN: kBin },
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout!.once('data', (data: Buffer) => resolve(data.toString()));
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
  });
  return { demo: JSON.parse(line) as Demo, stop: () => child.stdin!.end() };
}

export function omzien(demo: Demo, person: string, ...command: string[]): Record<string, unknown> {
  const ran = spawnSync(`${kBin}/omzien`, [...command, '--json'], {
    env: {
      ...process.env,
      OMZIEN_ORG: demo.org,
      OMZIEN_STATE: demo.state,
      OMZIEN_KEY: `${demo.people}/${person}.key`,
      OMZIEN_PASSPHRASE: `demo passphrase of ${person}`,
    },
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as Record<string, unknown>;
}
