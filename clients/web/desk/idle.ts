// Locks the desk when nobody touched it for a while.

export const kIdleMs = 10 * 60_000;
const kSigns = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'input'] as const;
const kLookMs = 5000;

// Calls `lock` once nothing happened for kIdleMs, again and again as long as nothing does; also right after a sleep.
export function on_idle(lock: () => void): void {
  let last = Date.now();
  // A clock that was put back far locks, too: how long nobody touched anything can't be told any more.
  const is_idle = (): boolean => Math.abs(Date.now() - last) >= kIdleMs;
  const alive = (): void => {
    if (!is_idle()) last = Date.now();
  };
  for (const sign of kSigns) addEventListener(sign, alive, { capture: true, passive: true });
  const look = (): void => {
    if (!is_idle()) return;
    last = Date.now();
    lock();
  };
  setInterval(look, kLookMs);
  document.addEventListener('visibilitychange', look);
}
