// Time as rhythm and turns see it: a parameter, so that tests have one of their own.

// In milliseconds from any beginning.
export interface Timer {
  now(): number;
  // Calls back at that time or as soon after as possible; never before, and never at once.
  at(time: number, callback: () => void): void;
}

export const browserTimer: Timer = {
  now: () => performance.now(),
  at: (time, callback) => void setTimeout(callback, Math.max(0, time - performance.now())),
};
