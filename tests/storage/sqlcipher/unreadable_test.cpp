// A disk that can't be read: whoever asks hears of it, and never that there is nothing.
#include <functional>

#include "tests/storage/sqlcipher/faulty_vfs.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::bytes_of;
using contract::entries_of;
using contract::handle_of;
using contract::member_of;
using contract::upload_of;

enum class Heard { kError, kNothing, kAll };

// Of an answer that may be empty, and of one that counts.
template <class T>
Heard heard(const Result<std::optional<T>>& answer) {
  return !answer ? Heard::kError : *answer ? Heard::kAll : Heard::kNothing;
}
template <class T>
Heard heard(const Result<std::vector<T>>& answer, std::size_t count) {
  return !answer ? Heard::kError : answer->size() == count ? Heard::kAll : Heard::kNothing;
}
Heard heard(const Result<bool>& answer) {
  return !answer ? Heard::kError : *answer ? Heard::kAll : Heard::kNothing;
}

struct Question {
  const char* name;
  std::function<Heard(Reader&)> ask;
};

// To the store that Unreadable makes.
std::vector<Question> questions() {
  const auto one = handle_of(1);
  const auto member = member_of(1);
  const auto upload = upload_of(1);
  return {
      {"case_info", [=](Reader& r) { return heard(r.case_info(one)); }},
      {"last_header", [=](Reader& r) { return heard(r.last_header(one)); }},
      {"case_share", [=](Reader& r) { return heard(r.case_share(one)); }},
      {"headers", [=](Reader& r) { return heard(r.headers(one, 0), 9); }},
      {"entries", [=](Reader& r) { return heard(r.entries(one, 0, 1 << 20), 9); }},
      {"entry_hash", [=](Reader& r) { return heard(r.entry_hash(one, 8)); }},
      {"payload", [=](Reader& r) { return heard(r.payload(one, 8)); }},
      {"chunk", [=](Reader& r) { return heard(r.chunk(one, upload, 0)); }},
      {"inbox", [=](Reader& r) { return heard(r.inbox(member, 0, 9), 1); }},
      {"is_linked", [=](Reader& r) { return heard(r.is_linked(member, one)); }},
      {"certificate", [=](Reader& r) { return heard(r.certificate(member)); }},
      {"member_record",
       [=](Reader& r) { return heard(r.member_record(member, RecordKind::kPapers)); }},
      {"directory_seen", [=](Reader& r) { return heard(r.directory_seen()); }},
  };
}

class Unreadable : public SqlcipherFolder {
 protected:
  Unreadable() {
    options_.vfs = faulty::name();
    const auto store = std::move(open_store().value());
    std::vector<Entry> entries;
    for (std::uint32_t number = 1; number <= 9; ++number)
      entries.push_back(contract::entry_of(number, 5'000));  // more than a page each
    put_case(*store, 1, entries);
    const auto t = std::move(store->begin().value());
    EXPECT_TRUE(t->link_member(member_of(1), handle_of(1), false));
    EXPECT_TRUE(t->put_chunk(handle_of(1), upload_of(1), 0, 1, 20'000, bytes_of(1, 5'000)));
    EXPECT_TRUE(t->put_certificate(member_of(1), 1, bytes_of(2, 300)));
    EXPECT_TRUE(t->put_member_record(member_of(1), RecordKind::kPapers, 1, bytes_of(3, 300)));
    EXPECT_TRUE(t->put_directory_seen({}));
    EXPECT_TRUE(t->commit());
  }
  ~Unreadable() override { faulty::heal(); }
};

TEST_F(Unreadable, IsAnErrorWhereverItBeginsAndNeverAnEmptyAnswer) {
  for (const auto& [name, ask] : questions()) {
    int failures = 0;
    for (bool failed = true; failed;) {
      const auto store = std::move(open_store().value());  // nothing of it is in memory yet
      const auto reader = std::move(store->reader().value());
      faulty::fail_reads_after(failures);
      const auto heard = ask(*reader);
      failed = faulty::heal();
      EXPECT_EQ(heard, failed ? Heard::kError : Heard::kAll) << name << ", read " << failures;
      EXPECT_EQ(ask(*std::move(store->reader().value())), Heard::kAll)
          << name << ", and afterwards";
      failures += failed ? 1 : 0;
      ASSERT_LT(failures, 200) << name;
    }
    EXPECT_GT(failures, 0) << name << " read nothing";
  }
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
