#include "clients/core/lead/take_over.h"

#include <algorithm>

#include "clients/core/fetch.h"
#include "clients/core/lead/act.h"
#include "clients/core/lead/addition.h"

namespace omzien::core {
namespace {

Result<protocol::InboxItem> find_overdue(Connection& connection, const Member& self,
                                         const protocol::Handle& handle) {
  const auto inbox = fetch_inbox(connection, self);
  if (!inbox) return tl::unexpected(inbox.error());
  const auto& waiting = inbox->to_take_over;
  const auto found = std::find_if(waiting.begin(), waiting.end(),
                                  [&](const auto& item) { return item.handle == handle; });
  if (found == waiting.end())
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
  const auto accepted =
      hand_in_as_it_stands(connection, self, [&]() -> Result<std::vector<FrozenEntry>> {
        const auto item = find_overdue(connection, self, handle);
        if (!item) return tl::unexpected(item.error());
        std::vector<SealedEntry> entries;
        entries.push_back(
            seal_take_over(self, *item, connection.directory(), connection.today(), random));
        return freeze(std::move(entries), {}, connection.frame_size(), random);
      });
  if (!accepted) return tl::unexpected(accepted.error());
  return accepted->value();
}

}  // namespace omzien::core
