// The browser's own preference among catalogues, read here and sent nowhere.
export function preferred_among<Words extends { readonly code: string }>(languages: readonly Words[]): Words {
  for (const wanted of navigator.languages) {
    const found = languages.find((words) => wanted.toLowerCase().startsWith(words.code));
    if (found) return found;
  }
  return languages[0]!;
}
