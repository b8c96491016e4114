// What one upload is called and sealed with.
//
//   secrets   = HKDF(salt = handle, ikm = the author's local key,
//                    info = tag file_secret ‖ fields (u32 compartment, u64 size, SHA-256)), 48 bytes
//   upload id = the first 16, file key = the other 32
//
// Why it follows from the file: crypto/open/file_secrets.h.

import { kTagFileSecret, type Compartment } from '../../generated/rules.ts';
import { UploadId, type Handle } from '../protocol/ids.ts';
import { asBytes, concat, exactly } from './bytes.ts';
import { FieldList, type Digest } from './hash.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';
import type { LocalKey } from './local_seal.ts';
import { wipe } from './secret.ts';
import { FileKey } from './stream.ts';

export interface FileSecrets {
  readonly uploadId: UploadId;
  readonly key: FileKey;
}

export function fileSecrets(
  author: LocalKey,
  handle: Handle,
  compartment: Compartment,
  size: number,
  sha256: Digest,
): FileSecrets {
  const which = new FieldList().appendU32(compartment).appendU64(size).append(sha256).bytes();
  const root = hkdfExtract(handle, author);
  const both = hkdfExpand(root, concat(asBytes(kTagFileSecret), which), UploadId.size + FileKey.size);
  const secrets = {
    uploadId: exactly(UploadId, both.subarray(0, UploadId.size)),
    key: exactly(FileKey, both.subarray(UploadId.size)),
  };
  wipe(root, both);
  return secrets;
}
