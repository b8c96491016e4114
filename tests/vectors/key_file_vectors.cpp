// key-file.json

#include "crypto/open/key_file.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

namespace {

constexpr KeyFileCost kCheap{1, 64};

std::string answer(ByteView sealed, std::string_view passphrase) {
  const auto opened = open_key_file(sealed, as_bytes(passphrase));
  if (opened) return "opens";
  switch (opened.error()) {
    case KeyFileError::kNotAKeyFile: return "not a key file";
    case KeyFileError::kNewerVersion: return "newer version";
    case KeyFileError::kWrongPassphraseOrAltered: return "wrong passphrase or altered";
    case KeyFileError::kNoMemory: return "no memory";
  }
  return "unknown";
}

}  // namespace

Json key_file() {
  FixedRandom random("key file");
  Json files = Json::array();
  Bytes last;
  for (const std::size_t seeds : {0u, 2u}) {
    const KeyFileKind kind = seeds == 0 ? KeyFileKind::kRoot : KeyFileKind::kMember;
    KeyFile file{kind,
                 kind == KeyFileKind::kRoot ? protocol::MemberId()
                                            : random_value<protocol::MemberId>(random),
                 random_key<SigningSeed>(random),
                 {}};
    Json xwing = Json::array();
    for (std::size_t i = 0; i < seeds; ++i) {
      file.xwing_seeds.push_back(random_key<XWingSeed>(random));
      xwing.push_back(to_hex(file.xwing_seeds.back().reveal()));
    }
    RecordingRandom recorded(random);
    last = seal_key_file(file, as_bytes("langs de haven"), recorded, kCheap);
    files.push_back({{"passphrase", "langs de haven"},
                     {"passes", kCheap.passes},
                     {"memory_kib", kCheap.memory_kib},
                     {"kind", kind == KeyFileKind::kRoot ? "root" : "member"},
                     {"member_id", file.member_id.hex()},
                     {"signing_seed", to_hex(file.signing_seed.reveal())},
                     {"xwing_seeds", xwing},
                     {"random", recorded.drawn_hex()},
                     {"sealed", to_hex(last)}});
  }
  Json refused = Json::array();
  const auto refuse = [&](const char* what, const Bytes& sealed, std::string_view passphrase) {
    refused.push_back({{"what", what},
                       {"passphrase", passphrase},
                       {"sealed", to_hex(sealed)},
                       {"answer", answer(sealed, passphrase)}});
  };
  refuse("another passphrase", last, "langs de havens");
  refuse("a bit of the salt turned", with_flipped_bit(last, 9), "langs de haven");
  refuse("a bit of the tag turned", with_flipped_bit(last, last.size() - 1), "langs de haven");
  refuse("a bit of the magic turned", with_flipped_bit(last, 0), "langs de haven");
  refuse(
      "17 passes",
      [&] {
        Bytes greedy = last;
        greedy[28] = 17;
        return greedy;
      }(),
      "langs de haven");
  refuse(
      "a version to come",
      [&] {
        Bytes newer = last;
        newer[8] = 2;
        return newer;
      }(),
      "langs de haven");
  refuse("cut short", Bytes(last.begin(), last.begin() + 60), "langs de haven");
  return {{"files", files}, {"refused", refused}};
}

}  // namespace omzien::crypto::vectors
