#include "crypto/verify/secret.h"

#include <new>
#include <sodium.h>
#include <stdexcept>

namespace omzien::crypto {

void initialise() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
  const int major = sodium_library_version_major();
  const int minor = sodium_library_version_minor();
  // The header's own numbers: X-Wing is there from 1.0.22 on.
  if (major < SODIUM_LIBRARY_VERSION_MAJOR ||
      (major == SODIUM_LIBRARY_VERSION_MAJOR && minor < SODIUM_LIBRARY_VERSION_MINOR))
    throw std::runtime_error("libsodium is older than the one this program was built with");
}

bool constant_time_equal(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  if (size == 0) return;
  // sodium_malloc needs libsodium ready, and a secret may be older than main().
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::bad_alloc();
  data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  if (data_ == nullptr) throw std::bad_alloc();
  sodium_memzero(data_, size);  // sodium_malloc fills with 0xdb
}

// sodium_free wipes before it gives the pages back.
SecretBytes::~SecretBytes() { sodium_free(data_); }

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this == &other) return *this;
  sodium_free(data_);
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

SecretBytes SecretBytes::from(ByteView bytes) {
  SecretBytes secret(bytes.size());
  std::copy(bytes.begin(), bytes.end(), secret.data_);
  return secret;
}

}  // namespace omzien::crypto
