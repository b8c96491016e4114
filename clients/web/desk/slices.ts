// Work on the page's one thread in slices: after a few milliseconds whoever works lets the page draw and the person
// type. The desk keeps no rhythm, so this is all the order there is.
import type { Work } from '../core/turns.ts';

const kSliceMs = 12; // leaves a page that draws sixty times a second room to do it

function next_turn(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  return scheduler?.yield ? scheduler.yield() : new Promise((resolve) => setTimeout(resolve, 0));
}

export function sliced(now: () => number = () => performance.now()): Work {
  let since = now();
  return async (piece) => {
    if (now() - since >= kSliceMs) {
      await next_turn();
      since = now();
    }
    return piece();
  };
}
