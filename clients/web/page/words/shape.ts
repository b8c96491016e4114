// What every language must have: the shape of the Dutch catalogue. A missing string does not build.
type Shape<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : T extends readonly (infer Item)[]
      ? readonly Shape<Item>[]
      : { readonly [Key in keyof T]: Shape<T[Key]> };

export type Catalogue<T> = Omit<Shape<T>, 'direction'> & { readonly direction: 'ltr' | 'rtl' };
