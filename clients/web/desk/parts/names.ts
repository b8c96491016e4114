// Numbers of the rules as words of a catalogue; what is newer than this program has words too.
import { caseKindName, caseStateName, compartmentName, type CaseKind, type CaseState, type Compartment } from '../../generated/rules.ts';
import type { Directory } from '../../core/protocol/directory.ts';
import type { MemberId } from '../../core/protocol/ids.ts';
import { format_list, shown_name } from '../../page/words/format.ts';
import type { Words } from '../words/shape.ts';

function word<Table extends { readonly unknown: string }>(table: Table, name: string): string {
  return Object.hasOwn(table, name) ? (table as unknown as Readonly<Record<string, string>>)[name]! : table.unknown;
}

export const kind_word = (kind: CaseKind | undefined, t: Words): string =>
  kind === undefined ? t.kind.unknown : word(t.kind, caseKindName(kind));
export const state_word = (state: CaseState | undefined, t: Words): string =>
  state === undefined ? t.state.unknown : word(t.state, caseStateName(state));
export const part_words = (parts: readonly Compartment[], t: Words): string =>
  format_list(parts.map((part) => word(t.compartment, compartmentName(part))), t);

export function person_word(id: MemberId | undefined, directory: Directory, t: Words): string {
  const name = id && directory.person(id)?.name;
  return name === undefined ? t.common.unknown_person : shown_name(name);
}
export const people_words = (ids: readonly MemberId[], directory: Directory, t: Words): string =>
  ids.length === 0 ? t.common.none : format_list(ids.map((id) => person_word(id, directory, t)), t);

// A step by its key: in the organisation's words where it has some, else in ours.
export const step_word = (key: string, directory: Directory, t: Words): string =>
  directory.text(`step_${key}`, t.code) || word(t.regie.step_name, key);
