// The exchange, seen from a client: fresh beacon, the gateway's day, the checked directory, signed operations.
//
// What is asked waits here until a frame takes it along. When a frame is made and when it leaves is not for this class
// to say: a pacer does (rhythm.ts in the reporter's app, hurry.ts in tests and at the desk), so that nothing a person
// does changes it.

import {
  kOperationsPerRequestMax,
  kProtocolVersion,
  kTagOperationSignature,
  OperationKind,
  Status,
} from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import type { Digest } from './crypto/hash.ts';
import type { SigningKey } from './crypto/signing.ts';
import { fetchDocument } from './document.ts';
import { done, good } from './expected.ts';
import { describeDirectoryError, fail, refusal, type Result } from './errors.ts';
import { ownDay } from './own_clock.ts';
import { Directory } from './protocol/directory.ts';
import {
  encodeRequest,
  frameRoom,
  isPublic,
  operationBytes,
  parseResponse,
  publicOperation,
  type FrameSize,
  type Operation,
  type OperationResult,
  type Response,
} from './protocol/frame.ts';
import type { Beacon, Day, ServiceId } from './protocol/ids.ts';
import { atOnce, type Work } from './turns.ts';

// One operation still to be signed.
export interface Call {
  readonly kind: OperationKind;
  readonly body: Uint8Array;
}

// A call that nobody has answered yet.
interface Waiting {
  readonly call: Call;
  readonly signer: SigningKey | undefined;
  tries: number;
  settle(result: Result<OperationResult>): void;
}

// A frame ready to leave, and what it takes along.
export interface FrozenFrame {
  readonly bytes: Uint8Array;
  readonly carries: readonly Waiting[];
}

export type ConnectionState =
  | 'new' // no answer yet
  | 'connected' // the last frame was answered
  | 'lost' // the last frame was not; the next ones try again
  | 'ended';

// Frames that may be lost, or answered `later`, before a call is given up.
const kTries = 12;
// An operation's own fields around its body: kind, key, beacon, signature, their tags and lengths.
export const kOperationBytes = 160;
const kStopped = fail('unreachable', 'stopped', 'nobody waits for an answer any more');

