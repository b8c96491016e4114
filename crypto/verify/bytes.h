// Plain bytes, views of them, and public values of one fixed size.
//
// Nothing here is secret: for secrets see crypto/verify/secret.h.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace omzien::crypto {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The bytes of a text, without a closing zero. The view lives as long as the text.
ByteView as_bytes(std::string_view text);
Bytes to_bytes(std::string_view text);

// Lower-case hexadecimal, two digits a byte. `from_hex` takes either case; an odd length or any
// other character gives nothing.
std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view hex);

// RFC 4648 section 5, without padding. `from_base64url` takes nothing else.
std::string to_base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);

// A public value of exactly N bytes. `Tag` only makes types differ: a handle is no member id, and
// the compiler says so. All zeros when default-constructed. Ordered by bytes.
template <class Tag, std::size_t N>
class FixedBytes {
 public:
  static constexpr std::size_t kSize = N;

  constexpr FixedBytes() = default;
  constexpr explicit FixedBytes(const std::array<std::uint8_t, N>& bytes) : bytes_(bytes) {}

  // Nothing unless `bytes` has exactly N.
  static std::optional<FixedBytes> from(ByteView bytes) {
    if (bytes.size() != N) return std::nullopt;
    FixedBytes value;
    std::copy(bytes.begin(), bytes.end(), value.bytes_.begin());
    return value;
  }

  ByteView view() const { return bytes_; }
  const std::uint8_t* data() const { return bytes_.data(); }
  std::uint8_t* data() { return bytes_.data(); }
  static constexpr std::size_t size() { return N; }
  Bytes to_bytes() const { return Bytes(bytes_.begin(), bytes_.end()); }
  std::string hex() const { return to_hex(view()); }

  friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;

 private:
  std::array<std::uint8_t, N> bytes_{};
};

// For unordered containers. Fixed seed: bound the number of keys a stranger may choose.
struct FixedBytesHash {
  template <class Tag, std::size_t N>
  std::size_t operator()(const FixedBytes<Tag, N>& value) const noexcept {
    const auto* text = reinterpret_cast<const char*>(value.data());
    return std::hash<std::string_view>{}(std::string_view(text, N));
  }
};

}  // namespace omzien::crypto

template <class Tag, std::size_t N>
struct std::hash<omzien::crypto::FixedBytes<Tag, N>> : omzien::crypto::FixedBytesHash {};
