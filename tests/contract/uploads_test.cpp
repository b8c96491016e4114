// Chunks that are staged until a header names them.
#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

using Uploads = StoreContract;
OMZIEN_ON_EVERY_ENGINE(Uploads);

constexpr protocol::Day kDay = 20000;

TEST_P(Uploads, ChunksComeBackAndAreCountedBeforeTheCaseExists) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 2, 3, kDay, bytes_of(2, 700)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 3, kDay + 1, bytes_of(0, 15616)));
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), (UploadInfo{3, 2, 16316}));
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 0).value(), bytes_of(0, 15616));
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 1).value(), std::nullopt);
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 2).value(), bytes_of(2, 700));
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), std::nullopt);
}

TEST_P(Uploads, UnknownUploadIsZerosAndNoChunks) {
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 0).value(), std::nullopt);
}

TEST_P(Uploads, WhatIsStagedForAHandleIsCountedWithoutWhatIsKept) {
  EXPECT_EQ(reader()->staged(handle_of(1)).value(), Staged{});
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 700)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(2), 0, 1, kDay, bytes_of(2, 40)));
    ASSERT_TRUE(t.put_chunk(handle_of(2), upload_of(1), 0, 1, kDay, bytes_of(3, 5)));
    EXPECT_EQ(t.staged(handle_of(1)).value(), (Staged{2, 740}));
  });
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.keep_upload(handle_of(1), upload_of(2)));
    EXPECT_EQ(t.staged(handle_of(1)).value(), (Staged{1, 700}));
    ASSERT_TRUE(t.drop_upload(handle_of(1), upload_of(1)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(3), 0, 1, kDay, bytes_of(4, 9)));
    EXPECT_EQ(t.staged(handle_of(1)).value(), (Staged{1, 9}));
  });
  EXPECT_EQ(reader()->staged(handle_of(1)).value(), (Staged{1, 9}));
  EXPECT_EQ(reader()->staged(handle_of(2)).value(), (Staged{1, 5}));
}

TEST_P(Uploads, SameChunkAgainChangesNothingNotEvenItsDay) {
  for (const protocol::Day day : {kDay, kDay + 9}) {
    commit([&](Transaction& t) {
      ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 1, day, bytes_of(1, 99)));
    });
  }
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), (UploadInfo{1, 1, 99}));
  commit([&](Transaction& t) { EXPECT_EQ(t.drop_chunks_before(kDay + 1).value().chunks, 1U); });
}

TEST_P(Uploads, OtherBytesUnderTheSameIndexAreAConflict) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 99)));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(2, 99))));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 98))));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, {})));
  });
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 0).value(), bytes_of(1, 99));
}

TEST_P(Uploads, AnotherCountIsAConflictUnderAnyIndex) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 99)));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 3, kDay, bytes_of(1, 99))));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 1, 3, kDay, bytes_of(2, 99))));
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), (UploadInfo{2, 1, 99}));
}

TEST_P(Uploads, IndexNotBelowCountIsAConflict) {
  commit([&](Transaction& t) {
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 2, 2, kDay, bytes_of(1, 99))));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 0, kDay, bytes_of(1, 99))));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, kChunksPerUploadMax + 1,
                                        kDay, bytes_of(1, 99))));
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
}

TEST_P(Uploads, ChunkOfNoBytesIsAChunk) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 1, kDay, {}));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 1, kDay, {}));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 1, kDay, bytes_of(1, 1))));
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), (UploadInfo{1, 1, 0}));
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 0).value(), crypto::Bytes{});
}

TEST_P(Uploads, SameUploadNameInTwoCasesIsTwoUploads) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 1, kDay, bytes_of(1, 10)));
    ASSERT_TRUE(t.put_chunk(handle_of(2), upload_of(1), 0, 2, kDay, bytes_of(2, 20)));
  });
  commit([&](Transaction& t) { ASSERT_TRUE(t.drop_upload(handle_of(1), upload_of(1))); });
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 0).value(), std::nullopt);
  EXPECT_EQ(reader()->chunk(handle_of(2), upload_of(1), 0).value(), bytes_of(2, 20));
}

TEST_P(Uploads, DroppedUploadIsGoneAndItsNameFree) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.drop_upload(handle_of(1), upload_of(1)));  // none there
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 10)));
  });
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.drop_upload(handle_of(1), upload_of(1)));
    ASSERT_TRUE(t.drop_upload(handle_of(1), upload_of(1)));
    EXPECT_EQ(t.upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 5, kDay, bytes_of(3, 10)));
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), (UploadInfo{5, 1, 10}));
}

