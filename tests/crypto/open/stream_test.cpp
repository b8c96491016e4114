#include "crypto/open/stream.h"

#include <sodium.h>
#include <stdexcept>

#include <gtest/gtest.h>

#include "crypto/open/padding.h"
#include "crypto/verify/hkdf.h"
#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

constexpr std::size_t kChunk = rules::kFileChunkBytes;

class Stream : public testing::Test {
 protected:
  FixedRandom random{"stream"};
  FileKey key = random_key<FileKey>(random);
  CaseShare share = random_key<CaseShare>(random);
  protocol::UploadId upload = random_value<protocol::UploadId>(random);

  Bytes file(std::size_t size) {
    Bytes data(size);
    random.fill(data);
    return data;
  }

  std::vector<Bytes> seal(const Bytes& data) {
    StreamSealer sealer(key, share, upload, data.size());
    std::vector<Bytes> chunks;
    ByteView rest = data;
    while (!sealer.finished()) {
      const std::size_t wanted = sealer.wanted();
      chunks.push_back(sealer.next(rest.first(wanted)));
      rest = rest.subspan(wanted);
    }
    EXPECT_TRUE(rest.empty());
    return chunks;
  }

  // The whole file, or the error.
  tl::expected<Bytes, OpenError> open(const std::vector<Bytes>& chunks, std::uint64_t announced) {
    StreamOpener opener(key, share, upload, announced);
    Bytes data;
    for (const Bytes& chunk : chunks) {
      const auto piece = opener.next(chunk);
      if (!piece) return tl::unexpected(piece.error());
      data.insert(data.end(), piece->begin(), piece->end());
    }
    if (!opener.finished()) return tl::unexpected(OpenError::kMalformed);
    EXPECT_EQ(opener.data_bytes(), data.size());
    return data;
  }
};

TEST_F(Stream, ComesBackByteForByte) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kChunk - 9, kChunk - 8, kChunk - 7,
                                 kChunk, 2 * kChunk, std::size_t{250'000}}) {
    const Bytes data = file(size);
    const auto chunks = seal(data);
    EXPECT_EQ(chunks.size(), stream_chunks(size));
    const auto opened = open(chunks, chunks.size());
    ASSERT_TRUE(opened) << size;
    EXPECT_EQ(*opened, data);
  }
}

// The layout of crypto/open/stream.h, without our code: the nonce ends in 0, and in 1 for the last
// chunk.
TEST_F(Stream, FollowsItsRecipe) {
  const Bytes data = file(kChunk);
  const auto chunks = seal(data);
  Bytes info = to_bytes(rules::kTagFileKey);
  info.insert(info.end(), upload.view().begin(), upload.view().end());
  const SecretBytes stream_key = hkdf_expand(hkdf_extract(share.reveal(), key.reveal()), info, 32);
  Bytes plain(2 * kChunk);
  for (const std::uint8_t i : {std::uint8_t{0}, std::uint8_t{1}}) {
    const std::uint8_t nonce[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, i, i};
    ASSERT_EQ(crypto_aead_chacha20poly1305_ietf_decrypt(
                  plain.data() + i * kChunk, nullptr, nullptr, chunks.at(i).data(),
                  chunks.at(i).size(), nullptr, 0, nonce, stream_key.reveal().data()),
              0);
  }
  Bytes expected = {0, 0, 0, 0, 0, 0, 0x3c, 0x00};  // 15,360
  expected.insert(expected.end(), data.begin(), data.end());
  expected.resize(plain.size());
  EXPECT_EQ(plain, expected);
}

TEST_F(Stream, ShowsEqualChunksInPadmeNumbers) {
  EXPECT_EQ(stream_chunks(0), 1u);
  EXPECT_EQ(stream_chunks(kChunk - 8), 1u);
  EXPECT_EQ(stream_chunks(kChunk - 7), 2u);
  EXPECT_EQ(stream_chunks(9 * kChunk - 8), padme(9));
  for (const Bytes& chunk : seal(file(9 * kChunk))) EXPECT_EQ(chunk.size(), kSealedChunkBytes);
}

