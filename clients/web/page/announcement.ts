// What is said aloud. The same words again are heard again, since something of them changes.
export const heard_after = (before: string, words: string): string => (words === before ? `${words}\u00a0` : words);
