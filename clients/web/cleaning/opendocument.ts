// OpenDocument (ISO 26300): LibreOffice and others. Deleted text goes with the record of changes; remarks
// stay, without who made them and when.
import { is_file_name, is_place, type Family } from './office.ts';
import type { Removed } from './finding.ts';
import { attribute } from './xml.ts';

const kParts: readonly (readonly [Removed, RegExp])[] = [
  ['preview', /^Thumbnails\//],
  ['person', /(^|\/)meta\.xml$|^META-INF\/.*signatures.*\.xml$|^manifest\.rdf$/],
  ['history', /^Versions\/|^VersionList\.xml$/],
  ['other', /^Configurations2\/|(^|\/)layout-cache$|^Basic\/|^Scripts\/|^Dialogs\//],
];

const kChanges = /^(text:tracked-changes|text:change(-start|-end)?|table:tracked-changes)$/;
const kPerson = /^(dc:creator|meta:creator-initials|loext:sender-initials|text:sender-.*)$/;
const kSetting = /Printer|Rsid|URL|Path|User|Author|Document(Name|Title)/i;

export const kOpenDocument: Family = {
  parts: kParts,
  rewrite: (_part, gone, removed) => (mark) => {
    const { name } = mark;
    if (name === 'manifest:file-entry' && gone(attribute(mark, 'manifest:full-path'))) return 'drop';
    if (kChanges.test(name)) return removed.add('history'), 'drop';
    if (kPerson.test(name)) return removed.add('person'), 'empty';
    if (name === 'dc:date' || name === 'meta:date-string') return removed.add('time'), 'drop';
    if (name === 'config:config-item' && kSetting.test(attribute(mark, 'config:name'))) return removed.add('device'), 'empty';
    mark.attributes = mark.attributes.flatMap(([key, value]) => {
      if (/rsid$/.test(key)) return removed.add('history'), [];
      const link = key === 'xlink:href' && /^(\/|\.\.\/\.\.)/.test(value);
      if (link || is_place(value) || (/^(draw|svg):(name|title)$/.test(key) && is_file_name(value))) return removed.add('device'), [[key, ''] as const];
      return [[key, value] as const];
    });
    return 'keep';
  },
};
