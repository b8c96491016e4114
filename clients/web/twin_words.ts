// Writes the names of what is said once, though it is said in two languages: 400 bytes less to load. In the source each
// catalogue is an object with its names, to be read and compared; in the program the English one is the values alone,
// in the order of the Dutch one (reporter/words/like.ts puts them together; a test holds both to one order).
//
//   en:  export const exit = { button: 'Leave now', keys: { … } }
//     →  export const exit = like(nl_exit, ['Leave now', […]])
import { parseAst } from 'vite';
import { changed, type Change, type Node } from './syntax.ts';

const kEnglish = /\/reporter\/words\/en(\/\w+)?\.ts$/;

// The values of an object in order; of one in it, theirs.
function values_of(object: Node, code: string): string {
  const values = (object['properties'] as Node[]).map(({ type, value }) => {
    if (type === 'SpreadElement') throw new Error('a catalogue spreads others at its end alone');
    return value.type === 'ObjectExpression' ? values_of(value, code) : code.slice(value.start, value.end);
  });
  return `[${values.join(',')}]`;
}

export function as_values(code: string, id: string): string {
  const within = kEnglish.exec(id)?.[1] ?? '';
  const up = within === '' ? './' : '../';
  const changes: Change[] = [];
  let head = `import { like } from '${up}like.ts';\n`;
  for (const { type, declaration } of parseAst(code).body as unknown as Node[]) {
    const declared = type === 'ExportNamedDeclaration' && declaration?.declarations?.[0];
    if (!declared || declared.init?.type !== 'ObjectExpression') continue;
    const { name } = declared.id;
    const all: Node[] = declared.init.properties;
    const own = all.filter((part) => part.type !== 'SpreadElement');
    const spread = all.slice(own.length).map((part) => code.slice(part.start, part.end));
    const values = values_of({ ...declared.init, properties: all.slice(0, own.length) }, code);
    head += `import { ${name} as nl_${name} } from '${up}nl${within}.ts';\n`;
    const whole = `like(nl_${name}, ${values})`;
    changes.push([declared.init.start, declared.init.end, spread.length === 0 ? whole : `{ ...${whole}, ${spread.join(', ')} }`]);
  }
  return changes.length === 0 ? code : head + changed(code, changes);
}

export function twin_words() {
  return {
    name: 'omzien-twin-words',
    enforce: 'post' as const, // TypeScript is JavaScript by then
    transform: (code: string, id: string) => (kEnglish.test(id) ? { code: as_values(code, id), map: null } : undefined),
  };
}
