// A case as its reader takes it along: readable without any gateway, and checkable.
//
// Every entry's header and signature is in it, so that nothing can be left out or put in between unseen. Of the events
// this keyholder has the compartment's key for, the ciphertext that the header's payload hash pins, and the key of that
// one event. What this keyholder does not read (an identity, notes) is not in it. A text that its author made so that
// it does not open is in it, too. `omzien verify file` checks it.

import { PayloadState } from '../../generated/rules.ts';
import type { FetchedLog, OpenedCase } from '../case_log.ts';
import { toHex } from '../crypto/bytes.ts';
import { EnvelopeKey } from '../crypto/envelope.ts';
import { discloseEvent } from '../crypto/event_seal.ts';
import type { Signature } from '../crypto/signature.ts';
import { handleWords } from '../names.ts';
import type { Directory } from '../protocol/directory.ts';
import type { Handle, ServiceId } from '../protocol/ids.ts';

export interface CopiedEntry {
  readonly header: Uint8Array;
  readonly signature: Signature;
  readonly disclosed: { readonly payload: Uint8Array; readonly key: EnvelopeKey } | undefined;
}

export interface OwnCopy {
  readonly service: ServiceId;
  readonly handle: Handle;
  readonly directory: Uint8Array; // as signed; the one in force when the copy was made
  readonly entries: readonly CopiedEntry[];
}

// `opened`: what openLog() made of `fetched`.
export function copyCase(fetched: FetchedLog, opened: OpenedCase, directory: Directory): OwnCopy {
  const { share, keys } = opened;
  const entries = opened.entries.map(({ entry, payloadState }, i): CopiedEntry => {
    const { fields } = entry.header;
    const key = fields.kind === 'event' ? keys.get(fields.compartment, fields.epoch) : undefined;
    const { payload } = fetched.entries[i]!;
    const whole = payloadState === PayloadState.inline && entry.payloadMatches(payload);
    // What does not open goes along as well: left out, it would pass for a text that somebody else reads, and for
    // whatever such a text may have been. What is no envelope opens with no key; zeros say so.
    const made = whole && key && share && discloseEvent(key, share, payload);
    const disclosed = made ? { payload, key: made.ok ? made.value : EnvelopeKey.zeros() } : undefined;
    return { header: entry.headerBytes, signature: entry.signature, disclosed };
  });
  return { service: directory.service, handle: opened.chain.handle, directory: directory.bytes, entries };
}

// The JSON file that clients/cli/lead/copy_file.h describes; bytes in hexadecimal. Keys in quotes keep their names
// (short_names.ts).
export function toJson({ service, handle, directory, entries }: OwnCopy): Record<string, unknown> {
  return {
    'omzien': 'case',
    'version': 1,
    'service_id': toHex(service),
    'handle': toHex(handle),
    'handle_words': handleWords(handle),
    'directory': toHex(directory),
    'entries': entries.map(({ header, signature, disclosed }) => ({
      'header': toHex(header),
      'signature': toHex(signature),
      ...(disclosed && { 'payload': toHex(disclosed.payload), 'key': toHex(disclosed.key) }),
    })),
  };
}
