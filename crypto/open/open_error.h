// Why something sealed did not open.
#pragma once

#include <cstdint>

namespace omzien::crypto {

enum class OpenError : std::uint8_t {
  kMalformed,          // not of a shape that was ever sealed; no key helps
  kWrongKeyOrAltered,  // another key, another context, or altered: these cannot be told apart
  kNewerSuite,         // made with a newer version; keep it and say so
};

}  // namespace omzien::crypto
