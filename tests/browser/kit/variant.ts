// The build that needs no gateway: stands in for clients/web/reporter/variant.ts.
import type { Words } from '../../../clients/web/reporter/words/shape.ts';
import { pseudo_languages } from './pseudo.ts';

export { make_fake_session as make_session } from './fake_session.ts';

// Languages made for tests, when a test asks for them.
export const test_languages = (): readonly Words[] =>
  (globalThis as { omzien_fake?: { pseudo?: boolean } }).omzien_fake?.pseudo ? pseudo_languages() : [];
