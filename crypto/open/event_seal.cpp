#include "crypto/open/event_seal.h"

#include "crypto/open/envelope.h"
#include "crypto/verify/hkdf.h"

namespace omzien::crypto {

namespace {

static_assert(kEventOverheadBytes == kEnvelopeOverheadBytes);

SecretBytes event_key(const CompartmentKey& key, const CaseShare& share) {
  return hkdf_expand(hkdf_extract(share.reveal(), key.reveal()), as_bytes(rules::kTagEventKey), 32);
}

FieldList event_data(const EventContext& context) {
  FieldList fields;
  fields.append(rules::kTagEventData)
      .append(context.service_id.view())
      .append(context.handle.view())
      .append(context.author.view())
      .append_u32(context.compartment)
      .append_u32(context.epoch)
      .append_u64(context.seq);
  return fields;
}

}  // namespace

Bytes seal_event(const CompartmentKey& key, const CaseShare& share, const EventContext& context,
                 ByteView plaintext, Random& random) {
  return seal_envelope(event_key(key, share).reveal(), event_data(context).bytes(), plaintext,
                       random);
}

tl::expected<SecretBytes, OpenError> open_event(const CompartmentKey& key, const CaseShare& share,
                                                const EventContext& context, ByteView sealed) {
  return open_envelope(event_key(key, share).reveal(), event_data(context).bytes(), sealed);
}

tl::expected<EnvelopeKey, OpenError> disclose_event(const CompartmentKey& key,
                                                    const CaseShare& share, ByteView sealed) {
  return envelope_key(event_key(key, share).reveal(), sealed);
}

tl::expected<SecretBytes, OpenError> open_disclosed(const EnvelopeKey& key,
                                                    const EventContext& context, ByteView sealed) {
  return open_envelope(key, event_data(context).bytes(), sealed);
}

}  // namespace omzien::crypto
