#include "clients/core/lead/take_over.h"

#include <algorithm>

#include "clients/core/fetch.h"
#include "clients/core/lead/addition.h"
#include "clients/core/submission.h"

namespace omzien::core {
namespace {

constexpr int kTries = 8;

Result<protocol::InboxItem> find_overdue(Connection& connection, const Member& self,
                                         const protocol::Handle& handle) {
  const auto items = fetch_overdue(connection, self);
  if (!items) return tl::unexpected(items.error());
  const auto found = std::find_if(items->begin(), items->end(),
                                  [&](const auto& item) { return item.handle == handle; });
  if (found == items->end())
    return fail(ErrorKind::kRefused, words_for(protocol::Breach::kRelease));
  return *found;
}

}  // namespace

SealedEntry seal_take_over(const Member& self, const protocol::InboxItem& item,
                           const protocol::Directory& directory, protocol::Day today,
                           crypto::Random& random) {
  Place place{protocol::Chain::resume(directory.service(), item.handle, item.head_seq,
                                      item.head_hash, item.head_day),
              today, directory.hash()};
  return seal_release(self, place, {item.stands_in_for.value(), rules::ReleaseCause::kDeadline},
                      random);
}

Result<protocol::Accepted> take_over(Connection& connection, const Member& self,
                                     const protocol::Handle& handle, crypto::Random& random) {
  for (int tries = 0; tries < kTries; ++tries) {
    const auto item = find_overdue(connection, self, handle);
    if (!item) return tl::unexpected(item.error());
    std::vector<SealedEntry> entries;
    entries.push_back(
        seal_take_over(self, *item, connection.directory(), connection.today(), random));
    const auto frozen = freeze(std::move(entries), {}, connection.frame_size(), random);
    const auto answer = hand_in(connection, self, frozen);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == rules::Status::kDone) {
      auto accepted = protocol::parse<protocol::Accepted>(answer->body);
      if (!accepted) return fail(ErrorKind::kUnreachable, "the gateway's answer can't be read");
      return *accepted;
    }
    if (!is_stale(answer->status)) return tl::unexpected(refusal(answer->status));
    if (auto refreshed = connection.refresh_directory(); !refreshed)
      return tl::unexpected(refreshed.error());
  }
  return fail(ErrorKind::kUnreachable,
              "this case changes faster than you can act on it; try again");
}

}  // namespace omzien::core
