// Builds the adviser's desk: one document, one script, one stylesheet, the same bytes for everybody.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { wordLists } from '../word_lists.ts';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('public'),
  plugins: [wordLists()],
  build: {
    outDir: here('../dist/desk'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { entryFileNames: 'app-[hash].js', assetFileNames: 'app-[hash][extname]' },
    },
  },
});
