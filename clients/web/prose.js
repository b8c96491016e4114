// Leaves out what a program tells its programmers, where it runs on a person's phone: 3,000 bytes less to load. The app
// says what went wrong in the person's language, by kind and code; nobody reads these sentences there.
//
//   in noble:  throw new RangeError('"length" expected …')   →  throw new RangeError()
//   in core:   fail('refused', 'quota', 'this case has …')    →  fail('refused', 'quota', '')
//              alarm(header, 'altered', 'a text that …')      →  alarm(header, 'altered', '')
//              { code: 'quota', message: 'this case has …' }  →  { code: 'quota', message: '' }
import { changed, nodes_of } from './syntax.js';

const kNoble = /\/node_modules\/@noble\//;
const kCore = /\/clients\/web\/core\//;
const kSaysThird = ['fail', 'alarm'];
const kSays = ['message', 'text'];

const is_text = (node) => (node.type === 'Literal' && typeof node.value === 'string') || node.type === 'TemplateLiteral';

// What goes: from, to, and what stands there instead.
function said_by(node, id) {
  if (kNoble.test(id) && node.type === 'ThrowStatement' && node.argument.type === 'NewExpression') {
    const { arguments: given } = node.argument;
    if (given.length > 0) return [given[0].start, given.at(-1).end, ''];
  }
  if (!kCore.test(id)) return undefined;
  if (node.type === 'CallExpression' && node.arguments.length >= 3)
    if (kSaysThird.includes(node.callee.name ?? node.callee.property?.name)) return [node.arguments[2].start, node.arguments[2].end, "''"];
  if (node.type === 'Property' && kSays.includes(node.key.name) && is_text(node.value) && / /.test(node.value.value ?? ' '))
    return [node.value.start, node.value.end, "''"];
  return undefined;
}

export const without_prose = (code, id, parse) =>
  changed(code, [...nodes_of(parse(code))].flatMap((node) => [said_by(node, id)].filter(Boolean)));

export function no_prose() {
  return {
    name: 'omzien-no-prose',
    enforce: 'post', // TypeScript is JavaScript by then
    transform(code, id) {
      if (!kNoble.test(id) && !kCore.test(id)) return undefined;
      return { code: without_prose(code, id, (text) => this.parse(text)), map: null };
    },
  };
}
