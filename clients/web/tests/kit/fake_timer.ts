// A clock that stands still until a test moves it. Whatever runs on the page's one thread costs time only where the
// test says so (`spend`), and a callback that falls due meanwhile comes late, as in a browser.
import type { Timer } from '../../core/timer.ts';

interface Due {
  readonly time: number;
  callback(): void;
}

export class FakeTimer implements Timer {
  private time = 0;
  private due: Due[] = [];

  now(): number {
    return this.time;
  }
  at(time: number, callback: () => void): void {
    this.due.push({ time, callback });
  }
  // The thread is busy.
  spend(ms: number): void {
    this.time += ms;
  }
  // Until then, and whatever falls due.
  async run(until: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve)); // all that follows from what happened
      const next = this.due.reduce<Due | undefined>((a, b) => (a !== undefined && a.time <= b.time ? a : b), undefined);
      if (next === undefined || next.time > until) break;
      this.due.splice(this.due.indexOf(next), 1);
      this.time = Math.max(this.time, next.time);
      next.callback();
    }
    this.time = Math.max(this.time, until);
  }
}
