#include "tests/kit/case_builder.h"

#include "protocol/wraps.h"
#include "tests/kit/moves.h"

namespace omzien::kit {
namespace {

using rules::Compartment;

constexpr Compartment kOwned[] = {Compartment::kStory, Compartment::kPeople, Compartment::kIdentity,
                                  Compartment::kTalk, Compartment::kSummary};

}  // namespace

CaseBuilder::CaseBuilder(const Organisation& organisation, std::string_view seed)
    : organisation_(&organisation),
      random_(seed),
      owner_(make_key(random_)),
      handle_(protocol::handle_of(owner_->public_key())),
      share_(random_bytes(32)),
      directory_hash_(organisation.directory().hash()),
      day_(organisation.day()) {}

crypto::Bytes CaseBuilder::random_bytes(std::size_t size) {
  crypto::Bytes bytes(size);
  random_.fill(bytes);
  return bytes;
}

protocol::SubmittedEntry CaseBuilder::entry(const crypto::SigningKey& author, rules::EntryKind kind,
                                            protocol::Fields fields, crypto::Bytes payload,
                                            const Tweak& tweak) {
  protocol::Header header;
  header.service_id = organisation_->service();
  header.handle = handle_;
  header.author = author.public_key();
  header.seq = next_seq_;
  header.prev_hash = head_hash_;
  header.day = day_;
  header.directory_hash = directory_hash_;
  header.salt = crypto::random_value<protocol::Salt>(random_);
  header.kind = kind;
  header.fields = std::move(fields);
  header.payload_hash = protocol::payload_hash(header.salt, payload);
  header.payload_size = static_cast<std::uint32_t>(payload.size());
  if (tweak) tweak(header);
  const auto bytes = protocol::encode_header(header);
  const auto signature = author.sign(rules::kTagEntrySignature, bytes);
  ++next_seq_;
  head_hash_ = protocol::entry_hash(bytes, signature);
  return {bytes, signature.to_bytes(), std::move(payload), std::nullopt};
}

protocol::SubmittedEntry CaseBuilder::open(const Tweak& tweak) {
  protocol::Open open;
  open.owner_xwing_key = crypto::random_value<crypto::XWingPublicKey>(random_);
  open.case_share_commitment = crypto::case_share_commitment(*crypto::CaseShare::from(share_));
  for (const auto compartment : kOwned)
    open.starts.push_back({compartment, 1, crypto::random_value<crypto::EpochCommitment>(random_)});
  return entry(*owner_, rules::EntryKind::kOpen, std::move(open), {}, tweak);
}

protocol::SubmittedEntry CaseBuilder::event(const crypto::SigningKey& author,
                                            Compartment compartment, std::size_t payload_bytes,
                                            const Tweak& tweak) {
  protocol::Event event;
  event.compartment = compartment;
  event.epoch = 1;
  return entry(author, rules::EntryKind::kEvent, std::move(event), random_bytes(payload_bytes),
               tweak);
}

protocol::SubmittedEntry CaseBuilder::milestone(const crypto::SigningKey& author,
                                                rules::Milestone milestone) {
  return event(author, Compartment::kTalk, 1'065, [&](protocol::Header& header) {
    std::get<protocol::Event>(header.fields).milestone = milestone;
  });
}

protocol::SubmittedEntry CaseBuilder::grant(const std::vector<Granted>& granted,
                                            const Tweak& tweak) {
  protocol::Grant grant;
  std::vector<protocol::Wrap> wraps;
  for (const auto& one : granted) {
    const auto& member = organisation_->member(one.name);
    protocol::GrantMember put{
        member.id, crypto::xwing_key_hash(member.xwing_key), {}, one.holder, one.last_day};
    for (const auto compartment : one.compartments) put.keys.push_back({compartment, 1});
    wraps.push_back(
        {random_bytes(protocol::kWrapEncBytes),
         random_bytes(put.keys.size() * protocol::kWrappedKeyBytes + protocol::kWrapTagBytes)});
    grant.members.push_back(std::move(put));
  }
  return entry(*owner_, rules::EntryKind::kGrant, std::move(grant), protocol::encode_wraps(wraps),
               tweak);
}

protocol::SubmittedEntry CaseBuilder::dormant_grant(const Granted& granted,
                                                    std::string_view for_name) {
  const auto for_member = organisation_->member(for_name).id;
  return grant({granted}, [&](protocol::Header& header) {
    auto& fields = std::get<protocol::Grant>(header.fields);
    fields.dormant = true;
    fields.stands_in_for = for_member;
  });
}

protocol::SubmittedEntry CaseBuilder::move(const crypto::SigningKey& author,
                                           const protocol::Fields& fields) {
  std::vector<protocol::Wrap> wraps;
  const auto wrap = [&](std::size_t keys) {
    wraps.push_back({random_bytes(protocol::kWrapEncBytes),
                     random_bytes(keys * protocol::kWrappedKeyBytes + protocol::kWrapTagBytes)});
  };
  if (const auto* grant = std::get_if<protocol::Grant>(&fields)) {
    for (const auto& member : grant->members) wrap(member.keys.size());
    if (!grant->owner_keys.empty()) wrap(grant->owner_keys.size());
  } else if (const auto* revoke = std::get_if<protocol::Revoke>(&fields)) {
    for (const auto& member : revoke->remaining) wrap(member.keys.size());
  }
  const bool is_event = std::holds_alternative<protocol::Event>(fields);
  return entry(author, kind_of(fields), fields,
               is_event ? random_bytes(1'065) : protocol::encode_wraps(wraps));
}

protocol::OpenCase CaseBuilder::opening(const std::vector<std::string>& advisers) {
  protocol::OpenCase body{share_, {}};
  body.entries.push_back(open());
  std::vector<Granted> granted;
  for (const auto& name : advisers)
    granted.push_back(
        {name,
         {Compartment::kStory, Compartment::kPeople, Compartment::kTalk, Compartment::kSummary},
         granted.empty(),
         0});
  if (!granted.empty()) body.entries.push_back(grant(granted));
  body.entries.push_back(event(*owner_, Compartment::kStory));
  return body;
}

protocol::SubmittedEntry staged(protocol::SubmittedEntry entry, const protocol::UploadId& upload) {
  entry.payload.clear();
  entry.staged_upload_id = upload;
  return entry;
}

}  // namespace omzien::kit
