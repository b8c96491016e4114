#include "clients/core/submission.h"

#include <algorithm>

namespace omzien::core {
namespace {

using rules::Status;

// An operation's own fields around its body: kind, key, beacon, signature and their tags.
constexpr std::size_t kOperationBytes = 160;

protocol::SubmittedEntry submitted(const FrozenEntry& entry) {
  return {entry.header, entry.signature.to_bytes(),
          entry.upload_id ? crypto::Bytes{} : entry.payload, entry.upload_id};
}

crypto::Bytes operation_body(const std::vector<FrozenEntry>& frozen,
                             const std::optional<crypto::CaseShare>& case_share) {
  std::vector<protocol::SubmittedEntry> entries;
  entries.reserve(frozen.size());
  for (const auto& entry : frozen) entries.push_back(submitted(entry));
  if (!case_share) return encode(protocol::Append{std::move(entries)});
  const auto share = case_share->reveal();
  protocol::OpenCase body{{share.begin(), share.end()}, std::move(entries)};
  auto encoded = encode(body);
  crypto::wipe(body.case_share);
  return encoded;
}

std::size_t body_size(const std::vector<FrozenEntry>& frozen,
                      const std::optional<crypto::CaseShare>& case_share) {
  auto body = operation_body(frozen, case_share);
  if (case_share) crypto::wipe(body);
  return body.size();
}

void add_chunks(std::vector<Call>& calls, const protocol::Handle& handle,
                const FrozenEntry& entry) {
  const auto count = (entry.payload.size() + rules::kChunkBytesMax - 1) / rules::kChunkBytesMax;
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = crypto::ByteView(entry.payload).subspan(i * rules::kChunkBytesMax);
    const auto bytes = rest.first(std::min(rest.size(), rules::kChunkBytesMax));
    const protocol::PutChunk chunk{handle,
                                   *entry.upload_id,
                                   static_cast<std::uint32_t>(i),
                                   static_cast<std::uint32_t>(count),
                                   {bytes.begin(), bytes.end()}};
    calls.push_back({rules::OperationKind::kPutChunk, encode(chunk)});
  }
}

}  // namespace

std::vector<FrozenEntry> freeze(std::vector<SealedEntry> sealed,
                                const std::optional<crypto::CaseShare>& case_share,
                                protocol::FrameSize size, crypto::Random& random) {
  std::vector<FrozenEntry> frozen;
  frozen.reserve(sealed.size());
  for (auto& entry : sealed)
    frozen.push_back(
        {std::move(entry.header_bytes), entry.signature, std::move(entry.payload), std::nullopt});
  const auto room = protocol::frame_room(size) - kOperationBytes;
  const auto inline_size = [](const FrozenEntry& entry) {
    return entry.upload_id ? 0 : entry.payload.size();
  };
  while (body_size(frozen, case_share) > room) {
    const auto largest = std::max_element(
        frozen.begin(), frozen.end(),
        [&](const auto& a, const auto& b) { return inline_size(a) < inline_size(b); });
    if (largest == frozen.end() || inline_size(*largest) == 0) break;
    largest->upload_id = crypto::random_value<protocol::UploadId>(random);
  }
  return frozen;
}

Result<protocol::OperationResult> submit(Connection& connection, const Identity& self,
                                         const std::vector<FrozenEntry>& entries,
                                         const std::optional<crypto::CaseShare>& case_share) {
  const auto kind = !case_share ? rules::OperationKind::kAppend : rules::OperationKind::kOpen;
  std::vector<Call> calls;
  calls.push_back({kind, operation_body(entries, case_share)});
  auto results = connection.submit(calls, &self.signing_key());
  if (case_share) crypto::wipe(calls.front().body);
  if (!results) return tl::unexpected(results.error());
  return std::move(results->front());
}

Result<void> stage(Connection& connection, const Identity& self,
                   const std::vector<FrozenEntry>& entries) {
  const auto handle = protocol::parse_header(entries.front().header)->handle;
  std::vector<Call> calls;
  for (const auto& entry : entries)
    if (entry.upload_id) add_chunks(calls, handle, entry);
  const auto results = connection.submit(calls, &self.signing_key());
  if (!results) return tl::unexpected(results.error());
  for (const auto& result : *results)
    if (result.status != Status::kDone) return tl::unexpected(refusal(result.status));
  return {};
}

Result<protocol::OperationResult> hand_in(Connection& connection, const Identity& self,
                                          const std::vector<FrozenEntry>& entries) {
  constexpr int kSendTries = 3;
  Result<protocol::OperationResult> answer = fail(ErrorKind::kDefect, "nothing was sent");
  for (int tries = 0; tries < kSendTries; ++tries) {
    answer = submit(connection, self, entries, std::nullopt);
    const bool lost = !answer && answer.error().kind == ErrorKind::kUnreachable;
    const bool incomplete = answer && answer->status == rules::Status::kIncomplete;
    if (!lost && !incomplete) break;
    if (!incomplete) continue;
    if (auto staged = stage(connection, self, entries); !staged)
      return tl::unexpected(staged.error());
  }
  if (!answer && answer.error().kind == ErrorKind::kUnreachable)
    answer.error().message +=
        ". It is not known whether this arrived: look at the case before you do it again";
  return answer;
}

Result<void> note_accepted(Connection& connection, const Identity& self,
                           const std::vector<FrozenEntry>& entries) {
  const auto& last = entries.back();
  const auto entry = protocol::Entry::parse(last.header, last.signature.view());
  if (!entry) return fail(ErrorKind::kDefect, "an entry that was not sealed here");
  const auto noted = connection.seen().note_accepted(self, *entry);
  if (noted) return {};
  return fail(
      ErrorKind::kUnreachable,
      "it was accepted, but this machine could not remember that: " + noted.error().message);
}

bool is_stale(Status status) {
  return status == Status::kStaleHead || status == Status::kStaleDay ||
         status == Status::kStaleDirectory;
}

}  // namespace omzien::core
