// Changes marks and attributes in XML without understanding the rest: what is not touched stays letter by
// letter. For files that programs wrote; one that brings entities of its own is refused.
// XML 1.0, fifth edition, §3.1.
import type { Rest } from './clean.ts';
import { broken } from './finding.ts';

export interface Mark {
  readonly name: string; // with its prefix
  attributes: readonly (readonly [name: string, value: string])[]; // values as they stand, escaped
  readonly text: string; // what follows it, up to the next mark
}

// What becomes of an element.
export type Fate =
  | 'keep' // with its attributes as they are now in `mark`
  | 'drop' // with all that is inside
  | 'unwrap' // without its own marks
  | 'empty'; // without what is inside

const kMark = /<(?:!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|!DOCTYPE[^<>[\]]*>|\?[\s\S]*?\?>|(\/?)([^\s<>\/!?]+)((?:\s+[^\s<>=\/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/y;
const kAttribute = /([^\s<>=\/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const kDepthMax = 1000;

export async function rewrite_xml(xml: string, fate_of: (mark: Mark) => Fate, rest: Rest): Promise<string> {
  let out = '';
  let at = 0;
  let inside_dropped = 0; // how deep in something that goes
  const open: { name: string; fate: Fate }[] = [];
  // Each mark where it must begin, and nothing looked for behind one that does not end.
  for (let next = xml.indexOf('<'); next >= 0; next = xml.indexOf('<', at)) {
    await rest();
    if (inside_dropped === 0) out += xml.slice(at, next);
    kMark.lastIndex = next;
    const found = kMark.exec(xml) ?? broken();
    at = kMark.lastIndex;
    const [whole, closing, name, attributes, alone] = found;
    if (name === undefined) {
      // A remark is seen by nobody who opens the file; CDATA is text.
      if (inside_dropped === 0 && !whole.startsWith('<!--')) out += whole;
    } else if (closing) {
      const ended = open.pop();
      if (ended?.name !== name) broken();
      if (ended.fate === 'drop' || ended.fate === 'empty') --inside_dropped;
      if (inside_dropped === 0 && (ended.fate === 'keep' || ended.fate === 'empty')) out += whole;
    } else {
      const mark: Mark = { name, attributes: read_attributes(attributes ?? ''), text: xml.slice(at, xml.indexOf('<', at)) };
      const fate = inside_dropped > 0 ? 'drop' : fate_of(mark);
      if (fate === 'keep' || fate === 'empty') out += written(mark, alone ?? '');
      if (alone) continue;
      open.push({ name, fate });
      if (open.length > kDepthMax) broken();
      if (fate === 'drop' || fate === 'empty') ++inside_dropped;
    }
  }
  if (open.length > 0) broken();
  return out + xml.slice(at);
}

function read_attributes(text: string): Mark['attributes'] {
  return [...text.matchAll(kAttribute)].map(([, name, double, single]) => [name!, double ?? single!.replaceAll('"', '&quot;')]);
}

function written({ name, attributes }: Mark, alone: string): string {
  return `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join('')}${alone}>`;
}

export function attribute(mark: Mark, name: string): string {
  return mark.attributes.find(([key]) => key === name)?.[1] ?? '';
}

// UTF-8, or UTF-16 where its mark says so, with which no UTF-8 begins: some programs write that.
export function read_xml(bytes: Uint8Array): string {
  const code = bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8';
  return new TextDecoder(code).decode(bytes).replace(/(<\?xml[^>]*encoding=["'])utf-16/i, '$1UTF-8');
}
