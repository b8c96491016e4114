#include "tests/storage/sqlcipher/around_cases.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::bytes_of;
using contract::handle_of;
using contract::member_of;
using contract::upload_of;

constexpr std::size_t kChunkBytes = 6'000;  // more than a page

void put_around_case(Transaction& t, const protocol::Handle& handle, std::uint32_t number,
                     protocol::Day today) {
  const auto file = upload_of(2 * number);
  for (const std::uint32_t index : {0U, 1U})
    ASSERT_TRUE(
        t.put_chunk(handle, file, index, 2, today, bytes_of(2 * number + index, kChunkBytes)));
  ASSERT_TRUE(t.keep_upload(handle, file));
  ASSERT_TRUE(t.put_chunk(handle, upload_of(2 * number + 1), 1, 2, today, bytes_of(number, 40)));
  ASSERT_TRUE(t.link_member(member_of(1), handle, number % 2 == 0));
  ASSERT_TRUE(t.link_member(member_of(1 + number), handle, false));
}

void put_people(Transaction& t) {
  for (const std::uint32_t number : {1U, 1000U}) {  // the second of no case
    ASSERT_TRUE(t.put_certificate(member_of(number), number, bytes_of(number, 50)));
    for (const auto kind : {RecordKind::kAvailability, RecordKind::kPapers})
      ASSERT_TRUE(t.put_member_record(member_of(number), kind, 3, bytes_of(number + 1, 70)));
  }
}

}  // namespace

void put_around_cases(Store& store, const std::vector<protocol::Handle>& cases, protocol::Day today,
                      const DirectorySeen& seen) {
  const auto t = std::move(store.begin().value());
  std::uint32_t number = 0;
  for (const auto& handle : cases) put_around_case(*t, handle, ++number, today);
  ASSERT_TRUE(t->put_chunk(handle_of(4711), upload_of(1), 0, 2, today, bytes_of(4711, 40)))
      << "of a case that is not opened yet";
  put_people(*t);
  ASSERT_TRUE(t->add_to_day_budget(today, 2, 12'345));
  ASSERT_TRUE(t->add_to_day_budget(today - 1, 1, 1));
  ASSERT_TRUE(t->put_directory_seen(seen));
  ASSERT_TRUE(t->commit());
}

}  // namespace omzien::storage::sqlcipher
