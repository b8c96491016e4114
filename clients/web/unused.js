// Takes out of a program what nothing in it needs, and what no other tool dares to: 900 bytes less to load.
//
//   Choice.not_now            →  3     where Choice is a constant table of numbers that nothing writes to
//   acknowledgedDay() { … }   →        a method of a class, when its name is said nowhere else
import { parseAst } from 'vite';
import { changed, name_of, nodes_of } from './syntax.js';

// What a language or a browser calls by itself.
const kCalled = ['constructor', 'toString', 'toJSON', 'valueOf', 'then', 'render', 'getChildContext'];

// Tables by name, if every value is a number.
function tables_of(nodes) {
  const tables = new Map();
  for (const { type, id, init } of nodes) {
    if (type !== 'VariableDeclarator' || id.type !== 'Identifier' || init?.type !== 'ObjectExpression') continue;
    const numbers = init.properties.map((part) => [part.key?.name, part.value?.raw]);
    const all = init.properties.every((part) => part.type === 'Property' && !part.computed && typeof part.value.value === 'number');
    if (all && numbers.length > 0) tables.set(id.name, tables.has(id.name) ? new Map() : new Map(numbers)); // not two of a name
  }
  for (const { type, left } of nodes)
    if (type === 'AssignmentExpression' && left.type === 'MemberExpression') tables.delete(left.object.name);
  return tables;
}

function with_numbers(code) {
  const nodes = [...nodes_of(parseAst(code))];
  const tables = tables_of(nodes);
  return changed(code, nodes.flatMap((node) => {
    if (node.type !== 'MemberExpression' || node.computed) return [];
    const number = tables.get(node.object.name)?.get(node.property.name);
    return number === undefined ? [] : [[node.start, node.end, number]];
  }));
}

function without_methods(code) {
  const nodes = [...nodes_of(parseAst(code))];
  const times = new Map(); // a name is said
  for (const node of nodes) {
    const name = node.type === 'Identifier' || node.type === 'PrivateIdentifier' ? node.name : node.type === 'Literal' ? node.value : undefined;
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  const idle = nodes.filter((node) =>
    node.type === 'MethodDefinition' && times.get(name_of(node)) === 1 && !kCalled.includes(name_of(node)));
  return changed(code, idle.map(({ start, end }) => [start, end, '']));
}

// Until nothing changes: a method may have been the only one to call another.
export function without_unused(code) {
  let [before, after] = ['', with_numbers(code)];
  while (after !== before) [before, after] = [after, without_methods(after)];
  return after;
}
