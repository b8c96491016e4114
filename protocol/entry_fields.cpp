#include "protocol/entry_fields.h"

#include "protocol/grant_fields.h"
#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

using fields::number;

crypto::Bytes encode(const Open& open) {
  wire::OpenFields message;
  message.set_owner_xwing_key(strict::field(open.owner_xwing_key.view()));
  message.set_case_share_commitment(strict::field(open.case_share_commitment.view()));
  for (const auto& start : open.starts) fields::put(start, message.add_starts());
  message.set_unclocked(open.unclocked);
  message.set_admission(strict::field(open.admission));
  return strict::encode(message);
}

std::optional<Fields> take_open(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::OpenFields>(bytes);
  if (!message || message->admission().size() > rules::kAdmissionBytesMax) return std::nullopt;
  const auto key = crypto::XWingPublicKey::from(strict::view(message->owner_xwing_key()));
  const auto commitment = crypto::Digest::from(strict::view(message->case_share_commitment()));
  auto starts = fields::take_starts(message->starts());
  if (!key || !commitment || !starts) return std::nullopt;
  return Open{*key, *commitment, std::move(*starts), message->unclocked(),
              strict::bytes(message->admission())};
}

crypto::Bytes encode(const Event& event) {
  wire::EventFields message;
  message.set_compartment(number(event.compartment));
  message.set_epoch(event.epoch);
  message.set_milestone(number(event.milestone));
  message.set_urgent(event.urgent);
  for (const auto& from : event.files) {
    auto* to = message.add_files();
    to->set_upload_id(strict::field(from.upload_id.view()));
    to->set_chunks(from.chunks);
  }
  message.set_dispute(event.dispute);
  return strict::encode(message);
}

std::optional<Fields> take_event(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::EventFields>(bytes);
  if (!message || message->compartment() == 0 || message->epoch() == 0 ||
      static_cast<std::size_t>(message->files_size()) > rules::kFilesPerEventMax)
    return std::nullopt;
  Event event{rules::Compartment{message->compartment()},
              message->epoch(),
              rules::Milestone{message->milestone()},
              message->urgent(),
              {},
              message->dispute()};
  for (const auto& from : message->files()) {
    const auto id = UploadId::from(strict::view(from.upload_id()));
    if (!id || from.chunks() == 0) return std::nullopt;
    event.files.push_back({*id, from.chunks()});
  }
  return event;
}

crypto::Bytes encode(const Purge& purge) {
  wire::PurgeFields message;
  message.set_rule(number(purge.rule));
  message.set_days(purge.days);
  return strict::encode(message);
}

std::optional<Fields> take_purge(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::PurgeFields>(bytes);
  if (!message || message->rule() == 0) return std::nullopt;
  return Purge{rules::RetentionRule{message->rule()}, message->days()};
}

}  // namespace

crypto::Bytes encode_fields(const Fields& fields) {
  struct {
    crypto::Bytes operator()(const Open& open) const { return encode(open); }
    crypto::Bytes operator()(const Event& event) const { return encode(event); }
    crypto::Bytes operator()(const Grant& grant) const { return fields::encode(grant); }
    crypto::Bytes operator()(const Revoke& revoke) const { return fields::encode(revoke); }
    crypto::Bytes operator()(const Delegate& delegate) const { return fields::encode(delegate); }
    crypto::Bytes operator()(const Release& release) const { return fields::encode(release); }
    crypto::Bytes operator()(const Withdraw&) const { return {}; }
    crypto::Bytes operator()(const Purge& purge) const { return encode(purge); }
    crypto::Bytes operator()(const Unknown& unknown) const { return unknown.bytes; }
  } encoder;
  return std::visit(encoder, fields);
}

std::optional<Fields> parse_fields(rules::EntryKind kind, crypto::ByteView bytes) {
  switch (kind) {
    case rules::EntryKind::kOpen: return take_open(bytes);
    case rules::EntryKind::kEvent: return take_event(bytes);
    case rules::EntryKind::kGrant: return fields::take_grant(bytes);
    case rules::EntryKind::kRevoke: return fields::take_revoke(bytes);
    case rules::EntryKind::kDelegate: return fields::take_delegate(bytes);
    case rules::EntryKind::kRelease: return fields::take_release(bytes);
    case rules::EntryKind::kWithdraw:
      return bytes.empty() ? std::optional<Fields>(Withdraw{}) : std::nullopt;
    case rules::EntryKind::kPurge: return take_purge(bytes);
    default: return Unknown{{bytes.begin(), bytes.end()}};
  }
}

}  // namespace omzien::protocol
