#include "crypto/open/padding.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "omzien/rules.h"

namespace omzien::crypto {

namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kDataBytesMax = std::size_t{1} << 31;

}  // namespace

std::uint64_t padme(std::uint64_t n) {
  if (n == 0) return 0;
  const std::uint64_t exponent = std::bit_width(n) - 1;  // E = floor(log2 n)
  const std::uint64_t kept = std::bit_width(exponent);   // S = floor(log2 E) + 1
  const std::uint64_t mask = (std::uint64_t{1} << (exponent - kept)) - 1;
  return (n + mask) & ~mask;
}

std::uint64_t padded_size(std::uint64_t data_bytes) {
  const std::uint64_t whole = data_bytes + kLengthBytes;
  for (const std::uint64_t size_class :
       {rules::kPaddingSmallBytes, rules::kPaddingMediumBytes, rules::kPaddingLargeBytes})
    if (whole <= size_class) return size_class;
  return padme(whole);
}

bool is_padded_size(std::uint64_t size) {
  return size >= kLengthBytes && padded_size(size - kLengthBytes) == size;
}

SecretBytes pad(ByteView data) {
  if (data.size() >= kDataBytesMax) throw std::length_error("padding: 2 GiB or more");
  SecretBytes padded(padded_size(data.size()));
  const auto out = padded.reveal_mutable();
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    out[i] = static_cast<std::uint8_t>(data.size() >> (8 * (kLengthBytes - 1 - i)));
  std::copy(data.begin(), data.end(), out.begin() + kLengthBytes);
  return padded;
}

std::optional<ByteView> unpad(ByteView padded) {
  if (padded.size() < kLengthBytes) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length = length << 8 | padded[i];
  if (length >= kDataBytesMax || padded_size(length) != padded.size()) return std::nullopt;
  const auto filler = padded.subspan(kLengthBytes + length);
  if (std::any_of(filler.begin(), filler.end(), [](std::uint8_t byte) { return byte != 0; }))
    return std::nullopt;
  return padded.subspan(kLengthBytes, length);
}

}  // namespace omzien::crypto
