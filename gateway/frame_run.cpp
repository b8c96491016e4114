#include "gateway/frame_run.h"

#include <algorithm>

#include "gateway/desk_operations.h"
#include "gateway/handled.h"
#include "gateway/people_operations.h"
#include "gateway/read_operations.h"
#include "gateway/staging.h"
#include "gateway/write_operations.h"

namespace omzien::gateway {
namespace {

using rules::Status;

// Bytes of a response besides its results: version, beacon, pace, day, directory hash, at most.
constexpr std::size_t kResponseBytes = 80;
// A result's tag and length, its status, and its body's tag and length.
constexpr std::size_t kResultBytes = 12;
// The body of an accepted open or append. Kept free for each, or it would be done and not told.
constexpr std::size_t kAcceptedBytes = 64;

std::size_t kept_free(const CheckedOperation& operation) {
  return kResultBytes + (writes(operation) ? kAcceptedBytes : 0);
}

// Does one operation with whatever of reader and transaction there is.
struct Doing {
  storage::Reader& reader;
  storage::Transaction* transaction;  // null in a frame that only reads
  const Context& context;
  Quotas& quotas;

  Answer operator()(const Refused& refused) { return refuse(refused.status); }
  Answer operator()(const Nothing&) { return crypto::Bytes{}; }
  Answer operator()(CheckedOpen& ask) { return open_case(*transaction, context, quotas, ask); }
  Answer operator()(CheckedAppend& ask) { return append(*transaction, context, quotas, ask); }
  Answer operator()(const Signed<protocol::PutChunk>& ask) {
    return put_chunk(*transaction, context, quotas, ask);
  }
  Answer operator()(const CheckedPublish& ask) { return publish_key(*transaction, context, ask); }
  Answer operator()(const Signed<protocol::Read>& ask) { return read_case(reader, context, ask); }
  Answer operator()(const Signed<protocol::GetChunk>& ask) {
    return get_chunk(reader, context, ask);
  }
  Answer operator()(const Signed<protocol::Inbox>& ask) { return read_inbox(reader, context, ask); }
  Answer operator()(const protocol::ReadDirectory& ask) { return read_directory(context, ask); }
  Answer operator()(const protocol::Keys& ask) { return read_keys(reader, context, ask); }
  Answer operator()(const Signed<protocol::ReadAlerts>& ask) {
    return read_alerts(reader, context, ask);
  }
  Answer operator()(const protocol::ReadAvailability& ask) {
    return read_availability(reader, context, ask);
  }
  Answer operator()(const CheckedAvailability& ask) {
    return publish_availability(*transaction, context, ask);
  }
  Answer operator()(const Signed<protocol::ReadPapers>& ask) {
    return read_papers(reader, context, ask);
  }
  Answer operator()(const Signed<protocol::SealedPapers>& ask) {
    return put_papers(*transaction, context, ask);
  }
};

// Calls `each` for every operation with its room; stops when it returns an error.
template <class Each>
storage::Result<Results> run(CheckedFrame& frame, const UseCases& uses, Each each) {
  const std::size_t room_all = protocol::frame_room(frame.size) - kResponseBytes;
  std::size_t kept = 0;
  for (const auto& operation : frame.operations) kept += kept_free(operation);
  std::size_t used = 0;
  std::uint64_t handled_left = kHandledBytesMax;
  Results results;
  results.reserve(frame.operations.size());
  for (auto& operation : frame.operations) {
    const auto own = kept_free(operation);
    kept -= own;
    const auto taken = std::min(room_all, used + kept + kResultBytes);
    const Context context{*frame.people, frame.now,        uses.limits,
                          uses.cases,    room_all - taken, room_all - kResultBytes,
                          handled_left};
    auto answer = each(operation, context);
    if (!answer) {
      wipe_bodies(results);
      return tl::unexpected(answer.error());
    }
    used += kResultBytes + answer->body.size();
    results.push_back(std::move(*answer));
  }
  return results;
}

protocol::OperationResult result_of(Answer&& answer) {
  if (answer) return {Status::kDone, std::move(*answer)};
  return {answer.error().status, {}};
}

}  // namespace

Results run_reads(CheckedFrame& frame, storage::Reader& reader, const UseCases& uses,
                  std::optional<storage::Error>& failed) {
  const auto each = [&](CheckedOperation& operation,
                        const Context& context) -> storage::Result<protocol::OperationResult> {
    auto answer = std::visit(Doing{reader, nullptr, context, uses.quotas}, operation);
    if (!answer && answer.error().error) failed = answer.error().error;
    return result_of(std::move(answer));
  };
  return *run(frame, uses, each);
}

storage::Result<Results> run_writes(CheckedFrame& frame, storage::Transaction& transaction,
                                    const UseCases& uses, bool& wrote) {
  const auto each = [&](CheckedOperation& operation,
                        const Context& context) -> storage::Result<protocol::OperationResult> {
    auto answer = std::visit(Doing{transaction, &transaction, context, uses.quotas}, operation);
    if (!answer && answer.error().error) return tl::unexpected(*answer.error().error);
    wrote = wrote || (answer && writes(operation));
    return result_of(std::move(answer));
  };
  return run(frame, uses, each);
}

void wipe_bodies(Results& results) {
  for (auto& result : results) crypto::wipe(result.body);
}

Results storage_failed(const CheckedFrame& frame) {
  Results results;
  for (const auto& operation : frame.operations) {
    const auto* refused = std::get_if<Refused>(&operation);
    results.push_back({refused != nullptr ? refused->status : Status::kStorage, {}});
  }
  return results;
}

}  // namespace omzien::gateway
