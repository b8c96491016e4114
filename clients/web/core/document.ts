// What the organisation signed and the gateway hands out in pieces: the directory, and what it names by hash.

import { OperationKind } from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import { sha256, type Digest } from './crypto/hash.ts';
import { fail, type Result } from './errors.ts';
import { good } from './expected.ts';
import { encodeReadDirectory, parseDirectoryPart } from './protocol/directory_operations.ts';

type Call = (kind: OperationKind, body: Uint8Array) => Promise<Result<Uint8Array>>;

// The document of this hash, which its bytes have; else the directory in force, of which Directory.parse says whether
// the organisation signed it.
export async function fetchDocument(call: Call, wanted?: Digest): Promise<Result<Uint8Array>> {
  let whole = new Uint8Array(0);
  let hash = wanted;
  for (let offset = 0; ; ) {
    const body = await call(OperationKind.directory, encodeReadDirectory({ hash, offset }));
    if (!body.ok) return body;
    const part = parseDirectoryPart(body.value);
    if (
      part === undefined || part.bytes.length === 0 || offset + part.bytes.length > part.total ||
      (hash && !equal(part.hash, hash)) || (offset > 0 && part.total !== whole.length)
    )
      return fail('verification', 'misfit', "the gateway's directory comes in pieces that don't fit");
    if (offset === 0) whole = new Uint8Array(part.total);
    hash = part.hash;
    whole.set(part.bytes, offset);
    offset += part.bytes.length;
    if (offset < part.total) continue;
    if (wanted === undefined || equal(sha256(whole), wanted)) return good(whole);
    return fail('verification', 'misfit', 'what the gateway shows is not what the organisation signed');
  }
}
