// Gives what the program calls its own a short name: 2,600 bytes less to load than with full names.
//
// terser can rename properties, but cannot know who else uses a name: a browser's object, a file somebody keeps, a string
// that picks one of several. So a name keeps its letters, everywhere in the program, when any of these holds:
//
//   - it stands somewhere as a string, a quoted key too: so keys that leave in JSON are written in quotes;
//   - it begins as a template does that picks by name: object[`news_${kind}`];
//   - it is a key of what goes to a function of the browser, or to an element as an attribute;
//   - it is written but never read here, or read but never written: somebody else does the other half;
//   - browsers have a property of that name (terser's own list).
import { minify } from 'terser';
import { parseAst } from 'vite';
import { kMember, name_of, nodes_of } from './syntax.js';
import { without_unused } from './unused.js';

// What terser may not know a browser reads, and what both sides name alike.
const kBrowsersToo = ['day', 'month', 'year', 'hash', 'public', 'name', 'mode'];

// What a name stands for in this program: declared names, methods and keys; objects by the constant that holds them.
function declared_in(nodes) {
  const [variables, members, objects] = [new Set(), new Set(), new Map()];
  for (const node of nodes) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      variables.add(node.id.name);
      if (node.init?.type === 'ObjectExpression') objects.set(node.id.name, node.init);
    } else if (/^(Function|Class)/.test(node.type) && node.id) variables.add(node.id.name);
    if (/^Function|^Arrow/.test(node.type))
      for (const given of nodes_of(node.params)) if (given.type === 'Identifier') variables.add(given.name);
    if (kMember.test(node.type)) members.add(name_of(node));
  }
  return { variables, members, objects };
}

const root_of = (node) => (node.type === 'MemberExpression' ? root_of(node.object) : node);
// Browser functions that hand on what they are given, and know no key of it.
const kHandsOn = ['push', 'add', 'set'];

// True for a call that leaves the program: of a global, or of a method that nothing here has.
function is_browsers({ callee, type }, { variables, members }) {
  const root = root_of(callee);
  if (root.name === 'Object') return false; // the same
  if (root.type === 'Identifier' && !variables.has(root.name)) return true;
  if (type !== 'CallExpression' || callee.type !== 'MemberExpression' || callee.computed) return false;
  return !members.has(callee.property.name) && !kHandsOn.includes(callee.property.name);
}
const is_element = ({ type, callee, arguments: given }) =>
  type === 'CallExpression' && callee.type === 'Identifier' && given[0]?.type === 'Literal' && typeof given[0].value === 'string';

// Every key of an object and of those in it; an object may be the constant that holds it, or be spread into another.
function* keys_of(node, objects) {
  if (node?.type === 'Identifier') yield* keys_of(objects.get(node.name), new Map());
  for (const part of node?.type === 'ObjectExpression' ? node.properties : []) {
    if (part.type === 'SpreadElement') yield* keys_of(part.argument, objects);
    else {
      if (!part.computed && part.key.name) yield part.key.name;
      if (part.value.type === 'ObjectExpression') yield* keys_of(part.value, objects);
    }
  }
}

export function kept_names(code) {
  const nodes = [...nodes_of(parseAst(code))];
  const own = declared_in(nodes);
  const [kept, beginnings, written, read] = [new Set(kBrowsersToo), [], new Set(), new Set()];
  const patterns = new Set();
  for (const node of nodes) {
    if (node.type === 'Literal' && typeof node.value === 'string') kept.add(node.value);
    if (node.type === 'CallExpression' || node.type === 'NewExpression')
      if (is_element(node) || is_browsers(node, own))
        for (const given of node.arguments.slice(0, is_element(node) ? 2 : undefined))
          for (const key of keys_of(given, own.objects)) kept.add(key);
    if (node.type === 'ObjectPattern') for (const part of node.properties) patterns.add(part);
    if (node.type === 'MemberExpression' && node.computed && node.property.type === 'TemplateLiteral')
      beginnings.push(node.property.quasis[0].value.cooked);
    if (node.type === 'MemberExpression' && !node.computed) read.add(node.property.name);
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && !node.left.computed)
      written.add(node.left.property.name);
    if (kMember.test(node.type)) (patterns.has(node) ? read : written).add(name_of(node));
  }
  for (const name of [...written, ...read])
    if (written.has(name) !== read.has(name) || beginnings.some((begins) => name?.startsWith(begins))) kept.add(name);
  kept.delete(undefined);
  return [...kept];
}

export function short_names() {
  return {
    name: 'omzien-short-names',
    enforce: 'post',
    async renderChunk(whole) {
      const code = without_unused(whole);
      const properties = { reserved: kept_names(code) };
      const small = await minify(code, { module: true, ecma: 2022, compress: { passes: 3, keep_fargs: false, unsafe_arrows: true }, mangle: { properties } });
      return { code: small.code, map: null };
    },
  };
}
