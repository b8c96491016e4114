// What stands inside an event's ciphertext (proto/omzien/event.proto). Where each kind may stand,
// and what it does to a case: proto/rules/case.toml.
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

// Somebody who would be let in by a yes.
struct ProposedReader {
  protocol::MemberId member_id;
  std::vector<rules::Compartment> compartments;  // story to summary; ascending, at least one
  protocol::Day last_day = 0;                    // 0: until revoked
  bool lead = false;                             // leads the case from then on; one at most
};
// `step` or `text` is there. Nothing happens until the reporter answers.
struct Proposal {
  std::string step;                     // protocol::good_key(), or empty: in own words
  std::string text;                     // what it means
  std::vector<ProposedReader> readers;  // ascending by member id, at most kMembersPerGrantMax
  std::string summary;                  // a draft of what they would read; may be empty
  bool sensitive = false;               // a yes makes the case sensitive (Directory::sensitive)
};
struct Decision {
  std::uint64_t proposal_seq = 0;
  crypto::Digest proposal_hash;  // of that entry: what was answered can't be swapped
  rules::Choice choice{};
  std::string text;  // conditions; not empty for yes_if
};
struct Retraction {
  std::uint64_t proposal_seq = 0;
};
struct Summary {
  std::string text;                // not empty
  std::uint64_t proposal_seq = 0;  // whose draft it comes from; 0: none
};
struct Unconsented {
  rules::Cause cause{};
  std::string text;  // not empty
};
struct IdentityOpened {};
// Of the triage committee: what one of its members thinks, and what its chair recorded as decided.
struct Assessment {
  std::string text;  // not empty
};
struct TriageDecision {
  rules::Ruling ruling{};
  std::string text;    // not empty
  std::string reason;  // not empty
};
// The owner wants to stay with the adviser, without the committee; or not any more.
struct Stay {
  bool ended = false;
  std::string text;
};
// A member: not without the coordinator's advice. And the advice.
struct Sensitive {
  std::string text;  // not empty
};
struct Consultation {
  std::string text;  // not empty
};
struct Note {
  std::string text;  // not empty
};
struct CheckIn {
  std::string text;
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
    std::variant<Opening, Report, Message, StatusChange, Outcome, Attachment, Proposal, Decision,
                 Retraction, Summary, Unconsented, IdentityOpened, Note, CheckIn, Assessment,
                 TriageDecision, Stay, Sensitive, Consultation, UnknownEvent>;

// The plaintext to seal; wiped when it goes.
crypto::SecretBytes encode_event(const Event&);

// Empty: not an event. Text is valid UTF-8, and what the structs above promise holds, or the event
// is none.
std::optional<Event> parse_event(crypto::ByteView plaintext);

rules::EventKind kind_of(const Event&);

// rules::EventKind's name, "unknown" for UnknownEvent.
std::string_view kind_name(const Event&);

// Whether `text` is UTF-8 as RFC 3629 has it: no overlong forms, no surrogates.
bool valid_utf8(std::string_view text);

}  // namespace omzien::core
