// What went wrong, as a screen may say it.
import type { CoreError, Result } from '../core/errors.ts';

export type ErrorKind = 'defect' | 'bad_input' | 'refused' | 'unreachable' | 'verification';

export class SessionError extends Error {
  readonly kind: ErrorKind;
  constructor(kind: ErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export function session_error({ kind, message }: CoreError): SessionError {
  return new SessionError(kind.replace(' ', '_') as ErrorKind, message);
}
export function value_of<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw session_error(result.error);
}
export function kind_of(error: unknown): ErrorKind {
  return error instanceof SessionError ? error.kind : 'defect';
}
