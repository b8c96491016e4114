// What the app carries of cleaning, voice and mirror. All that a visitor loads may weigh 150,000 bytes, so
// the build takes carried_small.ts in its place until there is room; the figures are brotli's.
import type { Cleaners } from '../cleaning/clean.ts';
import { kEveryCleaner } from '../cleaning/every_kind.ts'; // PDF 2,600 and office 2,700 bytes

export const kCleaners: Cleaners = kEveryCleaner;
export { Mirror } from './parts/mirror.tsx'; // 9,000
export { VoiceRecorder } from './parts/recorder.tsx'; // 2,400
