#include "crypto/open/local_seal.h"

#include "crypto/open/envelope.h"
#include "crypto/verify/hkdf.h"

namespace omzien::crypto {

namespace {

PseudorandomKey member_root(const SigningSeed& seed, const protocol::ServiceId& service_id) {
  return hkdf_extract(service_id.view(), seed.reveal());
}

FieldList local_data(std::string_view purpose) {
  FieldList fields;
  fields.append(rules::kTagLocalData).append(purpose);
  return fields;
}

}  // namespace

LocalKey member_local_key(const SigningSeed& seed, const protocol::ServiceId& service_id) {
  return hkdf_expand_key<LocalKey>(member_root(seed, service_id),
                                   as_bytes(rules::kTagMemberOutbox));
}

LocalName member_local_name(const SigningSeed& seed, const protocol::ServiceId& service_id) {
  LocalName name;
  hkdf_expand_into({name.data(), LocalName::kSize}, member_root(seed, service_id).reveal(),
                   as_bytes(rules::kTagMemberOutboxName));
  return name;
}

Bytes seal_local(const LocalKey& key, std::string_view purpose, ByteView plaintext,
                 Random& random) {
  return seal_envelope(key.reveal(), local_data(purpose).bytes(), plaintext, random);
}

tl::expected<SecretBytes, OpenError> open_local(const LocalKey& key, std::string_view purpose,
                                                ByteView sealed) {
  return open_envelope(key.reveal(), local_data(purpose).bytes(), sealed);
}

}  // namespace omzien::crypto
