// The focus stays where the person was, also when what had it goes away or moves: a file that was fetched, a person who
// was left out, a row that comes first now. A browser would let it fall to the top of the page, without a word.
// No field that brings a keyboard up.
const kNext = 'h1, h2, h3, summary, button, a[href], select, [tabindex="0"], [type=radio], [type=checkbox]';

export function keep_focus(page: HTMLElement): void {
  let way: readonly Node[] = []; // from what had the focus last up to the page
  page.addEventListener('focusin', (event) => {
    const path = event.composedPath() as Node[];
    way = path.slice(0, path.indexOf(page));
  });
  new MutationObserver((changes) => {
    const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]);
    if (document.activeElement !== document.body || !way.some((node) => gone.includes(node as ChildNode))) return;
    // Another screen is another main: its heading takes the focus by itself.
    const [had, ...around] = way as readonly HTMLElement[];
    const next = had!.isConnected
      ? had!
      : around.filter((one) => one.isConnected).map((one) => one.querySelector<HTMLElement>(kNext)).find((one) => one);
    if (!next) return;
    if (next.tabIndex < 0) next.tabIndex = -1; // a heading, too
    next.focus({ preventScroll: true });
  }).observe(page, { childList: true, subtree: true });
}
