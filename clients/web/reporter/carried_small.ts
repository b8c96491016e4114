// What fits: every cleaner. The voice and the mirror do not, yet.
import type { Cleaners } from '../cleaning/clean.ts';
import { kEveryCleaner } from '../cleaning/every_kind.ts';

export const kCleaners: Cleaners = kEveryCleaner;
export const Mirror = (): null => null;
export const VoiceRecorder = (): null => null;
