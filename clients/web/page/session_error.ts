// What went wrong, as a screen may say it.
import type { CoreError, Result } from '../core/errors.ts';

export type ErrorKind = 'defect' | 'bad_input' | 'refused' | 'unreachable' | 'verification';

export class SessionError extends Error {
  readonly kind: ErrorKind;
  readonly lapsed: string; // whose key did, or was replaced, so that nothing was sealed to them; empty: nobody's
  constructor(kind: ErrorKind, message: string, lapsed = '') {
    super(message);
    this.kind = kind;
    this.lapsed = lapsed;
  }
}

export function session_error(error: CoreError): SessionError {
  const { kind, message, detail } = error;
  const key = error.code === 'key lapsed' || error.code === 'key replaced';
  return new SessionError(kind.replace(' ', '_') as ErrorKind, message, key ? detail : '');
}
export function value_of<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw session_error(result.error);
}
export const lapsed_of = (error: unknown): string => (error instanceof SessionError ? error.lapsed : '');
export function kind_of(error: unknown): ErrorKind {
  return error instanceof SessionError ? error.kind : 'defect';
}
