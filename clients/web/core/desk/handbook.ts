// The handbook in force.

import type { Connection } from '../connection.ts';
import { fetchDocument } from '../document.ts';
import { fail, type Result } from '../errors.ts';
import { good } from '../expected.ts';
import { parseHandbook, type Handbook } from '../protocol/handbook.ts';

// Nothing when the directory names none.
export async function fetchHandbook(connection: Connection): Promise<Result<Handbook | undefined>> {
  const { handbookHash } = connection.directory.content;
  if (handbookHash === undefined) return good(undefined);
  const bytes = await fetchDocument((kind, body) => connection.call(kind, body), handbookHash);
  if (!bytes.ok) return bytes;
  const book = parseHandbook(bytes.value);
  return book === undefined ? fail('verification', 'misfit', 'the handbook was made with a newer version') : good(book);
}
