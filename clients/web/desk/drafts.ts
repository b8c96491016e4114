// What was typed on the desk and not sent yet, by the field it stands in. On the page of a case a field is "KEY/NAME",
// with the case's key; a form that holds more than one text has "KEY/FORM-PART", and beside them "KEY/FORM-choice".
import { kTextBytesMax } from '../generated/rules.ts';
import { asBytes } from '../core/crypto/bytes.ts';

export type Drafts = Readonly<Record<string, string>>;

export const kChoice = 'choice'; // holds no text, but what was chosen beside the texts of its form
export const kUnfinished = 'attach'; // the file that is being sent

// Forms that have another name than the work they ask for.
const kFormOf: Readonly<Record<string, string>> = { triage: 'ruling' };

const is_text = ([field, text]: readonly [string, string]): boolean => text.trim() !== '' && !field.endsWith(`-${kChoice}`);
const is_of = (form: string, field: string): boolean => field === form || field.startsWith(`${form}-`);

export const field_at = (case_key: string, name: string): string => `${case_key}/${name}`;
export const form_at = (case_key: string, work: string): string => field_at(case_key, kFormOf[work] ?? work);
export const is_typing = (drafts: Drafts): boolean => Object.entries(drafts).some(is_text);

export function typed(drafts: Drafts, field: string, text: string): Drafts {
  const { [field]: _, ...others } = drafts;
  return text === '' ? others : { ...others, [field]: text };
}

// These texts were accepted, from the fields of this form: they are no drafts any more. What was typed since stays.
export function accepted(drafts: Drafts, form: string, texts: readonly string[]): Drafts {
  const choice = `${form}-${kChoice}`;
  const left = Object.entries(drafts).filter(([field, text]) => !is_of(form, field) || !texts.includes(text));
  // What was chosen beside them goes with the last of them.
  const goes_on = left.some(([field]) => is_of(form, field) && field !== choice);
  return Object.fromEntries(left.filter(([field]) => goes_on || field !== choice));
}

// The first field of a form, named within its case, whose text is longer than one may be.
export function too_long(drafts: Drafts, case_key: string, work: string): string | undefined {
  const form = form_at(case_key, work);
  const found = Object.entries(drafts).find(([field, text]) => is_of(form, field) && asBytes(text).length > kTextBytesMax);
  return found?.[0].slice(case_key.length + 1);
}