TEST_F(Stream, RefusesCutStreams) {
  const auto chunks = seal(file(5 * kChunk));
  std::vector<Bytes> cut(chunks.begin(), chunks.end() - 1);
  EXPECT_FALSE(open(cut, chunks.size())) << "announced whole, delivered short";
  EXPECT_EQ(open(cut, cut.size()).error(), OpenError::kMalformed) << "announced short";
  EXPECT_EQ(open({}, 0).error(), OpenError::kMalformed);
}

TEST_F(Stream, RefusesReorderedDuplicatedAndExtendedStreams) {
  const auto chunks = seal(file(5 * kChunk));
  auto swapped = chunks;
  std::swap(swapped[1], swapped[2]);
  EXPECT_EQ(open(swapped, chunks.size()).error(), OpenError::kWrongKeyOrAltered);
  auto doubled = chunks;
  doubled[2] = doubled[1];
  EXPECT_EQ(open(doubled, chunks.size()).error(), OpenError::kWrongKeyOrAltered);
  auto extended = chunks;
  extended.push_back(chunks.back());
  EXPECT_EQ(open(extended, chunks.size()).error(), OpenError::kMalformed);
  EXPECT_EQ(open(extended, extended.size()).error(), OpenError::kMalformed);
}

TEST_F(Stream, RefusesAnyTurnedBitAndStaysRefused) {
  const auto chunks = seal(file(3 * kChunk - 8));
  for (std::size_t i = 0; i < chunks.size(); ++i)
    for (std::size_t bit = 0; bit < 8 * kSealedChunkBytes; bit += 9973) {
      auto altered = chunks;
      altered[i] = flipped(altered[i], bit);
      EXPECT_EQ(open(altered, chunks.size()).error(), OpenError::kWrongKeyOrAltered);
    }
  StreamOpener opener(key, share, upload, chunks.size());
  EXPECT_FALSE(opener.next(flipped(chunks[0], 0)));
  EXPECT_FALSE(opener.next(chunks[0])) << "after an error nothing more comes out";
  EXPECT_FALSE(opener.finished());
}

TEST_F(Stream, OpensOnlyWithItsKeyShareAndUpload) {
  const auto chunks = seal(file(10));
  EXPECT_FALSE(StreamOpener(random_key<FileKey>(random), share, upload, 1).next(chunks[0]));
  EXPECT_FALSE(StreamOpener(key, random_key<CaseShare>(random), upload, 1).next(chunks[0]));
  EXPECT_FALSE(
      StreamOpener(key, share, random_value<protocol::UploadId>(random), 1).next(chunks[0]));
  EXPECT_TRUE(StreamOpener(key, share, upload, 1).next(chunks[0]));
}

TEST_F(Stream, RefusesChunksOfAnotherSize) {
  auto chunks = seal(file(10));
  chunks[0].pop_back();
  EXPECT_EQ(open(chunks, 1).error(), OpenError::kMalformed);
}

TEST_F(Stream, TakesOnlyTheDataThatWasAnnounced) {
  StreamSealer sealer(key, share, upload, 10);
  EXPECT_THROW(sealer.next(Bytes(9)), std::logic_error);
  EXPECT_THROW(sealer.next(Bytes(11)), std::logic_error);
  sealer.next(Bytes(10));
  EXPECT_THROW(sealer.next({}), std::logic_error);
  EXPECT_THROW(StreamSealer(key, share, upload, kStreamDataBytesMax + 1), std::length_error);
}

TEST_F(Stream, GoesOnFromAnyChunkWithTheSameBytes) {
  for (const std::size_t size : {std::size_t{0}, kChunk - 8, 5 * kChunk + 1, 40 * kChunk}) {
    const auto data = file(size);
    const auto whole = seal(data);
    for (std::uint64_t from = 0; from <= whole.size(); ++from) {
      StreamSealer sealer(key, share, upload, size);
      sealer.seek(from);
      for (auto chunk = from; chunk < whole.size(); ++chunk) {
        const auto start = std::min<std::uint64_t>(size, stream_offset(chunk));
        ASSERT_EQ(sealer.next(ByteView(data).subspan(start, sealer.wanted())), whole[chunk]);
      }
      EXPECT_TRUE(sealer.finished());
    }
    EXPECT_THROW(StreamSealer(key, share, upload, size).seek(whole.size() + 1), std::logic_error);
  }
}

}  // namespace
}  // namespace omzien::crypto
