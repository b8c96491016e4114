// What the browser's core sealed (from_typescript/seals.json): opened here, and made once more from
// the same randomness, byte for byte.
#include <gtest/gtest.h>

#include "crypto/open/case_keys.h"
#include "crypto/open/commitment.h"
#include "crypto/open/event_seal.h"
#include "crypto/open/hpke.h"
#include "crypto/open/key_file.h"
#include "crypto/open/local_seal.h"
#include "crypto/open/phrase.h"
#include "crypto/open/stream.h"
#include "crypto/verify/hash.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

using nlohmann::json;

// Gives back what was recorded; asking for more throws.
class ReplayRandom final : public Random {
 public:
  explicit ReplayRandom(const json& digits) : recorded_(hex(digits.get<std::string>())) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = recorded_.at(at_++);
  }
  bool exhausted() const { return at_ == recorded_.size(); }

 private:
  Bytes recorded_;
  std::size_t at_ = 0;
};

std::string opened_hex(const SecretBytes& opened) { return to_hex(opened.reveal()); }

class FromTypeScript : public testing::Test {
 protected:
  static void SetUpTestSuite() { initialise(); }
  json seals_ = own_vectors("from_typescript/seals.json");
};

TEST_F(FromTypeScript, SignaturesAreOurs) {
  ASSERT_FALSE(seals_.at("signatures").empty());
  for (const auto& made : seals_.at("signatures")) {
    const SigningKey key(value_in<SigningSeed>(made, "seed"));
    const auto tag_bytes = bytes_in(made, "tag");
    const std::string tag(tag_bytes.begin(), tag_bytes.end());
    const auto message = bytes_in(made, "message");
    const auto signature = value_in<Signature>(made, "signature");
    EXPECT_EQ(key.public_key().hex(), text_in(made, "public_key"));
    EXPECT_TRUE(verify(key.public_key(), tag, message, signature));
    EXPECT_EQ(key.sign(tag, message), signature);
  }
}

TEST_F(FromTypeScript, PhrasesGrowIntoOurKeys) {
  ASSERT_FALSE(seals_.at("phrases").empty());
  for (const auto& made : seals_.at("phrases")) {
    ReplayRandom random(made.at("random"));
    const auto list = text_in(made, "list") == "nl-1" ? WordList::kDutch : WordList::kEnglish;
    EXPECT_EQ(generate_phrase(random, list).reveal_text(), text_in(made, "phrase"));
    EXPECT_TRUE(random.exhausted());
    const auto phrase = parse_phrase(text_in(made, "phrase"));
    ASSERT_TRUE(phrase);
    const CaseKeys keys(*phrase, value_in<protocol::ServiceId>(made, "service_id"));
    EXPECT_EQ(keys.public_key().hex(), text_in(made, "signing_public_key"));
    EXPECT_EQ(to_hex(keys.xwing_seed().reveal()), text_in(made, "xwing_seed"));
    EXPECT_EQ(xwing_key_hash(keys.xwing_public_key()).hex(), text_in(made, "xwing_key_hash"));
    EXPECT_EQ(to_hex(keys.local_key().reveal()), text_in(made, "local_key"));
    EXPECT_EQ(keys.local_name().hex(), text_in(made, "local_name"));
    for (const auto& grown : made.at("compartment_keys")) {
      const auto key = keys.compartment_key(grown.at("compartment").get<std::uint32_t>(),
                                            grown.at("epoch").get<std::uint32_t>(),
                                            value_in<Digest>(grown, "prev_hash"));
      EXPECT_EQ(to_hex(key.reveal()), text_in(grown, "key"));
      EXPECT_TRUE(matches(value_in<EpochCommitment>(grown, "commitment"), key));
    }
  }
}

