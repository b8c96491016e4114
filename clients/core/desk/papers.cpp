#include "clients/core/desk/papers.h"

#include <sodium.h>

#include "omzien/local.pb.h"

#include "clients/core/event.h"
#include "protocol/desk_operations.h"
#include "protocol/strict.h"

namespace omzien::core {
namespace {

namespace strict = protocol::strict;
using rules::OperationKind;
using rules::Status;

constexpr std::string_view kPurpose = "papers";
constexpr int kTries = 5;

std::optional<CasePapers> take(const wire::CasePapers& from) {
  CasePapers papers;
  const auto read_seq = strict::count_of(from.read_seq());
  if (!read_seq) return std::nullopt;
  papers.read_seq = *read_seq;
  for (const auto& label : from.labels()) {
    const bool ascends = papers.labels.empty() || *papers.labels.rbegin() < label;
    if (!ascends || !good_label(label)) return std::nullopt;
    papers.labels.insert(label);
  }
  for (const auto& bytes : from.belongs_with()) {
    const auto handle = protocol::Handle::from(strict::view(bytes));
    if (!handle || (!papers.belongs_with.empty() && !(*papers.belongs_with.rbegin() < *handle)))
      return std::nullopt;
    papers.belongs_with.insert(*handle);
  }
  if (papers.labels.size() > rules::kLabelsPerCaseMax ||
      papers.belongs_with.size() > rules::kBelongsWithMax)
    return std::nullopt;
  return papers;
}

// Whether somebody else put papers meanwhile; otherwise how it went.
Result<bool> put(Connection& connection, const Identity& self, crypto::Random& random,
                 const KeptPapers& kept) {
  const auto plaintext = encode_papers(kept.papers);
  if (!parse_papers(plaintext.reveal()))
    return fail(ErrorKind::kBadInput, "too many labels, or one that is too long; nothing changed");
  const protocol::SealedPapers body{
      kept.number, crypto::seal_local(self.local_key(), kPurpose, plaintext.reveal(), random)};
  if (body.sealed.size() > rules::kPapersBytesMax)
    return fail(ErrorKind::kBadInput, "there is no room for more labels; nothing changed");
  auto results =
      connection.submit({{OperationKind::kPutPapers, encode(body)}}, &self.signing_key());
  if (!results) return tl::unexpected(results.error());
  const auto status = results->front().status;
  if (status == Status::kStaleHead) return true;
  if (status != Status::kDone) return tl::unexpected(refusal(status));
  return false;
}

}  // namespace

bool good_label(std::string_view label) {
  return !label.empty() && label.size() <= rules::kLabelBytesMax && valid_utf8(label);
}

crypto::SecretBytes encode_papers(const Papers& papers) {
  wire::Papers message;
  for (const auto& [handle, from] : papers) {
    if (from.empty()) continue;
    auto* to = message.add_cases();
    to->set_handle(strict::field(handle.view()));
    for (const auto& label : from.labels) to->add_labels(label);
    for (const auto& other : from.belongs_with) to->add_belongs_with(strict::field(other.view()));
    to->set_read_seq(from.read_seq);
  }
  crypto::SecretBytes plaintext(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(plaintext.reveal_mutable().data());
  return plaintext;
}

std::optional<Papers> parse_papers(crypto::ByteView plaintext) {
  const auto message = strict::parse<wire::Papers>(plaintext);
  if (!message) return std::nullopt;
  Papers papers;
  for (const auto& from : message->cases()) {
    const auto handle = protocol::Handle::from(strict::view(from.handle()));
    auto taken = take(from);
    if (!handle || !taken || (!papers.empty() && !(papers.rbegin()->first < *handle)))
      return std::nullopt;
    papers.emplace(*handle, std::move(*taken));
  }
  return papers;
}

Result<KeptPapers> fetch_papers(Connection& connection, const Identity& self) {
  const auto body =
      connection.call(OperationKind::kPapers, encode(protocol::ReadPapers{}), &self.signing_key());
  if (!body) return tl::unexpected(body.error());
  const auto sealed = protocol::parse<protocol::SealedPapers>(*body);
  if (sealed && sealed->number == 0) return KeptPapers{};
  const auto plaintext = sealed ? crypto::open_local(self.local_key(), kPurpose, sealed->sealed)
                                : tl::unexpected(crypto::OpenError::kMalformed);
  auto papers = plaintext ? parse_papers(plaintext->reveal()) : std::nullopt;
  if (!papers)
    return fail(ErrorKind::kVerification, "your labels can't be read: you did not seal them");
  return KeptPapers{std::move(*papers), sealed->number};
}

Result<KeptPapers> change_papers(Connection& connection, const Identity& self,
                                 crypto::Random& random,
                                 const std::function<void(Papers&)>& change) {
  for (int i = 0; i < kTries; ++i) {
    auto kept = fetch_papers(connection, self);
    if (!kept) return kept;
    change(kept->papers);
    ++kept->number;
    const auto overtaken = put(connection, self, random, *kept);
    if (!overtaken) return tl::unexpected(overtaken.error());
    if (!*overtaken) return kept;
  }
  return fail(ErrorKind::kUnreachable,
              "your labels change faster than they can be kept; try again");
}

}  // namespace omzien::core
