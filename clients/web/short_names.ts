// Gives what the program calls its own a short name: 2,100 bytes less to load than with full names.
//
// terser can rename properties, but cannot know who else uses a name: a browser's object, a file somebody keeps, a
// string that picks one of several. So a name keeps its letters, everywhere in the program, when any of these holds:
//
//   - it stands somewhere as a string, a quoted key too: so keys that leave in JSON are written in quotes;
//   - it begins as a template does that picks by name: object[`news_${kind}`];
//   - it is a key of what goes to a function of the browser, or an attribute of an element;
//   - it is written but never read here, or read but never written: somebody else does the other half;
//   - browsers have a property of that name (terser's own list, and kBrowsersToo).
import { minify } from 'terser';
import { parseAst } from 'vite';
import { asked_name, changed, member_name, nodes_of, type Node } from './syntax.ts';
import { without_unused } from './unused.ts';

// Keys of what goes to Intl and WebCrypto that this program has names of, too.
const kBrowsersToo = ['day', 'month', 'year', 'hash', 'public', 'name', 'mode'];
// Functions of the browser that hand on what they are given, and know no key of it.
const kHandsOn = ['push', 'add', 'set'];

// What is declared here: variables and parameters, methods and keys; objects by the constant that holds them.
interface Declared {
  readonly variables: Set<string>;
  readonly members: Set<string | undefined>;
  readonly objects: Map<string, Node>;
}

function declared_in(nodes: readonly Node[]): Declared {
  const [variables, members, objects] = [new Set<string>(), new Set<string | undefined>(), new Map<string, Node>()];
  for (const node of nodes) {
    const { id, init, params } = node;
    if (id?.type === 'Identifier') variables.add(id.name);
    if (id?.type === 'Identifier' && init?.type === 'ObjectExpression') objects.set(id.name, init);
    for (const given of nodes_of(params)) if (given.type === 'Identifier') variables.add(given['name']);
    members.add(member_name(node));
  }
  return { variables, members, objects };
}

const root_of = (node: Node): Node => (node.type === 'MemberExpression' ? root_of(node['object']) : node);

// True for a call that leaves the program: of a global, or of a method that nothing here has.
function is_browsers({ type, callee }: Node, { variables, members }: Declared): boolean {
  const root = root_of(callee);
  if (root['name'] === 'Object') return false; // it hands on, too
  if (root.type === 'Identifier' && !variables.has(root['name'])) return true;
  const method = asked_name(callee);
  return type === 'CallExpression' && method !== undefined && !members.has(method) && !kHandsOn.includes(method);
}
// h('p', { class: 'hint' }, …)
const is_element = ({ type, callee, arguments: given }: Node): boolean =>
  type === 'CallExpression' && callee.type === 'Identifier' && given[0]?.type === 'Literal' && typeof given[0].value === 'string';

// Every key of an object and of those in it; an object may be the constant that holds it, or be spread into another.
function* keys_of(node: Node | undefined, objects: ReadonlyMap<string, Node>): Generator<string | undefined> {
  if (node?.type === 'Identifier') yield* keys_of(objects.get(node['name']), new Map());
  for (const part of (node?.type === 'ObjectExpression' ? node['properties'] : []) as Node[]) {
    if (part.type === 'SpreadElement') yield* keys_of(part['argument'], objects);
    else {
      yield member_name(part);
      if (part['value'].type === 'ObjectExpression') yield* keys_of(part['value'], objects);
    }
  }
}

function* handed_out(node: Node, own: Declared): Generator<string | undefined> {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return;
  const element = is_element(node);
  if (!element && !is_browsers(node, own)) return;
  const given: Node[] = element ? node['arguments'].slice(0, 2) : node['arguments'];
  for (const one of given) yield* keys_of(one, own.objects);
}

export function kept_names(code: string): string[] {
  const nodes = [...nodes_of(parseAst(code))];
  const own = declared_in(nodes);
  const patterns = new Set(nodes.flatMap(({ type, properties }) => (type === 'ObjectPattern' ? (properties as Node[]) : [])));
  const kept = new Set<string | undefined>(kBrowsersToo);
  const beginnings: string[] = [];
  const written = new Set<string | undefined>();
  const read = new Set<string | undefined>();
  for (const node of nodes) {
    const { type, value, computed, property, left } = node;
    if (type === 'Literal' && typeof value === 'string') kept.add(value);
    if (type === 'MemberExpression' && computed && property.type === 'TemplateLiteral')
      beginnings.push(property.quasis[0].value.cooked);
    for (const name of handed_out(node, own)) kept.add(name);
    read.add(asked_name(node));
    if (type === 'AssignmentExpression') written.add(asked_name(left));
    (patterns.has(node) ? read : written).add(member_name(node));
  }
  for (const name of [...written, ...read])
    if (written.has(name) !== read.has(name) || beginnings.some((begins) => name?.startsWith(begins))) kept.add(name);
  return [...kept].filter((name) => name !== undefined);
}

// One word for what is declared once and for what changes: TypeScript has refused long before what a constant would.
function without_constants(code: string): string {
  const constants = [...nodes_of(parseAst(code))].filter(({ type, kind }) => type === 'VariableDeclaration' && kind === 'const');
  return changed(code, constants.map(({ start }) => [start, start + 'const'.length, 'let'] as const));
}

// A long text first, under a name that terser gives to nothing: what packs the program for its way does worse with such
// a text between two pieces of code, by 200 bytes for the word lists.
const kLong = 10_000;
function long_first(code: string): string {
  const long = [...nodes_of(parseAst(code))].find(({ type, value }) => type === 'Literal' && typeof value === 'string' && value.length > kLong);
  if (!long) return code;
  return `let $long=${code.slice(long.start, long.end)};${changed(code, [[long.start, long.end, '$long']])}`;
}

// The program as small as it gets.
export async function shortened(whole: string): Promise<string> {
  const code = without_constants(without_unused(whole));
  const { code: small } = await minify(code, {
    module: true,
    ecma: 2022,
    // A comparison or a quotation mark the way it was written packs better than turned round. Reading a property does
    // nothing here: what is left of a thrown text, read and used nowhere, goes.
    compress: { passes: 4, pure_getters: true, keep_fargs: false, unsafe_arrows: true, sequences: false, inline: 1, lhs_constants: false },
    format: { quote_style: 3 },
    mangle: { properties: { reserved: kept_names(code) } },
  });
  if (small === undefined) throw new Error('terser gave nothing');
  return long_first(small);
}

export function short_names() {
  return {
    name: 'omzien-short-names',
    enforce: 'post' as const,
    renderChunk: async (code: string) => ({ code: await shortened(code), map: null }),
  };
}
