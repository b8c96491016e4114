import type { Session } from './session.ts';
export function make_core_session(): Session {
  throw new Error('the core is not there yet');
}
