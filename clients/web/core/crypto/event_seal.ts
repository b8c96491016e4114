// Events: what people write, sealed under a compartment's key and the case share.
//
//   key        = HKDF(salt = case share, ikm = compartment key, info = tag event_key), 32 bytes
//   associated = fields (tag event_data, service id, handle, author, u32 compartment, u32 epoch, u64 seq)
//   sealed     = an envelope (envelope.ts)
//
// The sealed size is 41 bytes more than a size class of padding.ts.

import { kTagEventData, kTagEventKey, type Compartment } from '../../generated/rules.ts';
import type { Expected } from '../expected.ts';
import type { Handle, ServiceId } from '../protocol/ids.ts';
import { fixedBytes, type FixedBytes } from './bytes.ts';
import type { CaseShare } from './case_share.ts';
import type { CompartmentKey } from './commitment.ts';
import { envelopeKey, openEnvelope, sealEnvelope, type EnvelopeKey } from './envelope.ts';
import { FieldList } from './hash.ts';
import { hkdf } from './hkdf.ts';
import type { OpenError } from './open_error.ts';
import type { Random } from './random.ts';
import { wipe } from './secret.ts';
import type { SigningPublicKey } from './signature.ts';

// Where an event stands. An event opens only there: not in another case, compartment, epoch or place.
export interface EventContext {
  readonly serviceId: ServiceId;
  readonly handle: Handle;
  readonly author: SigningPublicKey;
  readonly compartment: Compartment;
  readonly epoch: number;
  readonly seq: number;
}

// What a compartment's events are sealed under in one case; the caller's to wipe. Secret.
export type EventKey = FixedBytes<'EventKey'>;
export const EventKey = fixedBytes<'EventKey'>(32);

export const eventKey = (key: CompartmentKey, share: CaseShare): EventKey => hkdf(EventKey, share, key, kTagEventKey);

function eventData(context: EventContext): Uint8Array {
  return new FieldList()
    .append(kTagEventData)
    .append(context.serviceId)
    .append(context.handle)
    .append(context.author)
    .appendU32(context.compartment)
    .appendU32(context.epoch)
    .appendU64(context.seq)
    .bytes();
}

export function sealEvent(
  key: CompartmentKey,
  share: CaseShare,
  context: EventContext,
  plaintext: Uint8Array,
  random: Random,
): Uint8Array {
  const used = eventKey(key, share);
  const sealed = sealEnvelope(used, eventData(context), plaintext, random);
  wipe(used);
  return sealed;
}

// Check `matches` (commitment.ts) for the key first. The plaintext is the caller's to wipe.
export function openEvent(
  key: CompartmentKey,
  share: CaseShare,
  context: EventContext,
  sealed: Uint8Array,
): Expected<Uint8Array, OpenError> {
  const used = eventKey(key, share);
  const opened = openEventWith(used, context, sealed);
  wipe(used);
  return opened;
}

// The same for a reader of many events, who makes the key once.
export function openEventWith(
  key: EventKey,
  context: EventContext,
  sealed: Uint8Array,
): Expected<Uint8Array, OpenError> {
  return openEnvelope(key, eventData(context), sealed);
}

// What opens this one event: for a copy that whoever reads it takes along, and shows to others event by event.
export function discloseEvent(
  key: CompartmentKey,
  share: CaseShare,
  sealed: Uint8Array,
): Expected<EnvelopeKey, OpenError> {
  const used = eventKey(key, share);
  const disclosed = envelopeKey(used, sealed);
  wipe(used);
  return disclosed;
}
