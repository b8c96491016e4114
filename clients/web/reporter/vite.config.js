// Builds the reporter's app: one document, one script, one stylesheet, nothing lazy.
//
// The same bytes for everybody: what an organisation puts in its place, its name and icon too, is done
// by organise.js. Mode `fake` is for tests alone: screens without a gateway. Mode `whole` carries all that
// carried.ts has, over the budget or not: for tests, until there is room.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
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

const kFolders = { fake: '../dist/reporter-fake', whole: '../dist/reporter-whole' };
const out_folder = (mode) => here(kFolders[mode] ?? '../dist/reporter');

// What a mode puts in the place of one of our files.
const kInstead = {
  fake: [{ find: /^\.\/variant\.ts$/, replacement: here('../../../tests/browser/kit/variant.ts') }],
  whole: [],
};
const kTerser = {
  module: true,
  ecma: 2022,
  compress: { passes: 3 },
  mangle: { properties: { regex: /_$/ } }, // private members, as they are named here
};
const kSmall = [{ find: /^(\.{1,2})\/carried\.ts$/, replacement: here('carried_small.ts') }];

export default defineConfig(({ mode }) => ({
  root: here('.'),
  base: '/',
  publicDir: here('public'),
  plugins: [wordLists(), ...(mode === 'whole' ? [] : [budget(out_folder(mode))])],
  resolve: {
    alias: kInstead[mode] ?? kSmall,
  },
  build: {
    outDir: out_folder(mode),
    emptyOutDir: true,
    target: 'es2022',
    // 1,300 bytes less for every phone than Vite's own minifier leaves; slow, so only where it counts.
    ...(kInstead[mode] ? {} : { minify: 'terser', terserOptions: kTerser }),
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { entryFileNames: 'app-[hash].js', assetFileNames: 'app-[hash][extname]' },
    },
  },
}));