export class Connection {
  // How pieces of work get their turn: a pacer that keeps a rhythm sets it, and whoever works on what came back uses
  // it.
  work: Work = atOnce;
  // The directory from which people were offered, where somebody chooses them: the page sets it (certificates.ts).
  offered: Directory | undefined;
  private waiting: Waiting[] = [];
  private readonly unanswered = new Set<Waiting>(); // those in `waiting`, and those that frames took along
  private beacon: Beacon | undefined;
  private inForce: Digest | undefined; // the directory at the gateway
  private known: Directory | undefined;
  private refreshing: Promise<Result<void>> | undefined;
  private now: ConnectionState = 'new';
  private day: Day = 0;
  private pace: number | undefined;
  private empty: Uint8Array | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly service: ServiceId,
    readonly frameSize: FrameSize,
    readonly dayHere: () => Day = ownDay, // by this device's clock; tests pass their own
  ) {}

  get state(): ConnectionState {
    return this.now;
  }
  // The gateway's; once an answer came.
  get today(): Day {
    return this.day;
  }
  // Mean time between exchanges, as last announced.
  get paceMs(): number | undefined {
    return this.pace;
  }
  // Once greeted.
  get directory(): Directory {
    if (this.known === undefined) throw new Error('greet first');
    return this.known;
  }
  get greeted(): boolean {
    return this.known !== undefined;
  }
  // How many calls wait for a frame, or for its answer.
  get busy(): number {
    return this.unanswered.size;
  }
  // Called after every change of state, day or directory; the answer ends it.
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Learns beacon, day and directory, whatever was known before. Everything but `submit` of public operations needs it
  // done.
  greet(): Promise<Result<void>> {
    this.inForce = undefined;
    return this.refreshDirectory();
  }

  // Fetches the directory if another one is in force: after a 'stale directory'.
  refreshDirectory(): Promise<Result<void>> {
    this.refreshing ??= this.doRefresh().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  // Sends operations signed by `signer` in as few frames as they fit, in order. Lost frames, an answer `later` and a
  // dead beacon are tried again, up to a limit. `signer` may be left out for public operations.
  async submit(calls: readonly Call[], signer?: SigningKey): Promise<Result<OperationResult[]>> {
    if (this.now === 'ended') return kStopped;
    if (calls.some((call) => call.body.length + kOperationBytes > frameRoom(this.frameSize)))
      return fail('defect', 'defect', 'an operation is larger than a frame');
    const answers = calls.map((call) => this.wait(call, signer));
    this.changed();
    const results: OperationResult[] = [];
    for (const answer of await Promise.all(answers)) {
      if (!answer.ok) return answer;
      results.push(answer.value);
    }
    return good(results);
  }

  // One operation whose answer must be `done`.
  async call(kind: OperationKind, body: Uint8Array, signer?: SigningKey): Promise<Result<Uint8Array>> {
    const results = await this.submit([{ kind, body }], signer);
    if (!results.ok) return results;
    const { status, body: answer } = results.value[0]!;
    return status === Status.done ? good(answer) : { ok: false, error: refusal(status) };
  }

  // For the pacer: a frame that asks nothing. Most of the traffic.
  emptyFrame(): FrozenFrame {
    this.empty ??= encodeRequest({ version: kProtocolVersion, operations: [] }, this.frameSize)!;
    return { bytes: this.empty, carries: [] };
  }

  // For the pacer: the next frame, with as much of what waits as it takes. Until a beacon is known only public
  // operations go along. Signing may take long: each signature is a piece of `work`. What nobody can sign any more,
  // since its key was wiped, is answered 'stopped' and holds up nothing else.
  async freeze(work: Work = atOnce): Promise<FrozenFrame> {
    const carries: Waiting[] = [];
    let room = frameRoom(this.frameSize);
    for (const one of this.waiting) {
      if (this.beacon === undefined && !isPublic(one.call.kind)) continue;
      room -= one.call.body.length + kOperationBytes;
      if (room < 0 || carries.length === kOperationsPerRequestMax) break;
      carries.push(one);
    }
    if (carries.length === 0) return this.emptyFrame();
    this.waiting = this.waiting.filter((one) => !carries.includes(one));
    const sign = (one: Waiting) => work(() => this.sign(one)).catch((): undefined => void one.settle(kStopped));
    const signed = await Promise.all(carries.map(sign));
    const operations = signed.filter((operation) => operation !== undefined);
    const bytes = encodeRequest({ version: kProtocolVersion, operations }, this.frameSize);
    if (bytes === undefined) throw new Error('a frame filled beyond its size');
    return { bytes, carries: carries.filter((_, i) => signed[i]) };
  }

  // For the pacer: what came back for a frame.
  settle(frame: FrozenFrame, answer: Result<Uint8Array>): void {
    if (this.now === 'ended') return;
    const response = answer.ok ? this.read(answer.value, frame.carries.length) : answer;
    if (response.ok) {
      this.takeIn(response.value);
      this.again(frame.carries.filter((one, i) => !this.answered(one, response.value.results[i]!)));
    } else {
      this.now = 'lost';
      const final = response.error.code === 'other protocol version';
      this.again(
        frame.carries.filter((one) => {
          const givenUp = final || ++one.tries > kTries;
          if (givenUp) one.settle(response);
          return !givenUp;
        }),
      );
    }
    this.changed();
  }

  // Everything that still waits is answered 'stopped'.
  end(): void {
    this.now = 'ended';
    this.waiting = [];
    for (const one of this.unanswered) one.settle(kStopped);
    this.changed();
  }

  private wait(call: Call, signer: SigningKey | undefined): Promise<Result<OperationResult>> {
    return new Promise((resolve) => {
      const settle = (result: Result<OperationResult>): void => {
        this.unanswered.delete(one);
        resolve(result);
      };
      const one: Waiting = { call, signer, tries: 0, settle };
      this.waiting.push(one);
      this.unanswered.add(one);
    });
  }

  private again(carried: readonly Waiting[]): void {
    this.waiting = [...carried, ...this.waiting];
  }

  private answered(one: Waiting, result: OperationResult): boolean {
    const tryAgain = result.status === Status.later || result.status === Status.stale_beacon;
    if (tryAgain && ++one.tries <= kTries) return false;
    one.settle(tryAgain ? { ok: false, error: refusal(result.status) } : good(result));
    return true;
  }

  private read(frame: Uint8Array, results: number): Result<Response> {
    const response = parseResponse(frame);
    if (!response.ok) return fail('unreachable', 'unreadable answer', "the gateway's answer can't be read");
    if (response.value.version !== kProtocolVersion)
      return fail('refused', 'other protocol version', 'the gateway speaks another version than this program');
    if (response.value.results.length !== results)
      return fail('unreachable', 'unreadable answer', 'the gateway could not read what was sent');
    return response;
  }

  private takeIn({ beacon, day, directoryHash, paceMs }: Response): void {
    this.now = 'connected';
    this.beacon = beacon;
    this.day = day;
    this.inForce = directoryHash;
    this.pace = paceMs;
  }

  private async sign({ call: { kind, body }, signer }: Waiting): Promise<Operation> {
    if (isPublic(kind) || signer === undefined || this.beacon === undefined) return publicOperation(kind, body);
    const { beacon } = this;
    const said = operationBytes(this.service, beacon, kind, body);
    const signature = await signer.sign(kTagOperationSignature, said);
    return { kind, body, key: signer.publicKey, beacon, signature };
  }

  private async doRefresh(): Promise<Result<void>> {
    if (this.known && this.inForce && equal(this.known.hash, this.inForce)) return done;
    const bytes = await fetchDocument((kind, body) => this.call(kind, body));
    if (!bytes.ok) return bytes;
    const directory = await this.work(() => Directory.parse(bytes.value, this.service));
    if (!directory.ok) return describeDirectoryError(directory.error);
    const same = this.known !== undefined && equal(directory.value.hash, this.known.hash);
    if (this.known && !same && !directory.value.follows(this.known)) {
      const said = 'the gateway shows a directory that does not follow the one before';
      return fail('verification', 'directory not a successor', said);
    }
    this.known = directory.value;
    this.changed();
    return done;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
