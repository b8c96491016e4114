// What a test asks of a screen's looks. Each function runs in the page and gives back a list of what is
// wrong, as short texts.

// What can be pressed and is smaller than `least` px; the label that makes a small box large counts.
export function small_targets(least) {
  const small = [];
  for (const element of document.querySelectorAll('button, a[href], input, select, textarea, summary')) {
    const target = element.closest('label') ?? element;
    const box = target.getBoundingClientRect();
    const unseen = box.width <= 1 || element.closest('.to-content');
    if (!unseen && (box.width < least || box.height < least))
      small.push(`${element.tagName} “${target.textContent.trim().slice(0, 30)}” ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  return small;
}

// What makes the page scroll sideways.
export function overflow() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = (element) => {
    const box = element.getBoundingClientRect();
    return box.right > root.clientWidth + 1 || box.left < -1;
  };
  return [...document.querySelectorAll('#app *')].filter(wide)
    .map((element) => `wide: ${element.tagName}.${element.className}`).slice(0, 3);
}

// Text that leaves the box drawn around it, is cut off, or lies over other text.
export function squeezed() {
  scrollTo(0, 0);
  const kBoxes = 'button, .choice, .panel, .strip, .errors, .said, .standing, .alarms, .review-row, .phrase li, .poster';
  const found = [];
  const lines = [];
  const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (node.data.trim() === '' || !element.checkVisibility() || element.closest('.unseen, .card, .to-content, textarea, select')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const around = element.closest(kBoxes)?.getBoundingClientRect();
    for (const line of range.getClientRects()) {
      if (line.width < 1) continue;
      lines.push({ line, node });
      const text = node.data.trim().slice(0, 30);
      if (line.left < -1 || line.right > innerWidth + 1) found.push(`off the page: ${text}`);
      if (around && (line.left < around.left - 1 || line.right > around.right + 1 || line.top < around.top - 2 || line.bottom > around.bottom + 2))
        found.push(`out of its box: ${text}`);
    }
  }
  // Two lines of one paragraph may touch by a hair; letters lie over each other from a third of a line on.
  lines.forEach(({ line: a, node }, i) => {
    for (const { line: b, node: other } of lines.slice(i + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (node !== other && wide > 2 && high > Math.min(a.height, b.height) / 3)
        found.push(`over each other: ${node.data.trim().slice(0, 30)} / ${other.data.trim().slice(0, 30)}`);
    }
  });
  return found;
}

// In a pseudo-locale: text that did not come from the catalogue. `not_words` are names and people's words.
export function bare_words(not_words) {
  const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const block = element.closest('p, li, dt, dd, h1, h2, h3, button, legend, label, summary, figcaption, span, a');
    const text = (block ?? element).textContent.trim();
    if (/\p{L}{2}/u.test(walker.currentNode.data) && !element.closest(not_words) && !text.includes('⟦')) texts.push(text);
  }
  for (const element of document.querySelectorAll('#app [aria-label]'))
    if (!element.getAttribute('aria-label').includes('⟦') && !element.closest(not_words)) texts.push(element.getAttribute('aria-label'));
  return texts;
}

// What has the focus and does not show it.
export function without_ring() {
  const element = document.activeElement;
  const style = getComputedStyle(element.closest('.choice') ?? element);
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return seen || element === document.body ? '' : element.outerHTML.slice(0, 80);
}
