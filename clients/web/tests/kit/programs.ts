// The programs of C++ that tests here talk to. Without OMZIEN_BIN they may not be built, and their tests are left out,
// each with a line `not run:` (not_run.ts); with it, as under ctest, they are there, or the file that asks for them
// fails.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kSaid = process.env['OMZIEN_BIN'];
export const kBin = kSaid ?? fileURLToPath(new URL('../../../../build/release/bin', import.meta.url));
export function built(...programs: readonly string[]): boolean {
  const missing = programs.filter((program) => !existsSync(`${kBin}/${program}`));
  if (missing.length > 0 && kSaid !== undefined)
    throw new Error(`OMZIEN_BIN is ${kSaid}, where no ${missing.join(' and no ')} was built`);
  return missing.length === 0;
}
