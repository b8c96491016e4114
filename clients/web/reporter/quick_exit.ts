// Away at once: first the screen is blank, then the page is replaced by a neutral one.

// The directory's address when it is one that any browser opens without a question.
export function exit_address(written: string): string {
  try {
    const url = new URL(written);
    return url.protocol === 'https:' ? url.href : 'about:blank';
  } catch {
    return 'about:blank';
  }
}

export function blank_and_leave(address: string): void {
  document.title = '\u200b';
  document.body.replaceChildren();
  document.documentElement.className = 'blank';
  // The page's referrer policy is no-referrer; replace() takes this page's place in the history.
  location.replace(address);
}

const kWithinMs = 3000;

// Calls `pressed` with 1, 2, 3 as Shift goes down and up with nothing between, and 0 when it was
// something else after all.
export function on_shifts(pressed: (times: number) => void): () => void {
  let times = 0;
  let last_ms = 0;
  const down = (event: KeyboardEvent): void => {
    if (event.repeat) return;
    if (event.key !== 'Shift') {
      if (times > 0) pressed(0);
      times = 0;
      return;
    }
    const now_ms = performance.now();
    times = now_ms - last_ms < kWithinMs ? times + 1 : 1;
    last_ms = now_ms;
    pressed(times);
    if (times === 3) times = 0;
  };
  document.addEventListener('keydown', down, true);
  return () => document.removeEventListener('keydown', down, true);
}
