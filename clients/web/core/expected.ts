// A value, or why there is none. Nothing that can go wrong with what others sent is an exception.

export type Good<T> = { readonly ok: true; readonly value: T };
export type Bad<E> = { readonly ok: false; readonly error: E };
export type Expected<T, E> = Good<T> | Bad<E>;

export const good = <T>(value: T): Good<T> => ({ ok: true, value });
export const bad = <E>(error: E): Bad<E> => ({ ok: false, error });
export const done: Good<void> = { ok: true, value: undefined };
