// What fits: pictures. Any other file is said not to be cleaned, and the reporter decides.
import { kPictureCleaners, type Cleaners } from '../cleaning/clean.ts';

export const kCleaners: Cleaners = kPictureCleaners;
export const Mirror = (): null => null;
export const VoiceRecorder = (): null => null;
