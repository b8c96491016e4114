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
// something else after all, or nothing more.
export function on_shifts(pressed: (times: number) => void): () => void {
  let times = 0;
  let timer: ReturnType<typeof setTimeout>;
  const over = (): void => {
    if (times > 0) pressed((times = 0));
  };
  const down = (event: KeyboardEvent): void => {
    if (event.repeat) return;
    clearTimeout(timer);
    if (event.key !== 'Shift') return over();
    pressed((times += 1));
    if (times === 3) times = 0;
    else timer = setTimeout(over, kWithinMs);
  };
  document.addEventListener('keydown', down, true);
  return () => document.removeEventListener('keydown', down, true);
}
