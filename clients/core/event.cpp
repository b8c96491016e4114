#include "clients/core/event.h"

#include <sodium.h>

#include "omzien/event.pb.h"

#include "protocol/strict.h"

namespace omzien::core {
namespace {

namespace strict = protocol::strict;
using rules::EventKind;

std::uint32_t number(auto value) { return static_cast<std::uint32_t>(value); }

void wipe(std::string& text) { sodium_memzero(text.data(), text.size()); }

struct Encoder {
  EventKind kind{};
  std::string body;

  void operator()(const Opening& opening) {
    wire::Opening message;
    message.set_case_kind(number(opening.case_kind));
    for (const auto want : opening.wants) message.add_wants(number(want));
    message.set_lead(number(opening.lead));
    message.set_language(opening.language);
    finish(EventKind::kOpening, message);
  }
  void operator()(const Report& report) {
    wire::Report message;
    message.set_text(report.text);
    for (const auto& from : report.answers) {
      auto* to = message.add_answers();
      to->set_prompt(from.prompt);
      to->set_text(from.text);
    }
    finish(EventKind::kReport, message);
  }
  void operator()(const Message& text) {
    wire::Message message;
    message.set_text(text.text);
    finish(EventKind::kMessage, message);
  }
  void operator()(const StatusChange& status) {
    wire::StatusChange message;
    message.set_state(number(status.state));
    message.set_text(status.text);
    finish(EventKind::kStatus, message);
  }
  void operator()(const Outcome& outcome) {
    wire::Outcome message;
    message.set_text(outcome.text);
    message.set_reason(outcome.reason);
    finish(EventKind::kOutcome, message);
  }
  void operator()(const Attachment& attachment) {
    wire::Attachment message;
    for (const auto& from : attachment.files) {
      auto* to = message.add_files();
      to->set_name(from.name);
      to->set_media_type(from.media_type);
      to->set_size(from.size);
      to->set_sha256(strict::field(from.sha256.view()));
      to->set_upload_id(strict::field(from.upload_id.view()));
      to->set_chunks(from.chunks);
      to->set_key(strict::field(from.key->reveal()));
    }
    finish(EventKind::kAttachment, message);
    for (auto& file : *message.mutable_files()) wipe(*file.mutable_key());
  }
  void operator()(const UnknownEvent&) {}  // never written, only met

  template <class M>
  void finish(EventKind of, const M& message) {
    kind = of;
    body = message.SerializeAsString();
  }
};

std::optional<Event> take_opening(crypto::ByteView body) {
  const auto message = strict::parse<wire::Opening>(body);
  if (!message) return std::nullopt;
  Opening opening{
      rules::CaseKind{message->case_kind()}, {}, rules::Lead{message->lead()}, message->language()};
  for (const auto want : message->wants()) opening.wants.push_back(rules::Want{want});
  return opening;
}

std::optional<Event> take_report(crypto::ByteView body) {
  const auto message = strict::parse<wire::Report>(body);
  if (!message) return std::nullopt;
  Report report{message->text(), {}};
  for (const auto& answer : message->answers())
    report.answers.push_back({answer.prompt(), answer.text()});
  return report;
}

std::optional<Event> take_message(crypto::ByteView body) {
  const auto message = strict::parse<wire::Message>(body);
  return message ? std::optional<Event>(Message{message->text()}) : std::nullopt;
}

std::optional<Event> take_status(crypto::ByteView body) {
  const auto message = strict::parse<wire::StatusChange>(body);
  if (!message) return std::nullopt;
  return StatusChange{rules::CaseState{message->state()}, message->text()};
}

std::optional<Event> take_outcome(crypto::ByteView body) {
  const auto message = strict::parse<wire::Outcome>(body);
  if (!message || message->text().empty() || message->reason().empty()) return std::nullopt;
  return Outcome{message->text(), message->reason()};
}

std::optional<AttachedFile> take(const wire::AttachedFile& from) {
  const auto sha256 = crypto::Digest::from(strict::view(from.sha256()));
  const auto upload_id = protocol::UploadId::from(strict::view(from.upload_id()));
  auto key = crypto::FileKey::from(strict::view(from.key()));
  if (!sha256 || !upload_id || !key || from.name().empty() ||
      from.name().size() > rules::kFileNameBytesMax || from.media_type().empty() ||
      from.media_type().size() > rules::kMediaTypeBytesMax || from.size() > rules::kFileBytesMax ||
      from.chunks() != crypto::stream_chunks(from.size()))
    return std::nullopt;
  return AttachedFile{from.name(),
                      from.media_type(),
                      from.size(),
                      *sha256,
                      *upload_id,
                      from.chunks(),
                      std::make_shared<const crypto::FileKey>(std::move(*key))};
}

std::optional<Event> take_attachment(crypto::ByteView body) {
  auto message = strict::parse<wire::Attachment>(body);
  if (!message || message->files().empty() ||
      static_cast<std::size_t>(message->files_size()) > rules::kFilesPerEventMax)
    return std::nullopt;
  Attachment attachment;
  bool good = true;
  for (auto& from : *message->mutable_files()) {
    auto file = take(from);
    wipe(*from.mutable_key());
    good = good && file;
    if (file) attachment.files.push_back(std::move(*file));
  }
  return good ? std::optional<Event>(std::move(attachment)) : std::nullopt;
}

}  // namespace

crypto::SecretBytes encode_event(const Event& event) {
  Encoder encoder;
  std::visit(encoder, event);
  wire::Event message;
  message.set_kind(number(encoder.kind));
  message.set_body(encoder.body);
  crypto::SecretBytes plaintext(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(plaintext.reveal_mutable().data());
  wipe(encoder.body);
  wipe(*message.mutable_body());
  return plaintext;
}

std::optional<Event> parse_event(crypto::ByteView plaintext) {
  const auto message = strict::parse<wire::Event>(plaintext);
  if (!message) return std::nullopt;
  const auto body = strict::view(message->body());
  switch (EventKind{message->kind()}) {
    case EventKind::kOpening: return take_opening(body);
    case EventKind::kReport: return take_report(body);
    case EventKind::kMessage: return take_message(body);
    case EventKind::kStatus: return take_status(body);
    case EventKind::kOutcome: return take_outcome(body);
    case EventKind::kAttachment: return take_attachment(body);
    default: return UnknownEvent{message->kind()};
  }
}

std::string_view kind_name(const Event& event) {
  struct {
    EventKind operator()(const Opening&) const { return EventKind::kOpening; }
    EventKind operator()(const Report&) const { return EventKind::kReport; }
    EventKind operator()(const Message&) const { return EventKind::kMessage; }
    EventKind operator()(const StatusChange&) const { return EventKind::kStatus; }
    EventKind operator()(const Outcome&) const { return EventKind::kOutcome; }
    EventKind operator()(const Attachment&) const { return EventKind::kAttachment; }
    EventKind operator()(const UnknownEvent& unknown) const { return EventKind{unknown.kind}; }
  } kind;
  return rules::name_of(std::visit(kind, event));
}

bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto at = [&](std::size_t k) { return static_cast<std::uint8_t>(text[k]); };
    const std::uint8_t lead = at(i);
    const std::size_t length = lead < 0x80         ? 1
                               : lead >> 5 == 0x6  ? 2
                               : lead >> 4 == 0xE  ? 3
                               : lead >> 3 == 0x1E ? 4
                                                   : 0;
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      if (at(i + k) >> 6 != 0x2) return false;
      point = point << 6 | (at(i + k) & 0x3Fu);
    }
    constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < kLeast[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
      return false;
    i += length;
  }
  return true;
}

}  // namespace omzien::core
