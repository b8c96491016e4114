// Searches a browser's profile folder: every file, for words in UTF-8 and in UTF-16, compressed or not.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { is_moz_lz4, read_moz_lz4 } from './lz4.js';

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.isFile()) yield path;
  }
}

// The bytes of a file, and what comes out when they are a compressed form that browsers keep files in.
function forms(bytes) {
  const found = [bytes];
  for (const open of [is_moz_lz4(bytes) ? read_moz_lz4 : null, gunzipSync, brotliDecompressSync])
    try {
      if (open) found.push(open(bytes));
    } catch {
      // not that
    }
  return found;
}

function spellings(text) {
  const utf16 = Buffer.from(text, 'utf16le');
  return [Buffer.from(text), utf16, Buffer.from(utf16).swap16(), Buffer.from(JSON.stringify(text).slice(1, -1)), Buffer.from(encodeURIComponent(text))];
}

// What Firefox keeps to restore, of each tab, open or closed: fields that were filled in and boxes that were ticked.
export function kept_forms(folder) {
  const tabs = ({ windows = [], _closedWindows = [] }) =>
    [...windows, ..._closedWindows].flatMap(({ tabs: open = [], _closedTabs = [] }) => [...open, ..._closedTabs.map(({ state }) => state)]);
  return [...files(folder)]
    .filter((path) => /sessionstore/.test(path))
    .map((path) => readFileSync(path))
    .filter(is_moz_lz4)
    .flatMap((bytes) => tabs(JSON.parse(read_moz_lz4(bytes))))
    .flatMap(({ formdata }) => (formdata ? [JSON.stringify(formdata)] : []));
}

// Every file in which, or in whose path, one of `texts` stands, as "text: path".
export function traces(folder, texts) {
  const found = new Set();
  for (const path of files(folder))
    for (const bytes of [Buffer.from(relative(folder, path)), ...forms(readFileSync(path))])
      for (const text of texts)
        if (spellings(text).some((one) => bytes.includes(one))) found.add(`${text}: ${relative(folder, path)}`);
  return [...found].sort();
}
