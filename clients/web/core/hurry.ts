// A pacer without cover: a frame leaves as soon as something waits. For tests, and for the desk, whose visits need no
// cover. The reporter's app uses rhythm.ts.

import type { Connection } from './connection.ts';
import type { Transport } from './transport.ts';

// Until `stop` is called. A `later` is asked again after `againMs`.
export function hurry(connection: Connection, transport: Transport, againMs = 50): { stop(): void } {
  let running = true;
  let sending = false;
  const send = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    for (let carried = 1; running && connection.busy > 0; ) {
      if (carried === 0) await new Promise((resolve) => setTimeout(resolve, againMs));
      const waiting = connection.busy;
      const frame = await connection.freeze();
      connection.settle(frame, await transport.exchange(frame.bytes));
      // Nothing got done: the gateway is busy, or can't be reached.
      carried = waiting - connection.busy;
    }
    sending = false;
  };
  const stop = (): void => {
    running = false;
    unsubscribe();
    connection.end();
  };
  const unsubscribe = connection.subscribe(() => void send());
  void send();
  return { stop };
}
