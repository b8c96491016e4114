#include "crypto/open/case_keys.h"

#include "omzien/rules.h"

namespace omzien::crypto {

namespace {

LocalName local_name_of(const PseudorandomKey& root) {
  LocalName name;
  hkdf_expand_into({name.data(), LocalName::kSize}, root.reveal(),
                   as_bytes(rules::kTagPhraseOutboxName));
  return name;
}

}  // namespace

CaseKeys::CaseKeys(const Phrase& phrase, const protocol::ServiceId& service_id)
    : root_(hkdf_extract(service_id.view(), phrase.reveal())),
      signing_key_(hkdf_expand_key<SigningSeed>(root_, as_bytes(rules::kTagPhraseSigning))),
      xwing_seed_(hkdf_expand_key<XWingSeed>(root_, as_bytes(rules::kTagPhraseXwing))),
      local_key_(hkdf_expand_key<LocalKey>(root_, as_bytes(rules::kTagPhraseOutbox))),
      local_name_(local_name_of(root_)) {}

CompartmentKey CaseKeys::compartment_key(std::uint32_t compartment, std::uint32_t epoch,
                                         const Digest& prev_hash) const {
  FieldList fields;
  fields.append_u32(compartment).append_u32(epoch).append(prev_hash.view());
  Bytes info = to_bytes(rules::kTagPhraseCompartment);
  info.insert(info.end(), fields.bytes().begin(), fields.bytes().end());
  return hkdf_expand_key<CompartmentKey>(root_, info);
}

}  // namespace omzien::crypto