TEST_F(FromTypeScript, EventsOpenAndAreSealedAlike) {
  ASSERT_FALSE(seals_.at("events").empty());
  for (const auto& made : seals_.at("events")) {
    const auto key = value_in<CompartmentKey>(made, "compartment_key");
    const auto share = value_in<CaseShare>(made, "case_share");
    const EventContext context{value_in<protocol::ServiceId>(made, "service_id"),
                               value_in<protocol::Handle>(made, "handle"),
                               value_in<SigningPublicKey>(made, "author"),
                               made.at("compartment").get<std::uint32_t>(),
                               made.at("epoch").get<std::uint32_t>(),
                               made.at("seq").get<std::uint64_t>()};
    EXPECT_EQ(case_share_commitment(share).hex(), text_in(made, "case_share_commitment"));
    const auto opened = open_event(key, share, context, bytes_in(made, "sealed"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened_hex(*opened), text_in(made, "plaintext"));
    ReplayRandom random(made.at("random"));
    const auto again = seal_event(key, share, context, bytes_in(made, "plaintext"), random);
    EXPECT_EQ(to_hex(again), text_in(made, "sealed"));
    EXPECT_TRUE(random.exhausted());
  }
}

TEST_F(FromTypeScript, HpkeMessagesOpenAndAreSealedAlike) {
  ASSERT_FALSE(seals_.at("hpke").empty());
  for (const auto& made : seals_.at("hpke")) {
    const auto seed = value_in<XWingSeed>(made, "seed");
    const auto info = bytes_in(made, "info");
    const auto aad = bytes_in(made, "aad");
    const auto opened = hpke_open(seed, value_in<XWingCiphertext>(made, "enc"), info, aad,
                                  bytes_in(made, "ciphertext"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened_hex(*opened), text_in(made, "plaintext"));
    ReplayRandom random(made.at("random"));
    const auto again =
        hpke_seal(xwing_public_key(seed), info, aad, bytes_in(made, "plaintext"), random);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->enc.hex(), text_in(made, "enc"));
    EXPECT_EQ(to_hex(again->ciphertext), text_in(made, "ciphertext"));
    EXPECT_TRUE(random.exhausted());
  }
}

TEST_F(FromTypeScript, TextsKeptOnADeviceOpenAndAreSealedAlike) {
  const auto& locals = seals_.at("locals");
  const auto& member = locals.at("member");
  const auto seed = value_in<SigningSeed>(member, "signing_seed");
  const auto service = value_in<protocol::ServiceId>(member, "service_id");
  EXPECT_EQ(to_hex(member_local_key(seed, service).reveal()), text_in(member, "local_key"));
  EXPECT_EQ(member_local_name(seed, service).hex(), text_in(member, "local_name"));
  ASSERT_FALSE(locals.at("texts").empty());
  for (const auto& made : locals.at("texts")) {
    const auto key = value_in<LocalKey>(made, "key");
    const auto opened = open_local(key, text_in(made, "purpose"), bytes_in(made, "sealed"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened_hex(*opened), text_in(made, "plaintext"));
    ReplayRandom random(made.at("random"));
    const auto again =
        seal_local(key, text_in(made, "purpose"), bytes_in(made, "plaintext"), random);
    EXPECT_EQ(to_hex(again), text_in(made, "sealed"));
  }
}

TEST_F(FromTypeScript, FilesOpenWholeAndAreSealedAlike) {
  ASSERT_FALSE(seals_.at("files").empty());
  for (const auto& made : seals_.at("files")) {
    const auto key = value_in<FileKey>(made, "file_key");
    const auto share = value_in<CaseShare>(made, "case_share");
    const auto upload = value_in<protocol::UploadId>(made, "upload_id");
    Bytes data(made.at("data_bytes").get<std::size_t>());
    for (std::size_t i = 0; i < data.size(); ++i)
      data[i] = static_cast<std::uint8_t>(7 * i + i / 256);
    StreamSealer sealer(key, share, upload, data.size());
    StreamOpener opener(key, share, upload, sealer.chunks());
    Bytes read;
    for (std::size_t i = 0, at = 0; !sealer.finished(); ++i) {
      const auto wanted = sealer.wanted();
      const auto sealed = sealer.next(ByteView(data).subspan(at, wanted));
      at += wanted;
      const bool whole = made.contains("chunks");
      EXPECT_EQ(whole ? to_hex(sealed) : sha256(sealed).hex(),
                made.at(whole ? "chunks" : "chunk_hashes").at(i).get<std::string>());
      const auto piece =
          opener.next(whole ? hex(made.at("chunks").at(i).get<std::string>()) : sealed);
      ASSERT_TRUE(piece);
      read.insert(read.end(), piece->begin(), piece->end());
    }
    EXPECT_TRUE(opener.finished());
    EXPECT_EQ(read, data);
  }
}

TEST_F(FromTypeScript, KeyFilesOpenAndAreSealedAlike) {
  ASSERT_FALSE(seals_.at("key_files").empty());
  for (const auto& made : seals_.at("key_files")) {
    const auto passphrase = text_in(made, "passphrase");
    const auto file = open_key_file(bytes_in(made, "sealed"), as_bytes(passphrase));
    ASSERT_TRUE(file);
    EXPECT_EQ(file->member_id.hex(), text_in(made, "member_id"));
    EXPECT_EQ(to_hex(file->signing_seed.reveal()), text_in(made, "signing_seed"));
    ASSERT_EQ(file->xwing_seeds.size(), made.at("xwing_seeds").size());
    for (std::size_t i = 0; i < file->xwing_seeds.size(); ++i)
      EXPECT_EQ(to_hex(file->xwing_seeds[i].reveal()), made.at("xwing_seeds").at(i));
    ReplayRandom random(made.at("random"));
    const KeyFileCost cost{made.at("passes").get<std::uint32_t>(),
                           made.at("memory_kib").get<std::uint32_t>()};
    EXPECT_EQ(to_hex(seal_key_file(*file, as_bytes(passphrase), random, cost)),
              text_in(made, "sealed"));
    EXPECT_FALSE(open_key_file(bytes_in(made, "sealed"), as_bytes("another")));
  }
}

}  // namespace
}  // namespace omzien::crypto
