// Bytes that a case share stands in are wiped however a function ends: with an error of the store,
// or where it finds no memory, too.
#pragma once

#include "crypto/verify/secret.h"

namespace omzien::gateway {

class WipedAtEnd {
 public:
  explicit WipedAtEnd(crypto::Bytes& bytes) : bytes_(bytes) {}
  ~WipedAtEnd() { crypto::wipe(bytes_); }
  WipedAtEnd(const WipedAtEnd&) = delete;
  WipedAtEnd& operator=(const WipedAtEnd&) = delete;

 private:
  crypto::Bytes& bytes_;
};

}  // namespace omzien::gateway
