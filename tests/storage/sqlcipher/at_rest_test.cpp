// What lies on disk and what is said aloud: nothing that can be read.
#include <fstream>

#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

using AtRest = SqlcipherFolder;

constexpr std::string_view kMarker = "a marker that nobody would write by chance";

// A case with the marker in every blob that a caller chooses.
void put_marked(Store& store) {
  auto entries = contract::entries_of(1, 3);
  for (auto& entry : entries) {
    entry.header = crypto::to_bytes(kMarker);
    entry.payload = crypto::to_bytes(kMarker);
    for (int i = 0; i < 400; ++i)
      entry.payload->insert(entry.payload->end(), kMarker.begin(), kMarker.end());
  }
  const auto transaction = std::move(store.begin().value());
  ASSERT_TRUE(transaction->open_case(contract::handle_of(1), contract::share_of(1), entries,
                                     contract::info_for(entries)));
  ASSERT_TRUE(transaction->put_chunk(contract::handle_of(1), contract::upload_of(1), 0, 1, 20000,
                                     crypto::as_bytes(kMarker)));
  ASSERT_TRUE(transaction->link_member(contract::member_of(1), contract::handle_of(1), false));
  ASSERT_TRUE(transaction->put_certificate(contract::member_of(1), 1, crypto::as_bytes(kMarker)));
  ASSERT_TRUE(transaction->commit());
}

void expect_unreadable(const std::map<std::string, std::string>& files) {
  const auto text = [](crypto::ByteView bytes) { return std::string(bytes.begin(), bytes.end()); };
  const std::string needles[] = {std::string(kMarker),
                                 "CREATE TABLE",
                                 "SQLite format 3",
                                 text(contract::handle_of(1).view()),
                                 text(contract::member_of(1).view()),
                                 text(contract::share_of(1).reveal()),
                                 text(key_of(1).reveal())};
  for (const auto& [name, content] : files) {
    for (const auto& needle : needles)
      EXPECT_EQ(content.find(needle), std::string::npos) << name << ": " << needle;
  }
}

TEST_F(AtRest, NothingWrittenCanBeReadInTheFiles) {
  {
    const auto store = open_store();
    ASSERT_TRUE(store);
    put_marked(**store);
    ASSERT_FALSE(files()["store.db-wal"].empty());
    expect_unreadable(files());
  }
  ASSERT_EQ(files().count("store.db-wal"), 0U);
  expect_unreadable(files());
}

TEST_F(AtRest, WhatWasDroppedIsOverwrittenForWhoHasTheKeyToo) {
  constexpr std::string_view kChunk = "a chunk that somebody thought better of";
  const auto in_transaction = [&](const auto& work) {
    const auto store = open_store();
    const auto transaction = std::move((*store)->begin().value());
    work(*transaction);
    ASSERT_TRUE(transaction->commit());
  };
  in_transaction([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(contract::handle_of(1), contract::upload_of(1), 0, 1, 20000,
                            crypto::as_bytes(kChunk)));
  });
  ASSERT_NE(every_page().find(kChunk), std::string::npos);
  in_transaction([&](Transaction& t) {
    ASSERT_TRUE(t.drop_upload(contract::handle_of(1), contract::upload_of(1)));
  });
  EXPECT_EQ(every_page().find(kChunk), std::string::npos);
}

TEST_F(AtRest, NothingIsSaidOnStandardErrorOrOutput) {
  make_store(100);
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  EXPECT_FALSE(open(options_, key_of(2)));
  {
    std::fstream file(options_.path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(30 * 4096 + 100);
    file << "altered";
  }
  {
    const auto store = open_store();
    EXPECT_TRUE(store);
    EXPECT_FALSE((*store)->reader().value()->entries(contract::handle_of(1), 0, 1000000000));
    EXPECT_FALSE(open_store());
  }
  std::filesystem::resize_file(options_.path, 100);
  EXPECT_FALSE(open_store());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

// What a flood of them staged on one day is 2 GiB: in one transaction the writer would stand still
// for it, and a disk without that much room would never get rid of them.
TEST_F(AtRest, ChunksThatGoInADayGoThroughTheJournalInPieces) {
  constexpr std::uint32_t kChunks = 2'500;
  constexpr std::uintmax_t kJournalBytesMax = std::uintmax_t{32} << 20;
  const auto store = std::move(open_store().value());
  for (std::uint32_t next = 0; next < kChunks;) {
    const auto transaction = std::move(store->begin().value());
    for (const auto end = next + 250; next < end; ++next)
      ASSERT_TRUE(transaction->put_chunk(contract::handle_of(1), contract::upload_of(1), next,
                                         kChunks, 20000, contract::bytes_of(next, 15'000)));
    ASSERT_TRUE(transaction->commit());
  }
  ASSERT_TRUE(store->scrub());
  for (bool more = true; more;) {
    const auto transaction = std::move(store->begin().value());
    more = transaction->drop_chunks_before(20001).value().chunks != 0;
    ASSERT_TRUE(transaction->commit());
    EXPECT_LE(std::filesystem::file_size(folder_.path() / "store.db-wal"), kJournalBytesMax);
  }
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
