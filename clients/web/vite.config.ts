// What every program here and every test is built with.
import { defineConfig } from 'vitest/config';
import { wordLists } from './word_lists.ts';

export default defineConfig({
  plugins: [wordLists()],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 180_000,
    maxWorkers: 2,
    reporters: ['default', './tests/kit/not_run.ts'],
  },
});
