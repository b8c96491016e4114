// What the page of honest claims says, and the test that would fail if it became untrue. A test
// checks that every one of these exists.
import type { Words } from './words/shape.ts';

export type ClaimKey = keyof Words['honest']['claims'];

export interface Claim {
  readonly key: ClaimKey;
  readonly test: string;
}

export const kCannotSee: readonly Claim[] = [
  { key: 'no_name', test: 'reports without a name, and asks nobody else' },
  { key: 'chosen_only', test: 'test_nobody_but_the_chosen_opens_it' },
  { key: 'blind', test: 'link_graph.gateway_opens_nothing' },
  { key: 'no_storage', test: 'Chromium keeps nothing of a visit on disk' },
  { key: 'nobody_else', test: 'reports without a name, and asks nobody else' },
  { key: 'language', test: 'sends no language' },
  { key: 'same_size', test: 'a visit full of doing sends at the same moments, frames of the same size' },
  { key: 'files', test: 'files arrive without what told, upright, under new names' },
  { key: 'blank', test: 'quick exit blanks within 300 ms' },
];

export const kCannotHide: readonly Claim[] = [
  { key: 'history', test: 'a browser notes the address, also outside its history' },
  { key: 'notes', test: 'a browser notes the address, also outside its history' },
  { key: 'visit', test: 'test_visits_look_the_same_and_plants_do_not' },
  { key: 'address', test: 'test_nothing_is_written_of_who_came_or_what_they_wrote' },
  { key: 'days', test: 'ShowsOnlyTheSizeClass' },
  { key: 'readers', test: 'AMemberReadsWhatWasGrantedAndNothingElse' },
  { key: 'page', test: 'an altered page is not noticed' },
  { key: 'stand_in', test: 'ADormantGrantReadsNothingYet' },
  { key: 'no_recovery', test: 'test_eight_words_of_no_case_find_nothing' },
];
