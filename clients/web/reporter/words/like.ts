// A catalogue from the values of one language and the names of another: what twin_words.ts makes of a source.
type Names = Readonly<Record<string, unknown>>;

export const has_names = (part: unknown): part is Names => Object.getPrototypeOf(part) === Object.prototype;

// `values` stand in the order of the names in `shape`, from its beginning; those of an object in it are a list
// themselves, or were put together where it has a file of its own.
export function like(shape: Names, values: readonly unknown[]): Record<string, unknown> {
  const names = Object.keys(shape).slice(0, values.length);
  return Object.fromEntries(
    names.map((name, i) => {
      const [part, value] = [shape[name], values[i]];
      return [name, has_names(part) && !has_names(value) ? like(part, value as readonly unknown[]) : value];
    }),
  );
}
