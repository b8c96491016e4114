// Frames over HTTP.

import { good } from './expected.ts';
import { fail, type Result } from './errors.ts';

export interface Transport {
  // Sends a frame and gives the one that comes back, of the same size. 'unreachable' when it can't be known whether
  // the frame arrived.
  exchange(frame: Uint8Array): Promise<Result<Uint8Array>>;
}

const kExchangeMs = 60_000;

// POST /v1/exchange on the page's own origin, or on `origin` (tests). No cookies, no referrer, nothing cached.
export function httpTransport(origin = ''): Transport {
  return {
    async exchange(frame) {
      try {
        const response = await fetch(`${origin}/v1/exchange`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/octet-stream' },
          body: frame as Uint8Array<ArrayBuffer>,
          cache: 'no-store',
          credentials: 'omit',
          redirect: 'error',
          referrerPolicy: 'no-referrer',
          signal: AbortSignal.timeout(kExchangeMs),
        });
        const answer = new Uint8Array(await response.arrayBuffer());
        if (response.status === 200 && answer.length === frame.length) return good(answer);
        return fail('unreachable', 'unreachable', 'what answers at this address is no gateway, or it is out of order');
      } catch {
        return fail('unreachable', 'unreachable', "the gateway can't be reached");
      }
    },
  };
}

