// Builds the reporter's app: one document, one script, one stylesheet, nothing lazy.
//
// OMZIEN_APP_NAME and OMZIEN_APP_ICON (an SVG file) set the name and icon that a phone shows, to
// something neutral if the organisation wants that. Mode `fake` is for tests alone: screens without
// a gateway.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import { wordLists } from '../word_lists.ts';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const kName = process.env.OMZIEN_APP_NAME ?? 'Omzien';
const kIcon = process.env.OMZIEN_APP_ICON ?? here('icon.svg');

function name_and_icon() {
  const manifest = {
    name: kName,
    short_name: kName,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f7f5f0',
    theme_color: '#f7f5f0',
    icons: [{ src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' }],
  };
  return {
    name: 'omzien-name-and-icon',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => ({
        html: html.replace('%OMZIEN_APP_NAME%', () => kName.replaceAll('<', '')),
        tags: [
          { tag: 'link', attrs: { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }, injectTo: 'head' },
          { tag: 'link', attrs: { rel: 'manifest', href: '/manifest.webmanifest' }, injectTo: 'head' },
        ],
      }),
    },
    generateBundle() {
      const emit = (fileName, source) =>
        this.emitFile({ type: 'asset', fileName, source });
      emit('manifest.webmanifest', `${JSON.stringify(manifest, null, 2)}\n`);
      emit('icon.svg', readFileSync(kIcon, 'utf8'));
    },
  };
}

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

const out_folder = (mode) => here(mode === 'fake' ? '../dist/reporter-fake' : '../dist/reporter');

export default defineConfig(({ mode }) => ({
  root: here('.'),
  base: '/',
  publicDir: false,
  plugins: [wordLists(), name_and_icon(), budget(out_folder(mode))],
  resolve: {
    alias:
      mode === 'fake'
        ? [{ find: /^\.\/variant\.ts$/, replacement: here('../../../tests/browser/kit/variant.ts') }]
        : [],
  },
  build: {
    outDir: out_folder(mode),
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
}));
