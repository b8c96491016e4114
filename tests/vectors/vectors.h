// What the writers of known-answer vectors share. One function per file of tests/vectors.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "crypto/open/open_error.h"
#include "crypto/verify/bytes.h"
#include "crypto/verify/random.h"
#include "tests/crypto/fixed_random.h"

namespace omzien::crypto::vectors {

using Json = nlohmann::ordered_json;

Json fields();
Json signature();
Json ed25519_edge();
Json commitment();
Json padding();
Json event();
Json local();
Json stream();
Json file_secret();
Json hpke();
Json phrase();
Json case_keys();
Json key_file();
Json cases();
Json cheats();
Json parsing();
Json states();
Json event_content();
Json access();
Json desk();

// Passes on what another source gives and remembers it.
class RecordingRandom final : public Random {
 public:
  explicit RecordingRandom(Random& source) : source_(source) {}
  void fill(std::span<std::uint8_t> out) override {
    source_.fill(out);
    drawn_.insert(drawn_.end(), out.begin(), out.end());
  }
  std::string drawn_hex() const { return to_hex(drawn_); }

 private:
  Random& source_;
  Bytes drawn_;
};

// "malformed", "wrong key or altered", "newer suite", or "opens", for what must be refused.
template <class Opened>
std::string verdict(const Opened& opened) {
  if (opened) return "opens";
  switch (opened.error()) {
    case OpenError::kMalformed: return "malformed";
    case OpenError::kWrongKeyOrAltered: return "wrong key or altered";
    case OpenError::kNewerSuite: return "newer suite";
  }
  return "unknown";
}

inline Bytes with_flipped_bit(Bytes bytes, std::size_t byte) {
  bytes.at(byte) ^= 1;
  return bytes;
}

}  // namespace omzien::crypto::vectors
