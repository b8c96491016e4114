#include "clients/core/lead/own_copy.h"

#include <algorithm>
#include <stdexcept>

#include "clients/core/case_state.h"

namespace omzien::core {
namespace {

// Somebody without any key: a log can be checked by whoever holds its bytes.
class Nobody final : public Identity {
 public:
  const crypto::SigningKey& signing_key() const override { throw no_key(); }
  const crypto::LocalKey& local_key() const override { throw no_key(); }
  const crypto::LocalName& local_name() const override { throw no_key(); }
  std::optional<protocol::MemberId> member_id() const override { return protocol::MemberId(); }
  const crypto::XWingSeed* seed_for(const crypto::Digest&) const override { return nullptr; }
  std::optional<crypto::CompartmentKey> derive(rules::Compartment, std::uint32_t,
                                               const crypto::Digest&) const override {
    return std::nullopt;
  }

 private:
  static std::logic_error no_key() { return std::logic_error("checking a copy needs no key"); }
};

crypto::EventContext context_of(const protocol::Header& header, const protocol::Event& event) {
  return {header.service_id, header.handle,
          header.author,     static_cast<std::uint32_t>(event.compartment),
          event.epoch,       header.seq};
}

// What is no envelope opens with no key; zeros say so.
crypto::EnvelopeKey no_key_at_all() {
  return crypto::EnvelopeKey::make(
      [](std::span<std::uint8_t> out) { std::fill(out.begin(), out.end(), std::uint8_t{0}); });
}

}  // namespace

OwnCopy copy_case(const FetchedLog& fetched, const OpenedCase& opened,
                  const protocol::Directory& directory) {
  OwnCopy copy{directory.service(), opened.chain.handle(), directory.bytes(), {}};
  for (std::size_t i = 0; i < opened.entries.size(); ++i) {
    const auto& entry = opened.entries[i];
    CopiedEntry copied{entry.entry.header_bytes(), entry.entry.signature(), {}, std::nullopt};
    const auto* event = std::get_if<protocol::Event>(&entry.entry.header().fields);
    const auto key =
        event == nullptr ? opened.keys.end() : opened.keys.find({event->compartment, event->epoch});
    const auto& payload = fetched.entries[i].payload;
    // What does not open goes along as well: left out, it would pass for a text that somebody else
    // reads, and for whatever such a text may have been.
    if (key != opened.keys.end() && opened.share &&
        entry.payload_state == rules::PayloadState::kInline &&
        entry.entry.payload_matches(payload)) {
      auto disclosed = crypto::disclose_event(key->second, *opened.share, payload);
      copied.payload = payload;
      copied.key = disclosed ? std::move(*disclosed) : no_key_at_all();
    }
    copy.entries.push_back(std::move(copied));
  }
  return copy;
}

Result<OpenedCase> open_copy(const OwnCopy& copy, const protocol::Directory& directory) {
  const auto wrong = [](std::size_t seq, const char* what) {
    return fail(ErrorKind::kVerification, "entry " + std::to_string(seq) + " " + what);
  };
  FetchedLog log;
  for (const auto& entry : copy.entries)
    log.entries.push_back(
        {entry.header, entry.signature.to_bytes(),
         entry.key ? rules::PayloadState::kInline : rules::PayloadState::kWithheld, entry.payload});
  auto opened = open_log(log, copy.handle, Nobody(), directory);
  if (!opened) return opened;
  for (std::size_t i = 0; i < copy.entries.size(); ++i) {
    auto& entry = opened->entries[i];
    if (!copy.entries[i].key) continue;
    const auto* event = std::get_if<protocol::Event>(&entry.entry.header().fields);
    if (event == nullptr) return wrong(i, "is no text, and comes with a key");
    if (!entry.entry.payload_matches(copy.entries[i].payload))
      return wrong(i, "holds a text that its author did not sign");
    if (!entry.counts) continue;
    entry.event = event_in(*event, crypto::open_disclosed(*copy.entries[i].key,
                                                          context_of(entry.entry.header(), *event),
                                                          copy.entries[i].payload));
    if (entry.event) continue;
    // By its author, or by a copier who gave another key: nobody can tell, so it is an alarm.
    opened->alarms.push_back({i, AlarmKind::kAltered, kDoesNotOpen});
    entry.counts = false;
  }
  judge(*opened, directory);
  return opened;
}

}  // namespace omzien::core
