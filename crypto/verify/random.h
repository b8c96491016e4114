// Randomness is a parameter, so every construct has known-answer tests.
#pragma once

#include <cstdint>
#include <span>

namespace omzien::crypto {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

// The system's, through libsodium's randombytes_buf. Safe to use from several threads.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// A new public value or secret key of its type's size.
template <class Value>
Value random_value(Random& random) {
  Value value;
  random.fill({value.data(), Value::kSize});
  return value;
}
template <class Key>
Key random_key(Random& random) {
  return Key::make([&](std::span<std::uint8_t> out) { random.fill(out); });
}

}  // namespace omzien::crypto
