// Memory for secrets: guarded, locked where the system allows, wiped when it goes.
//
// Secrets move and do not copy, compare or print. The one way to the bytes is `reveal()`, so that a
// reader of the code can search for it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

#include "crypto/verify/bytes.h"

namespace omzien::crypto {

// Readies libsodium; call once at the start of every program. Throws std::runtime_error if it
// cannot, or if the library found at run time is older than 1.0.22.
void initialise();

// True when both have the same length and the same bytes. The time depends on the length alone.
bool constant_time_equal(ByteView a, ByteView b);

// Overwrites memory that is not a SecretBytes, in a way the compiler keeps.
void wipe(std::span<std::uint8_t> bytes);

// A secret of any size, zeros at first. Allocated by sodium_malloc: a guard page behind it, kept
// out of swap and core dumps. That costs some pages and system calls each, so use one for a whole,
// not for parts. A moved-from value is empty.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size);  // throws std::bad_alloc
  ~SecretBytes();
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  static SecretBytes from(ByteView bytes);
  SecretBytes copy() const { return from(reveal()); }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  ByteView reveal() const { return {data_, size_}; }
  std::span<std::uint8_t> reveal_mutable() { return {data_, size_}; }

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

// A secret of exactly N bytes, told apart by `Tag`. Never empty except when moved from.
template <class Tag, std::size_t N>
class SecretKey {
 public:
  static constexpr std::size_t kSize = N;

  SecretKey(SecretKey&&) noexcept = default;
  SecretKey& operator=(SecretKey&&) noexcept = default;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  ~SecretKey() = default;

  // Nothing unless `bytes` has exactly N.
  static std::optional<SecretKey> from(ByteView bytes) {
    if (bytes.size() != N) return std::nullopt;
    return make(
        [&](std::span<std::uint8_t> out) { std::copy(bytes.begin(), bytes.end(), out.begin()); });
  }

  // A key whose N bytes `fill` writes, so that they never stand anywhere else.
  template <class Fill>
  static SecretKey make(Fill&& fill) {
    SecretKey key;
    std::forward<Fill>(fill)(key.bytes_.reveal_mutable());
    return key;
  }

  SecretKey copy() const { return SecretKey(bytes_.copy()); }
  ByteView reveal() const { return bytes_.reveal(); }
  std::span<std::uint8_t> reveal_mutable() { return bytes_.reveal_mutable(); }

 private:
  SecretKey() : bytes_(N) {}
  explicit SecretKey(SecretBytes bytes) : bytes_(std::move(bytes)) {}
  SecretBytes bytes_;
};

static_assert(!std::is_copy_constructible_v<SecretBytes> &&
              !std::is_copy_assignable_v<SecretBytes>);
static_assert(!std::is_copy_constructible_v<SecretKey<void, 32>>);
static_assert(!std::is_copy_assignable_v<SecretKey<void, 32>>);

}  // namespace omzien::crypto
