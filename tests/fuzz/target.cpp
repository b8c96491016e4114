#include "tests/fuzz/target.h"

#include "crypto/verify/secret.h"

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool ready = (omzien::crypto::initialise(), true);
  if (ready) omzien::fuzz::run({data, size});
  return 0;
}
