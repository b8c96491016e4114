#include "protocol/frame.h"

#include <gtest/gtest.h>

#include "crypto/verify/signing.h"
#include "protocol/operations.h"
#include "tests/crypto/fixed_random.h"

namespace omzien::protocol {
namespace {

Request some_request() {
  Request request;
  request.operations.push_back({rules::OperationKind::kRead, encode(Read{{}, 3}), {}, {}, {}});
  request.operations.push_back(
      {rules::OperationKind::kDirectory, encode(ReadDirectory{}), {}, {}, {}});
  return request;
}

TEST(Frame, HasOneSizeWhateverIsInside) {
  EXPECT_EQ(encode_request({}, FrameSize::kSmall)->size(), 16'384u);
  EXPECT_EQ(encode_request(some_request(), FrameSize::kSmall)->size(), 16'384u);
  EXPECT_EQ(encode_response({}, FrameSize::kLarge)->size(), 262'144u);
}

TEST(Frame, GivesBackWhatWasSent) {
  const auto back = parse_request(*encode_request(some_request(), FrameSize::kSmall));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->operations.size(), 2u);
  EXPECT_EQ(parse<Read>(back->operations[0].body)->from_seq, 3u);
}

TEST(Frame, RefusesEveryOtherSize) {
  for (const std::size_t size : {0u, 1u, 4u, 16'383u, 16'385u, 262'143u, 262'145u})
    EXPECT_EQ(parse_request(crypto::Bytes(size)).error(), FrameError::kSize) << size;
}

TEST(Frame, RefusesALengthBeyondItsEnd) {
  auto frame = *encode_request({}, FrameSize::kSmall);
  frame[0] = 0xff;
  EXPECT_EQ(parse_request(frame).error(), FrameError::kSize);
}

TEST(Frame, RefusesAnythingButZerosBehindTheMessage) {
  auto frame = *encode_request(some_request(), FrameSize::kSmall);
  frame.back() = 1;
  EXPECT_EQ(parse_request(frame).error(), FrameError::kPadding);
}

TEST(Frame, DoesNotHoldMoreThanFits) {
  Request request;
  request.operations.push_back({rules::OperationKind::kAppend, crypto::Bytes(16'384), {}, {}, {}});
  EXPECT_FALSE(encode_request(request, FrameSize::kSmall));
  EXPECT_TRUE(encode_request(request, FrameSize::kLarge));
}

TEST(Frame, OfAnotherVersionIsReadAsFarAsItsVersion) {
  Request newer = some_request();
  newer.version = 9;
  const auto back = parse_request(*encode_request(newer, FrameSize::kSmall));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->version, 9u);
  EXPECT_TRUE(back->operations.empty());
}

TEST(Frame, RefusesMoreOperationsThanTheLimit) {
  Request request;
  for (std::size_t i = 0; i <= rules::kOperationsPerRequestMax; ++i)
    request.operations.push_back({rules::OperationKind::kNothing, {}, {}, {}, {}});
  EXPECT_EQ(parse_request(*encode_request(request, FrameSize::kLarge)).error(),
            FrameError::kMalformed);
}

TEST(Frame, SurvivesRandomBytes) {
  crypto::FixedRandom random("frames");
  crypto::Bytes frame(rules::kFrameBytes);
  for (int i = 0; i < 2'000; ++i) {
    random.fill(frame);
    frame[0] = frame[1] = 0;
    frame[2] &= 0x0f;
    std::fill(frame.begin() + 4 + (frame[2] << 8 | frame[3]), frame.end(), std::uint8_t{0});
    (void)parse_request(frame);
    (void)parse_response(frame);
  }
}

// Or a recorded request would be good again under a fresh beacon, in another organisation, or as
// another operation.
TEST(Operations, AreSignedWithTheirServiceBeaconKindAndBody) {
  crypto::FixedRandom random("operation");
  const crypto::SigningKey key(crypto::random_key<crypto::SigningSeed>(random));
  const ServiceId service = crypto::random_value<ServiceId>(random);
  const auto beacon = crypto::random_value<Beacon>(random);
  const auto body = encode(Read{{}, 3});
  constexpr auto kKind = rules::OperationKind::kRead;
  const Operation good{
      kKind, body, key.public_key(), beacon,
      key.sign(rules::kTagOperationSignature, operation_bytes(service, beacon, kKind, body))};
  EXPECT_TRUE(operation_signature_valid(good, service));

  EXPECT_FALSE(operation_signature_valid(good, crypto::random_value<ServiceId>(random)));
  auto changed = good;
  changed.beacon = crypto::random_value<Beacon>(random);
  EXPECT_FALSE(operation_signature_valid(changed, service));
  changed = good;
  changed.kind = rules::OperationKind::kGetChunk;
  EXPECT_FALSE(operation_signature_valid(changed, service));
  changed = good;
  changed.body = encode(Read{{}, 4});
  EXPECT_FALSE(operation_signature_valid(changed, service));
  changed = good;
  changed.key = crypto::SigningKey(crypto::random_key<crypto::SigningSeed>(random)).public_key();
  EXPECT_FALSE(operation_signature_valid(changed, service));
}

TEST(Operations, StageChunksOfOneSizeOnly) {
  PutChunk chunk{{}, {}, 0, 2, crypto::Bytes(rules::kChunkBytesMax)};
  EXPECT_TRUE(parse<PutChunk>(encode(chunk)));
  chunk.bytes.pop_back();
  EXPECT_FALSE(parse<PutChunk>(encode(chunk))) << "only the last may be shorter";
  chunk.index = 1;
  EXPECT_TRUE(parse<PutChunk>(encode(chunk)));
  chunk.index = 2;
  EXPECT_FALSE(parse<PutChunk>(encode(chunk)));
}

}  // namespace
}  // namespace omzien::protocol
