// Word, Excel and PowerPoint (ECMA-376). What was deleted or changed is settled as if it had been accepted,
// so that nobody reads what was struck out; remarks stay, without who made them and when.
import type { Removed } from './finding.ts';
import { is_file_name, is_place, type Family } from './office.ts';
import { attribute, type Fate, type Mark } from './xml.ts';

const kParts: readonly (readonly [Removed, RegExp])[] = [
  ['preview', /^docProps\/thumbnail/],
  ['person', /^docProps\/|^customXml\/|^docMetadata\/|^word\/people\.xml$|^_xmlsignatures\//],
  ['history', /^xl\/revisions\/|^ppt\/(changes|revision)Info/],
  ['device', /printerSettings/],
];

// Elements by their name without its prefix.
const kDeleted = /^(del(Instr)?(Text)?|moveFrom|\w+Change|cell(Ins|Del|Merge)|move(From|To)Range\w+)$/;
const kInserted = /^(ins|moveTo)$/;
const kTelling = /^(rsids|rsidRoot|rsid|docId|docVars|mailMerge|attachedTemplate|absPath|revisionPtr|fileSharing|printerSettings|modifiedBy|custom(Workbook|Sheet)Views|(db|olap|web|text|oledb)Pr)$/;
const kPerson = /^(author|initials|lastModifiedBy|userName|refreshedBy)$/;
const kPersonInLists = /^(name|userId|displayName|providerId)$/; // in the parts that list people
const kTime = /^(date|dateUtc|dt|dT|created)$/;
// Fields that go on counting. Every other is what it showed last: it may name a file, a data source, somebody's
// library.
const kCounts = /^\s*((NUM|SECTION)?PAGES?|TOC|REF|SEQ|\\\*)[\s\w\\*"&;-]*$/i;
const kAnyTime = '2000-01-01T00:00:00Z'; // where the format wants one

export const kOoxml: Family = {
  parts: kParts,
  rewrite: (part, gone, removed) => (mark) => {
    if (part.endsWith('.rels')) return relation(mark, part, gone, removed);
    if (part === '[Content_Types].xml') return gone(attribute(mark, 'PartName').slice(1)) ? 'drop' : 'keep';
    return element(mark, part, removed);
  },
};

// What one part says of another; one that went is pointed at no more, nor is a place on somebody's disk or server. A
// link that somebody may follow stays.
function relation(mark: Mark, part: string, gone: (part: string) => boolean, removed: Set<Removed>): Fate {
  const target = attribute(mark, 'Target');
  if (mark.name !== 'Relationship') return 'keep';
  if (attribute(mark, 'TargetMode') === 'External') {
    if (!/^(https?|mailto):/i.test(target) || !/\/hyperlink$/.test(attribute(mark, 'Type'))) {
      removed.add('device');
      mark.attributes = mark.attributes.map(([key, value]) => [key, key === 'Target' ? 'about:blank' : value]);
    }
    return 'keep';
  }
  return gone(resolved(target, part)) ? 'drop' : 'keep';
}

// `word/_rels/document.xml.rels` points from `word/`.
function resolved(target: string, part: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = part.split('/').slice(0, -2);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

function element(mark: Mark, part: string, removed: Set<Removed>): Fate {
  const name = own_name(mark.name);
  const word = part.startsWith('word/');
  if (word && kDeleted.test(name)) return removed.add('history'), 'drop';
  if (word && kInserted.test(name)) return removed.add('history'), 'unwrap';
  if (kTelling.test(name)) return removed.add('device'), 'drop';
  if (part.startsWith('xl/comments') && name === 'author') return removed.add('person'), 'empty';
  if (/^(instrText|fldSimple)$/.test(name) && !kCounts.test(mark.text + attribute(mark, 'w:instr')))
    return removed.add('text'), name === 'instrText' ? 'empty' : 'unwrap';
  const lists_people = /commentAuthors|\/authors|persons?\//.test(part);
  mark.attributes = mark.attributes.flatMap(([key, value]) => {
    const own = own_name(key);
    const instead = (what: Removed, plain: string) => (removed.add(what), [[key, plain] as const]);
    if (/^(rsid|refreshedDate)/.test(own) || key === 'o:title' || (name === 'connection' && /^(name|desc)/.test(own)) || /^xr\d*:uid$/.test(key) || (name === 'pageSetup' && key === 'r:id')) return [];
    if (kPerson.test(own) || (lists_people && kPersonInLists.test(own))) return instead('person', '-');
    if (kTime.test(own) && /^\d{4}-/.test(value)) return instead('time', kAnyTime);
    const is_named = /^(cNvPr|docPr|shape)$/.test(name) && /^(name|descr|title|alt)$/.test(own);
    if ((is_named ? is_file_name : is_place)(value)) return instead('text', '');
    return [[key, value] as const];
  });
  return 'keep';
}

function own_name(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
