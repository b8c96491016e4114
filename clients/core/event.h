// What stands inside an event's ciphertext (proto/omzien/event.proto).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crypto/verify/bytes.h"
#include "crypto/verify/secret.h"
#include "omzien/rules.h"

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
// An event of a kind this program does not know: made with a newer version.
struct UnknownEvent {
  std::uint32_t kind = 0;
};

using Event = std::variant<Opening, Report, Message, StatusChange, Outcome, UnknownEvent>;

// The plaintext to seal; wiped when it goes.
crypto::SecretBytes encode_event(const Event&);

// Empty: not an event. Text is valid UTF-8 or the event is none.
std::optional<Event> parse_event(crypto::ByteView plaintext);

// rules::EventKind's name, "unknown" for UnknownEvent.
std::string_view kind_name(const Event&);

// Whether `text` is UTF-8 as RFC 3629 has it: no overlong forms, no surrogates.
bool valid_utf8(std::string_view text);

}  // namespace omzien::core
