// Bundles opening.ts and many_cases.ts for node, as a browser would get them.
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { wordLists } from '../../word_lists.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [wordLists()],
  ssr: { noExternal: true },
  build: { ssr: true, rolldownOptions: { input: [here('opening.ts'), here('many_cases.ts')] }, outDir: here('../../dist/time'), target: 'es2022', minify: true },
});
