// Why something sealed did not open.

export type OpenError =
  | 'malformed' // not of a shape that was ever sealed; no key helps
  | 'wrong key or altered' // another key, another context, or altered: these cannot be told apart
  | 'newer suite'; // made with a newer version; keep it and say so
