// Bundles opening.ts for node, as a browser would get it.
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { wordLists } from '../../word_lists.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [wordLists()],
  ssr: { noExternal: true },
  build: { ssr: here('opening.ts'), outDir: here('../../dist/time'), target: 'es2022', minify: true },
});
