// Text in which every telephone number can be tapped.
import type { ComponentChildren } from 'preact';

// Three to eleven digits, possibly with spaces and hyphens between: 112, 0800-0113, 088 076 7000.
const kNumber = /(?<![\d-])\+?\d(?:[ -]?\d){2,11}(?![\d-])/g;

export function PhoneText({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const found of text.matchAll(kNumber)) {
    parts.push(text.slice(from, found.index));
    parts.push(
      <a class="phone" href={`tel:${found[0].replace(/[^+\d]/g, '')}`}>
        {found[0]}
      </a>,
    );
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
