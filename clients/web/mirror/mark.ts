// What a reporter's own words may give away: places in the text, each with the kind of thing it is. The
// catalogues have the reason for each kind.
export const kKinds = ['name', 'time', 'place', 'rank', 'number', 'event', 'self', 'quote'] as const;
export type Kind = (typeof kKinds)[number];

export interface Mark {
  readonly from: number; // in UTF-16 units, as a text field counts
  readonly to: number;
  readonly kind: Kind;
}

// What one language adds.
export interface LanguageRules {
  // Its commonest words: how a text is taken to be of this language.
  readonly known_by: RegExp;
  readonly rules: readonly (readonly [Kind, RegExp])[];
  // Capitals that are no names, inside a sentence.
  readonly no_names: RegExp;
  // Before a name: "mevrouw", "Mr".
  readonly titles: RegExp;
  // Between the parts of one.
  readonly joints: RegExp;
  // Before a place.
  readonly at: RegExp;
  // What people do in the past: who stands before it at the start of a sentence is somebody…
  readonly acts: RegExp;
  // …unless it is one of these.
  readonly nobody: RegExp;
}