TEST_P(Uploads, ChunksStagedBeforeADayAreDroppedAndCounted) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 10)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 1, 2, kDay + 1, bytes_of(2, 20)));
    ASSERT_TRUE(t.put_chunk(handle_of(2), upload_of(2), 0, 1, kDay, bytes_of(3, 30)));
  });
  commit([&](Transaction& t) {
    EXPECT_EQ(t.drop_chunks_before(kDay).value().chunks, 0U);
    EXPECT_EQ(t.drop_chunks_before(kDay + 1).value().chunks, 2U);
    EXPECT_EQ(t.drop_chunks_before(kDay + 1).value().chunks, 0U);
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), (UploadInfo{2, 1, 20}));
  EXPECT_EQ(reader()->upload_info(handle_of(2), upload_of(2)).value(), UploadInfo{});
}

TEST_P(Uploads, WhoAsksAgainUntilNothingGoesDropsHoweverManyThereAre) {
  constexpr std::uint32_t kMany = 2'500;
  commit([&](Transaction& t) {
    for (std::uint32_t i = 0; i < kMany; ++i)
      ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), i, kMany + 1, kDay, bytes_of(1, 10)));
    ASSERT_TRUE(
        t.put_chunk(handle_of(1), upload_of(1), kMany, kMany + 1, kDay + 1, bytes_of(2, 20)));
  });
  std::uint64_t all = 0;
  for (std::uint64_t some = 1; some != 0; all += some)
    commit([&](Transaction& t) { some = t.drop_chunks_before(kDay + 1).value().chunks; });
  EXPECT_EQ(all, kMany);
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(),
            (UploadInfo{kMany + 1, 1, 20}));
}

TEST_P(Uploads, ChunksOfTheSameTransactionAreDroppedToo) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 1, kDay, bytes_of(1, 10)));
    EXPECT_EQ(t.drop_chunks_before(kDay + 1).value().chunks, 1U);
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
}

TEST_P(Uploads, WhatDroppedChunksHadCostIsCountedByHandle) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 10)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(2), 0, 2, kDay, bytes_of(2, 700)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(2), 1, 2, kDay + 1, bytes_of(2, 40)));
    ASSERT_TRUE(t.put_chunk(handle_of(2), upload_of(1), 0, 1, kDay, bytes_of(3, 30)));
  });
  commit([&](Transaction& t) {
    EXPECT_EQ(
        t.drop_chunks_before(kDay + 1).value(),
        (DroppedChunks{
            3, {{handle_of(1), kChunkCostBytesMin + 700}, {handle_of(2), kChunkCostBytesMin}}}));
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(2)).value(), (UploadInfo{2, 1, 40}));
}

TEST_P(Uploads, KeptUploadOutlivesItsAgeAndStaysAsItIs) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 10)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 1, 2, kDay, bytes_of(2, 20)));
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(2), 0, 1, kDay, bytes_of(3, 30)));
    ASSERT_TRUE(t.keep_upload(handle_of(1), upload_of(1)));
    ASSERT_TRUE(t.keep_upload(handle_of(1), upload_of(1)));
  });
  commit([&](Transaction& t) {
    EXPECT_EQ(t.drop_chunks_before(kDay + 100).value().chunks, 1U);
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 10)));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(4, 10))));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 2, 3, kDay, bytes_of(4, 10))));
  });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(),
            (UploadInfo{2, 2, 30, true}));
  EXPECT_EQ(reader()->chunk(handle_of(1), upload_of(1), 1).value(), bytes_of(2, 20));
  commit([&](Transaction& t) { ASSERT_TRUE(t.drop_upload(handle_of(1), upload_of(1))); });
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
}

TEST_P(Uploads, OnlyAWholeUploadIsKept) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, kDay, bytes_of(1, 10)));
    EXPECT_TRUE(is_conflict(t.keep_upload(handle_of(1), upload_of(1))));
    EXPECT_TRUE(is_conflict(t.keep_upload(handle_of(1), upload_of(2))));
    EXPECT_TRUE(is_conflict(t.keep_upload(handle_of(2), upload_of(1))));
  });
  commit([&](Transaction& t) { EXPECT_EQ(t.drop_chunks_before(kDay + 1).value().chunks, 1U); });
}

TEST_P(Uploads, KeepingThatIsNotCommittedNeverWas) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 1, kDay, bytes_of(1, 10)));
  });
  {
    const auto t = begin();
    ASSERT_TRUE(t->keep_upload(handle_of(1), upload_of(1)));
    EXPECT_TRUE(t->upload_info(handle_of(1), upload_of(1)).value().kept);
  }
  EXPECT_FALSE(reader()->upload_info(handle_of(1), upload_of(1)).value().kept);
}

}  // namespace
}  // namespace omzien::storage::contract
