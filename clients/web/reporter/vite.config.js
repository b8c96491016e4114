// Builds the reporter's app: one document, one script, one stylesheet, nothing lazy.
//
// The same bytes for everybody: what an organisation puts in its place, its name and icon too, is done
// by organise.js. Mode `fake` is for tests alone: the same program, squeezed the same way, with
// screens that need no gateway.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import { prime_roots } from '../prime_roots.ts';
import { no_prose } from '../prose.ts';
import { short_names } from '../short_names.ts';
import { twin_words } from '../twin_words.ts';
import { wordLists } from '../word_lists.ts';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// All that a visitor ever loads, since nothing is lazy. Brotli is what browsers take over TLS; over
// plain HTTP, as an onion service speaks it, they take gzip.
const kBudgetBytes = 150_000;

function budget(folder) {
  return {
    name: 'omzien-budget',
    closeBundle() {
      const files = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`));
      const all = (compress) => files.reduce((sum, bytes) => sum + compress(bytes).length, 0);
      const brotli = all(brotliCompressSync);
      console.log(`loads ${brotli} bytes in all (brotli; gzip ${all(gzipSync)}), of ${kBudgetBytes}`);
      if (brotli > kBudgetBytes) throw new Error('the app has outgrown its budget');
    },
  };
}

// What stands between two tags of the document says nothing.
const tight_document = { name: 'omzien-tight-document', transformIndexHtml: { order: 'post', handler: (html) => html.replace(/>\s+</g, '><') } };

const out_folder = (mode) => here(mode === 'fake' ? '../dist/reporter-fake' : '../dist/reporter');
const kFake = [{ find: /^\.\/variant\.ts$/, replacement: here('../../../tests/browser/kit/variant.ts') }];

export default defineConfig(({ mode }) => ({
  root: here('.'),
  base: '/',
  publicDir: here('public'),
  // An element's children as arguments, not as a property of each: 560 bytes less.
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' }, jsxInject: "import { h, Fragment } from 'preact'" },
  plugins: [wordLists(), prime_roots(), no_prose(), twin_words(), short_names(), tight_document, budget(out_folder(mode))],
  resolve: {
    alias: mode === 'fake' ? kFake : [],
    dedupe: ['preact'], // for the tests' variant, which stands outside
  },
  build: {
    outDir: out_folder(mode),
    emptyOutDir: true,
    target: 'es2022',
    minify: false, // short_names does that
    cssMinify: true,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { minify: false, entryFileNames: 'app-[hash].js', assetFileNames: 'app-[hash][extname]' },
    },
  },
}));
