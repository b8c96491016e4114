// How long something may still take, from the pace that the gateway announces to everyone.
import type { Progress } from '../page/work.ts';
import type { Connection } from '../core/connection.ts';
import type { Progress as CoreProgress } from '../core/delivery.ts';

// What is asked goes along with the frame after the next: two slots and the answer, on average less.
const kSlotsPerStep = 2;
const kPaceMs = 4000; // until one was announced

export class Pace {
  private readonly connection_: Connection;
  constructor(connection: Connection) {
    this.connection_ = connection;
  }

  of_exchanges(done: number, total: number, slots = kSlotsPerStep): Progress {
    const ms = (total - done) * slots * (this.connection_.paceMs ?? kPaceMs);
    return { done, total, seconds_left: Math.ceil(ms / 1000) };
  }
  // Chunks of a file follow each other closely: one goes along with every frame.
  of_chunks(done: number, total: number): Progress {
    return this.of_exchanges(done, total, 1);
  }
  // Sealing asks for keys or for the newest state; then the entry is sent, and what did not fit with it.
  of_delivery(step: CoreProgress): Progress {
    switch (step.phase) {
      case 'sealing':
        return this.of_exchanges(0, 2);
      case 'sending':
        return this.of_exchanges(1, 2);
      case 'staging':
        return this.of_exchanges(1 + step.sent, 3 + step.total);
      case 'accepted':
        return this.of_exchanges(2, 2);
    }
  }
}
