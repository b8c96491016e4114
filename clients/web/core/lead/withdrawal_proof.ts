// What a reporter keeps of a case they withdrew: the signed Withdraw entry, and the hash of every entry before it. It
// holds no text and names nobody. It proves that whoever holds the words of this case withdrew it, on that day, after
// so many entries, of which the last hash pins every one (the hashes before that are to be held against a log that
// somebody has); not that the organisation received it, until a ledger gives receipts.

import { toHex } from '../crypto/bytes.ts';
import { handleWords } from '../names.ts';
import { isoDate } from '../protocol/calendar.ts';
import type { Addition } from './addition.ts';

// The JSON file that clients/cli/lead/proof.h describes; `omzien verify file` checks it. `addition` ends in the
// Withdraw: once that is accepted, there is no case left to make the proof from. Keys in quotes keep their names
// (short_names.ts).
export function withdrawalProof({ log }: Addition): Record<string, unknown> {
  const { header, headerBytes, signature } = log.at(-1)!.entry;
  return {
    'omzien': 'withdrawal',
    'version': 1,
    'service_id': toHex(header.serviceId),
    'handle': toHex(header.handle),
    'handle_words': handleWords(header.handle),
    'day': isoDate(header.day),
    'header': toHex(headerBytes),
    'signature': toHex(signature),
    'before': log.slice(0, -1).map(({ entry }) => toHex(entry.hash)),
  };
}
