// A case as files to take along: what can be read of it as data and as text, the attachments, and a manifest of hashes.
// Redacted, for a person who asks to see data about them: without who the reporter is, without notes, without files.
import { Compartment, kFileNameBytesMax } from '../generated/rules.ts';
import type { OpenedCase, OpenedEntry } from '../core/case_log.ts';
import { filesOf, shownName, type FoundFile } from '../core/attached_files.ts';
import type { CaseState } from '../core/case_state.ts';
import { asBytes, concat, toHex } from '../core/crypto/bytes.ts';
import { sha256 } from '../core/crypto/hash.ts';
import { isoDate } from '../core/protocol/calendar.ts';
import type { Day } from '../core/protocol/ids.ts';
import { renderCase } from '../core/render.ts';
import { texts_of } from './inbox.ts';
import type { ZipFile } from './zip.ts';

// The same case as somebody sees it who may not read these parts.
export function without(opened: OpenedCase, parts: readonly Compartment[]): OpenedCase {
  return unread(opened, ({ entry: { header: { fields } } }) => fields.kind === 'event' && parts.includes(fields.compartment));
}
// And without files: what they are called may say who the reporter is, too.
export function redacted(opened: OpenedCase): OpenedCase {
  const less = without(opened, [Compartment.identity, Compartment.notes]);
  return unread(less, ({ event }) => event?.kind === 'attachment');
}
function unread(opened: OpenedCase, is_out: (row: OpenedEntry) => boolean): OpenedCase {
  return { ...opened, entries: opened.entries.map((row) => (is_out(row) ? { ...row, event: undefined } : row)) };
}

// Every line of a text stands further in than what this program says: nobody can write down what somebody else said.
const kIn = '    ';
const further_in = (text: string): string => text.replace(/^/gmu, kIn);

// One line and its texts for each entry, oldest first: for whoever has no program that reads data.
function as_text(opened: OpenedCase): string {
  return opened.entries
    .filter(({ counts, event }) => counts && event !== undefined)
    .map(({ entry: { header }, author, event }) => {
      const texts = texts_of(event!).filter((text) => text !== '');
      return `[${header.seq}] ${isoDate(header.day)} ${author}: ${event!.kind}\n${texts.map(further_in).join(`\n${kIn}\n`)}\n`;
    })
    .join('\n');
}

// As long as any disk takes a name, with its number before it: 255 bytes.
function file_name({ number, file }: FoundFile): string {
  const name = `${String(number).padStart(3, '0')}-${shownName(file)}`;
  const [, begin, ending] = /^(.*?)(\.[a-z0-9]{1,8})?$/iu.exec(name) as unknown as [string, string, string?];
  const letters = [...begin];
  while (asBytes(letters.join('') + (ending ?? '')).length > kFileNameBytesMax) letters.pop();
  return `attachments/${letters.join('')}${ending ?? ''}`;
}

export interface Attached {
  readonly found: FoundFile;
  readonly parts: readonly Uint8Array[];
}

// The files of what is left, in order; nothing is fetched of a part that stays behind.
export async function files_of(
  opened: OpenedCase,
  fetch: (found: FoundFile) => Promise<readonly Uint8Array[]>,
): Promise<readonly Attached[]> {
  const attached: Attached[] = [];
  for (const found of filesOf(opened)) attached.push({ found, parts: await fetch(found) });
  return attached;
}

export function case_files(opened: OpenedCase, state: CaseState, attached: readonly Attached[], today: Day): ZipFile[] {
  const files: ZipFile[] = [
    { name: 'case.json', bytes: asBytes(`${JSON.stringify(renderCase(opened, state), null, 2)}\n`) },
    { name: 'case.txt', bytes: asBytes(as_text(opened)) },
    ...attached.map(({ found, parts }) => ({
      name: file_name(found),
      bytes: concat(...parts),
    })),
  ];
  const manifest = {
    handle: toHex(opened.chain.handle),
    head_hash: toHex(opened.chain.headHash),
    made_day: isoDate(today),
    files: files.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: toHex(sha256(bytes)) })),
  };
  return [...files, { name: 'manifest.json', bytes: asBytes(`${JSON.stringify(manifest, null, 2)}\n`) }];
}
