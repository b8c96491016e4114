// What every language must have: the shape of the Dutch catalogue. A missing string does not build.
import type { words } from './nl.ts';

type Shape<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : T extends readonly (infer Item)[]
      ? readonly Shape<Item>[]
      : { readonly [Key in keyof T]: Shape<T[Key]> };

export type Words = Omit<Shape<typeof words>, 'direction'> & { readonly direction: 'ltr' | 'rtl' };
