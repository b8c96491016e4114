// Takes out of a program what nothing in it needs, and what no other tool dares to: 900 bytes less to load.
//
//   Choice.not_now            →  3     where Choice is a constant table of numbers that nothing writes to
//   acknowledgedDay() { … }   →        a method of a class, when its name is said nowhere else
//   class { kind; … }         →        a field that a class only names: whoever asks before it has a value gets none
//                                      either
import { parseAst } from 'vite';
import { asked_name, changed, member_name, nodes_of, type Node } from './syntax.ts';

// Tables of proto/rules are named so, and nothing of that name is declared inside a function.
const kTable = /^[A-Z][a-z]+([A-Z][a-z]+)*(\$\d+)?$/;
// What a language or a library calls by itself.
const kCalled = ['constructor', 'toString', 'toJSON', 'valueOf', 'then', 'render', 'getChildContext'];

type Table = ReadonlyMap<string, string>;

function table_of({ properties }: Node): Table | undefined {
  const numbers: readonly Node[] = properties;
  const every = numbers.every((one) => member_name(one) !== undefined && typeof one['value'].value === 'number');
  return every ? new Map(numbers.map((one) => [member_name(one)!, one['value'].raw])) : undefined;
}

function tables_in(code: string): Map<string, Table> {
  const program = parseAst(code) as unknown as Node;
  const tables = new Map<string, Table>();
  for (const statement of program['body'] as Node[])
    for (const { id, init } of (statement['declarations'] ?? []) as Node[]) {
      const table = init?.type === 'ObjectExpression' && kTable.test(id.name ?? '') && table_of(init);
      if (table) tables.set(id.name, table);
    }
  const declared = new Map<string, number>();
  for (const node of nodes_of(program)) {
    if (node.type === 'AssignmentExpression') tables.delete(node['left'].object?.name ?? node['left'].name);
    const named: Node[] = [node['id'], ...(node['params'] ?? [])].filter((one) => one?.type === 'Identifier');
    for (const { name } of named as unknown as { name: string }[]) declared.set(name, (declared.get(name) ?? 0) + 1);
  }
  for (const [name, times] of declared) if (times > 1) tables.delete(name);
  return tables;
}

function with_numbers(code: string): string {
  const tables = tables_in(code);
  return changed(code, [...nodes_of(parseAst(code))].flatMap((node) => {
    const number = tables.get(node['object']?.name)?.get(asked_name(node) ?? '');
    return number === undefined ? [] : [[node.start, node.end, number] as const];
  }));
}

function without_methods(code: string): string {
  const nodes = [...nodes_of(parseAst(code))];
  const times = new Map<unknown, number>(); // that something is said, as a name or as a string
  for (const { type, name, value } of nodes) {
    const said: unknown = type === 'Literal' ? value : name;
    times.set(said, (times.get(said) ?? 0) + 1);
  }
  const idle = nodes.filter((node) => {
    const name = node.type === 'MethodDefinition' ? member_name(node) : undefined;
    return name !== undefined && times.get(name) === 1 && !kCalled.includes(name);
  });
  return changed(code, idle.map(({ start, end }) => [start, end, ''] as const));
}

// TypeScript wants them said; only of a class that extends another would one undo something.
function without_bare_fields(code: string): string {
  const classes = [...nodes_of(parseAst(code))].filter(({ type, superClass }) => /^Class/.test(type) && type !== 'ClassBody' && (!superClass || superClass.name === 'Error'));
  const bare = classes.flatMap(({ body }) => (body.body as Node[]).filter((one) => one['value'] === null && !one['static'] && member_name(one) !== undefined));
  return changed(code, bare.map(({ start, end }) => [start, end, ''] as const));
}

// Until nothing changes: a method may have been the only one to call another.
export function without_unused(code: string): string {
  let before = '';
  let after = without_bare_fields(with_numbers(code));
  while (after !== before) [before, after] = [after, without_methods(after)];
  return after;
}
