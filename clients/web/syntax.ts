// A program as its parser sees it (ESTree), for what the build does to it.

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: any; // every kind of node has its own
}

const is_node = (part: unknown): part is Node => typeof (part as Node | null)?.type === 'string';

// A part of a program, and every part of that.
export function* nodes_of(part: unknown): Generator<Node> {
  if (Array.isArray(part)) for (const one of part) yield* nodes_of(one);
  else if (is_node(part)) {
    yield part;
    for (const inner of Object.values(part)) if (typeof inner === 'object') yield* nodes_of(inner);
  }
}

// From, to, and what stands there instead.
export type Change = readonly [number, number, string];

// A change inside another is passed over.
export function changed(code: string, changes: readonly Change[]): string {
  let text = '';
  let at = 0;
  for (const [from, to, instead] of [...changes].sort(([a], [b]) => a - b)) {
    if (from < at) continue;
    text += code.slice(at, from) + instead;
    at = to;
  }
  return text + code.slice(at);
}

const kMember = /^(MethodDefinition|PropertyDefinition|Property)$/;
// What a method or a key is called; undefined for what is no member, and for names in quotes or brackets.
export const member_name = ({ type, computed, key }: Node): string | undefined =>
  kMember.test(type) && !computed && key.type === 'Identifier' ? key.name : undefined;
// The same of `object.name`.
export const asked_name = ({ type, computed, property }: Node): string | undefined =>
  type === 'MemberExpression' && !computed && property.type === 'Identifier' ? property.name : undefined;
