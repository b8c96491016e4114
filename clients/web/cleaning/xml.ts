// Changes marks and attributes in XML without understanding the rest: what is not touched stays letter by
// letter. For files that programs wrote; one with a document type of its own (entities) is refused.
// XML 1.0, fifth edition, §3.1.
import { broken } from './finding.ts';

export interface Mark {
  readonly name: string; // with its prefix
  attributes: readonly (readonly [name: string, value: string])[]; // values as they stand, escaped
}

// What becomes of an element.
export type Fate =
  | 'keep' // with its attributes as they are now in `mark`
  | 'drop' // with all that is inside
  | 'unwrap' // without its own marks
  | 'empty'; // without what is inside

const kMark = /<(?:!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|\?[\s\S]*?\?>|(\/?)([^\s<>\/!?]+)((?:\s+[^\s<>=\/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/g;
const kAttribute = /([^\s<>=\/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const kDepthMax = 1000;

export function rewrite_xml(xml: string, fate_of: (mark: Mark) => Fate): string {
  let out = '';
  let at = 0;
  let inside_dropped = 0; // how deep in something that goes
  const open: { name: string; fate: Fate }[] = [];
  for (const found of xml.matchAll(kMark)) {
    const between = xml.slice(at, found.index);
    if (between.includes('<')) broken();
    if (inside_dropped === 0) out += between;
    at = found.index + found[0].length;
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
      const mark: Mark = { name, attributes: read_attributes(attributes ?? '') };
      const fate = inside_dropped > 0 ? 'drop' : fate_of(mark);
      if (fate === 'keep' || fate === 'empty') out += written(mark, alone ?? '');
      if (alone) continue;
      open.push({ name, fate });
      if (open.length > kDepthMax) broken();
      if (fate === 'drop' || fate === 'empty') ++inside_dropped;
    }
  }
  const rest = xml.slice(at);
  if (open.length > 0 || rest.includes('<')) broken();
  return out + rest;
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

// UTF-8, or UTF-16 where its mark says so: some programs write that.
export function read_xml(bytes: Uint8Array): string {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const code = wide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  return new TextDecoder(code).decode(bytes).replace(/(<\?xml[^>]*encoding=["'])utf-16/i, '$1UTF-8');
}
