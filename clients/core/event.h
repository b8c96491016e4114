// What stands inside an event's ciphertext (proto/omzien/event.proto).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crypto/open/stream.h"
#include "crypto/verify/bytes.h"
#include "crypto/verify/hash.h"
#include "crypto/verify/secret.h"
#include "omzien/rules.h"
#include "protocol/ids.h"

namespace omzien::core {

struct Opening {
  rules::CaseKind case_kind{};
  std::vector<rules::Want> wants;
  rules::Lead lead = rules::Lead::kEveryStep;
  std::string language;
};
struct Answer {
  std::string prompt;
  std::string text;
};
struct Report {
  std::string text;
  std::vector<Answer> answers;
};
struct Message {
  std::string text;
};
struct StatusChange {
  rules::CaseState state{};
  std::string text;
};
struct Outcome {
  std::string text;
  std::string reason;
};
// A file as its sender says it is. Its name is theirs: never a path here (attachment.h).
struct AttachedFile {
  std::string name;        // at most file_name_bytes_max
  std::string media_type;  // at most media_type_bytes_max
  std::uint64_t size = 0;  // bytes
  crypto::Digest sha256;
  protocol::UploadId upload_id;
  std::uint32_t chunks = 0;  // crypto::stream_chunks(size)
  std::shared_ptr<const crypto::FileKey> key;
};
// At least one file; the header names their uploads in the same order.
struct Attachment {
  std::vector<AttachedFile> files;
};
// An event of a kind this program does not know: made with a newer version.
struct UnknownEvent {
  std::uint32_t kind = 0;
};

using Event =
    std::variant<Opening, Report, Message, StatusChange, Outcome, Attachment, UnknownEvent>;

// The plaintext to seal; wiped when it goes.
crypto::SecretBytes encode_event(const Event&);

// Empty: not an event. Text is valid UTF-8 or the event is none.
std::optional<Event> parse_event(crypto::ByteView plaintext);

// rules::EventKind's name, "unknown" for UnknownEvent.
std::string_view kind_name(const Event&);

// Whether `text` is UTF-8 as RFC 3629 has it: no overlong forms, no surrogates.
bool valid_utf8(std::string_view text);

}  // namespace omzien::core
