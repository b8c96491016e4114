// What the tests' build replaces: the real core, and no languages made for tests.
import { make_core_session } from './session_core.ts';
import type { Session } from './session.ts';
import type { Words } from './words/shape.ts';

export const make_session = (): Session => make_core_session();
export const test_languages = (): readonly Words[] => [];
