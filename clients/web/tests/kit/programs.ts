// The programs of C++ that tests here talk to. Without OMZIEN_BIN they may not be built, and their tests are left out;
// with it, as under ctest, they are there, and a test that does not find them fails.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kSaid = process.env['OMZIEN_BIN'];
export const kBin = kSaid ?? fileURLToPath(new URL('../../../../build/release/bin', import.meta.url));
export const built = (...programs: readonly string[]): boolean =>
  kSaid !== undefined || programs.every((program) => existsSync(`${kBin}/${program}`));
