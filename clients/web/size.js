// What the reporter's app ever loads, compressed as it travels: at most 150 KB. Prints it, fails above.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const kBudget = 150_000;
const folder = new URL('dist/reporter/', import.meta.url);

let brotli = 0;
let gzip = 0;
for (const name of readdirSync(folder).sort()) {
  if (/\.(br|gz)$/.test(name)) continue;
  const bytes = readFileSync(new URL(name, folder));
  const small = brotliCompressSync(bytes).length;
  brotli += small;
  gzip += gzipSync(bytes, { level: 9 }).length;
  console.log(`${String(bytes.length).padStart(8)} ${String(small).padStart(8)}  ${name}`);
}
console.log(`in all: ${brotli} bytes brotli, ${gzip} gzip; the budget is ${kBudget}`);
if (brotli === 0 || brotli > kBudget) process.exit(1);
