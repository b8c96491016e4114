#include "clients/core/lead/own_copy.h"

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

}  // namespace

OwnCopy copy_case(const FetchedLog& fetched, const OpenedCase& opened,
                  const protocol::Directory& directory) {
  OwnCopy copy{directory.service(), opened.chain.handle(), directory.bytes(), {}};
  for (std::size_t i = 0; i < opened.entries.size(); ++i) {
    const auto& entry = opened.entries[i];
    CopiedEntry copied{entry.entry.header_bytes(), entry.entry.signature(), {}, std::nullopt};
    const auto* event = std::get_if<protocol::Event>(&entry.entry.header().fields);
    if (event != nullptr && entry.event && opened.share) {
      auto key = crypto::disclose_event(opened.keys.at({event->compartment, event->epoch}),
                                        *opened.share, fetched.entries[i].payload);
      if (key) {
        copied.payload = fetched.entries[i].payload;
        copied.key = std::move(*key);
      }
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
    const auto plaintext = crypto::open_disclosed(
        *copy.entries[i].key, context_of(entry.entry.header(), *event), copy.entries[i].payload);
    if (plaintext) entry.event = parse_event(plaintext->reveal());
    if (!entry.event) return wrong(i, "does not open with the key that comes with it");
    if (!entry.counts) entry.event.reset();
  }
  judge(*opened, directory);
  return opened;
}

}  // namespace omzien::core
