// Leaves out what a program tells its programmers, where it runs on a person's phone: 3,800 bytes less to load. The app
// says what went wrong in the person's language, by its kind; nobody reads these sentences there, nor codes that
// nothing is decided by.
//
//   in noble:  throw new RangeError('"length" expected …')   →  throw new RangeError()
//   in ours:   throw new Error('a frame filled beyond …')     →  throw new Error()
//              throw new SessionError('refused', 'forgotten') →  throw new SessionError('refused', '')
//   in core:   fail('refused', 'quota', 'this case has …')    →  fail('refused', '', '')
//              alarm(header, 'altered', 'a text that …')      →  alarm(header, 'altered', '')
//              { ...one.error, message: `${said}. It is …` }  →  { ...one.error, message: '' }
//              { kind: …, code: 'quota', message: 'this …' }  →  { kind: …, code: '', message: '' }
import { parseAst } from 'vite';
import { changed, member_name, nodes_of, type Change, type Node } from './syntax.ts';

const kNoble = /\/node_modules\/@noble\//;
const kCore = /\/clients\/web\/core\/(?!crypto\/)/;
const kReporter = /\/clients\/web\/reporter\//;
const kOurs = /\/clients\/web\/(core|page|reporter)\//;
const kThrown = ['Error', 'RangeError'];
const kSayThird = ['fail', 'alarm'];
const kSays = ['message', 'text'];
// Codes by which the app goes another way.
export const kReadCodes = ['key lapsed', 'key replaced', 'no such case', 'other protocol version'];

const is_sentence = ({ type, value }: Node): boolean =>
  type === 'TemplateLiteral' || (type === 'Literal' && typeof value === 'string' && value.includes(' '));

const is_unread = (code: Node | undefined): boolean => code?.type === 'Literal' && !kReadCodes.includes(code['value']);

function said_to_programmers(node: Node, id: string): Change[] {
  if (kNoble.test(id) && node.type === 'ThrowStatement' && node['argument'].type === 'NewExpression') {
    const given: Node[] = node['argument'].arguments;
    return given.length > 0 ? [[given[0]!.start, given.at(-1)!.end, '']] : [];
  }
  if (kOurs.test(id) && node.type === 'ThrowStatement' && node['argument'].type === 'NewExpression') {
    const { callee, arguments: given } = node['argument'] as { callee: Node; arguments: Node[] };
    if (callee['name'] === 'SessionError') return emptied(given[1]);
    return kThrown.includes(callee['name']) && given[0] ? [[given[0].start, given[0].end, '']] : [];
  }
  if (!kCore.test(id) && !kReporter.test(id)) return [];
  if (node.type === 'CallExpression') {
    const called = node['callee'].name ?? node['callee'].property?.name;
    const given: Node[] = node['arguments'];
    if (!kSayThird.includes(called)) return [];
    return [...(called === 'fail' && is_unread(given[1]) ? emptied(given[1]) : []), ...emptied(given[2])];
  }
  if (kReporter.test(id)) return []; // a text there is somebody's
  // An error, as it is made or with more to say, or a kind of alarm; a message by itself is somebody's.
  const parts: Node[] = node.type === 'ObjectExpression' ? node['properties'] : [];
  const is_error = ({ type, argument }: Node): boolean => type === 'SpreadElement' && argument.property?.name === 'error';
  if (!parts.some((part) => member_name(part) === 'kind' || is_error(part))) return [];
  return parts
    .filter((part) => {
      const name = member_name(part) ?? '';
      return kSays.includes(name) ? is_sentence(part['value']) : name === 'code' && is_unread(part['value']);
    })
    .flatMap((part) => emptied(part['value']));
}
const emptied = (said: Node | undefined): Change[] => (said ? [[said.start, said.end, "''"]] : []);

export const without_prose = (code: string, id: string): string =>
  changed(code, [...nodes_of(parseAst(code))].flatMap((node) => said_to_programmers(node, id)));

export function no_prose() {
  return {
    name: 'omzien-no-prose',
    enforce: 'post' as const, // TypeScript is JavaScript by then
    transform: (code: string, id: string) =>
      kNoble.test(id) || kOurs.test(id) ? { code: without_prose(code, id), map: null } : undefined,
  };
}
