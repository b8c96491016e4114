// A program as its parser sees it, for what the build does to it.

// A part of a program, and every part of that.
export function* nodes_of(node) {
  if (Array.isArray(node)) for (const one of node) yield* nodes_of(one);
  else if (typeof node?.type === 'string') {
    yield node;
    for (const part of Object.values(node)) if (typeof part === 'object') yield* nodes_of(part);
  }
}

// `changes`: [from, to, what stands there instead]. One inside another is passed over.
export function changed(code, changes) {
  let [text, at] = ['', 0];
  for (const [from, to, instead] of changes.toSorted(([a], [b]) => a - b)) {
    if (from < at) continue;
    text += code.slice(at, from) + instead;
    at = to;
  }
  return text + code.slice(at);
}

export const kMember = /^(MethodDefinition|PropertyDefinition|Property)$/;
// Without quotes and brackets; undefined for any other.
export const name_of = ({ computed, key }) => (computed ? undefined : key.name);
