// What each program ever loads, compressed as it travels: at most 150 KB for the reporter's app, which a phone fetches
// at night; somewhat more for the desk, which has Argon2id and every screen of a day's work. Prints it, fails above.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const kBudgets = { reporter: 150_000, desk: 175_000 };

function weigh(program, budget) {
  const folder = new URL(`dist/${program}/`, import.meta.url);
  let brotli = 0;
  let gzip = 0;
  for (const name of readdirSync(folder).sort()) {
    if (/\.(br|gz)$/.test(name)) continue;
    const bytes = readFileSync(new URL(name, folder));
    const small = brotliCompressSync(bytes).length;
    brotli += small;
    gzip += gzipSync(bytes, { level: 9 }).length;
    console.log(`${String(bytes.length).padStart(8)} ${String(small).padStart(8)}  ${program}/${name}`);
  }
  console.log(`${program} in all: ${brotli} bytes brotli, ${gzip} gzip; the budget is ${budget}`);
  return brotli > 0 && brotli <= budget;
}

const fits = Object.entries(kBudgets).map(([program, budget]) => weigh(program, budget));
if (!fits.every(Boolean)) process.exit(1);
