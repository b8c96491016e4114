#include "crypto/open/case_keys.h"

#include "omzien/rules.h"

namespace omzien::crypto {

namespace {

PseudorandomKey root_of(const Phrase& phrase, const protocol::ServiceId& service_id,
                        PhraseCase which) {
  auto root = hkdf_extract(service_id.view(), phrase.reveal());
  if (which == PhraseCase::kReport) return root;
  return hkdf_expand_key<PseudorandomKey>(root, as_bytes(rules::kTagPhraseComplaint));
}

LocalName local_name_of(const PseudorandomKey& root) {
  LocalName name;
  hkdf_expand_into({name.data(), LocalName::kSize}, root.reveal(),
                   as_bytes(rules::kTagPhraseOutboxName));
  return name;
}

}  // namespace

CaseKeys::CaseKeys(const Phrase& phrase, const protocol::ServiceId& service_id, PhraseCase which)
    : root_(root_of(phrase, service_id, which)),
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
