// Files of the session: within the rhythm, or beside it when the reporter chose that.
import type { OnProgress } from '../page/work.ts';
import { SessionError } from '../page/session_error.ts';
import { Compartment, kLargeFrameBytes } from '../generated/rules.ts';
import { fetchFile, filesOf } from '../core/attached_files.ts';
import { attachFile } from '../core/attachment.ts';
import type { OpenedCase } from '../core/case_log.ts';
import { Connection } from '../core/connection.ts';
import { systemRandom } from '../core/crypto/random.ts';
import { streamChunks } from '../core/crypto/stream.ts';
import { fail, type Result } from '../core/errors.ts';
import { hurry } from '../core/hurry.ts';
import type { Reporter } from '../core/identity.ts';
import { httpTransport } from '../core/transport.ts';
import type { Work } from '../core/turns.ts';
import type { FilePlace } from './files.ts';
import type { Pace } from './pace.ts';

// Exchanges beside the chunks: the case as it stands, the event that names the file, and their answers.
const kExchangesBeside = 5;

const kCompartments = { story: Compartment.story, talk: Compartment.talk } as const;

export class FileTravel {
  private readonly connection_: Connection;
  private readonly pace_: Pace;
  private round_ = 0; // one more with every `forget`

  constructor(connection: Connection, pace: Pace) {
    this.connection_ = connection;
    this.pace_ = pace;
  }

  // What is on its way stops at its next piece.
  forget(): void {
    this.round_ += 1;
  }

  seconds_for(sizes: readonly number[]): number {
    const exchanges = sizes.reduce((sum, size) => sum + streamChunks(size) + kExchangesBeside, 0);
    return this.pace_.of_chunks(0, exchanges).seconds_left;
  }

  async attach(
    file: File,
    to: FilePlace,
    covered: boolean,
    stays: () => boolean,
    self: Reporter,
    on_progress: OnProgress,
  ): Promise<Result<unknown>> {
    const send = (connection: Connection): Promise<Result<unknown>> =>
      attachFile(file, file.name, {
        connection,
        self,
        handle: self.handle,
        compartment: kCompartments[to],
        random: systemRandom,
        work: this.until_forgotten(stays),
        progress: (done, total) =>
          on_progress(covered ? this.pace_.of_chunks(done, total) : { done, total, seconds_left: 0 }),
      });
    return covered ? send(this.connection_) : this.uncovered(send);
  }

  async fetch(
    opened: OpenedCase,
    self: Reporter,
    number: number,
    on_progress: OnProgress,
  ): Promise<Result<Uint8Array<ArrayBuffer>[]>> {
    const found = filesOf(opened)[number - 1];
    if (!found) return fail('defect', 'defect', 'a file that is not there');
    const progress = (done: number, total: number): void => on_progress(this.pace_.of_chunks(done, total));
    return fetchFile(this.connection_, self, opened, found, progress, this.until_forgotten());
  }

  private until_forgotten(stays = () => true): Work {
    const round = this.round_;
    return (piece) =>
      this.connection_.work(() => {
        if (round !== this.round_ || !stays()) throw new SessionError('refused', 'forgotten');
        return piece();
      });
  }

  // A connection of its own in large frames, beside the rhythm that goes on as before. What it shows is
  // told before anybody chooses it.
  private async uncovered(
    send: (connection: Connection) => Promise<Result<unknown>>,
  ): Promise<Result<unknown>> {
    const connection = new Connection(this.connection_.service, kLargeFrameBytes);
    connection.work = this.connection_.work; // the rhythm's slots come first
    const pacer = hurry(connection, httpTransport());
    try {
      const greeted = await connection.greet();
      return greeted.ok ? await send(connection) : greeted;
    } finally {
      pacer.stop();
    }
  }
}
