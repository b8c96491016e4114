// A visit under a clock that stands still: connection, rhythm and gateway, and a wire that writes down what passes.
import { Connection } from '../../core/connection.ts';
import { useNativeEd25519 } from '../../core/crypto/native_ed25519.ts';
import { fail } from '../../core/errors.ts';
import { FrameSize } from '../../core/protocol/frame.ts';
import { Rhythm } from '../../core/rhythm.ts';
import { FixedRandom } from '../support.ts';
import { FakeTimer } from './fake_timer.ts';
import { Gateway } from './gateway.ts';
import { Organisation } from './organisation.ts';

// The browser's own Ed25519 works beside the page's thread, where a clock that stands still does not see it.
useNativeEd25519(undefined);

export const kOrganisation = new Organisation('visit', 20_000);

// What becomes of the n-th frame, from 0.
export type Fate = 'answered' | 'request lost' | 'answer lost';

export interface VisitOptions {
  readonly slots?: string; // the seed of the plan
  readonly answerMs?: number;
  readonly gateway?: Gateway;
  readonly organisation?: Organisation;
  readonly fate?: (frame: number) => Fate;
}

export class Visit {
  readonly timer = new FakeTimer();
  readonly gateway: Gateway;
  readonly connection: Connection;
  readonly rhythm: Rhythm;
  // When each frame left, and what.
  readonly sentAt: number[] = [];
  readonly frames: Uint8Array[] = [];
  // While true, no answer comes back.
  cut = false;

  constructor({ organisation = kOrganisation, ...options }: VisitOptions = {}) {
    const { slots = 'slots', answerMs = 150, gateway, fate = () => 'answered' } = options;
    this.connection = new Connection(organisation.service, FrameSize.small, () => this.gateway.day);
    this.gateway = gateway ?? new Gateway(organisation);
    const transport = {
      exchange: async (frame: Uint8Array) => {
        const number = this.sentAt.push(this.timer.now()) - 1;
        this.frames.push(frame.slice());
        const now = fate(number);
        const answer = now === 'request lost' ? undefined : await this.gateway.exchange(frame);
        await new Promise<void>((resolve) => this.timer.at(this.sentAt[number]! + answerMs, resolve));
        return now === 'answered' && !this.cut ? answer! : fail('unreachable', 'unreachable', 'the wire was cut');
      },
    };
    const random = new FixedRandom(slots);
    this.rhythm = new Rhythm({ connection: this.connection, transport, random, timer: this.timer });
  }

  // Greeted, and on until `ms`.
  async begin(ms = 1000): Promise<void> {
    const greeted = this.connection.greet();
    const started = this.rhythm.start();
    await this.timer.run(ms);
    await started;
    const said = await greeted;
    if (!said.ok) throw new Error(said.error.message);
  }

  // Moves the clock until `promise` is there; nothing a person could wait for takes longer than `atMost`.
  async until<T>(promise: Promise<T>, atMost = 600_000): Promise<T> {
    let got: { value: T } | undefined;
    let failed: unknown;
    promise.then(
      (value) => (got = { value }),
      (error: unknown) => (failed = error ?? new Error('failed')),
    );
    for (const end = this.timer.now() + atMost; got === undefined && this.timer.now() < end;) {
      await this.timer.run(this.timer.now() + 250);
      if (failed !== undefined) throw failed;
    }
    if (got === undefined) throw new Error('nothing came');
    return got.value;
  }
}
