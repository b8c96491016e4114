// Bytes as they came from a socket: a header has the visitor's user agent in it. Wiped when let go,
// so that no core and no later allocation shows it.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>

#include <openssl/crypto.h>

namespace omzien::gateway::http {

class WipedBuffer {
 public:
  WipedBuffer() = default;
  explicit WipedBuffer(std::size_t capacity)
      : bytes_(std::make_unique_for_overwrite<std::uint8_t[]>(capacity)), capacity_(capacity) {}
  WipedBuffer(WipedBuffer&& other) noexcept { swap(other); }
  WipedBuffer& operator=(WipedBuffer&& other) noexcept {
    WipedBuffer(std::move(other)).swap(*this);
    return *this;
  }
  ~WipedBuffer() {
    if (size_ > 0) OPENSSL_cleanse(bytes_.get(), size_);
  }

  std::span<std::uint8_t> room() { return {bytes_.get() + size_, capacity_ - size_}; }
  void grew(std::size_t bytes) { size_ += bytes; }
  // Forgets the first `bytes`; what stands behind them moves to the front.
  void drop(std::size_t bytes) {
    std::copy(bytes_.get() + bytes, bytes_.get() + size_, bytes_.get());
    OPENSSL_cleanse(bytes_.get() + size_ - bytes, bytes);
    size_ -= bytes;
  }
  std::span<const std::uint8_t> view() const { return {bytes_.get(), size_}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(bytes_.get()), size_}; }

 private:
  void swap(WipedBuffer& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(capacity_, other.capacity_);
    std::swap(size_, other.size_);
  }

  std::unique_ptr<std::uint8_t[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

}  // namespace omzien::gateway::http
