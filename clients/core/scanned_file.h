// A file on this device that is about to be sent: looked through once, and from then on only as it
// was then. What was sealed under a file's key must never be anything else (crypto/open/stream.h).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "clients/core/errors.h"
#include "crypto/open/stream.h"
#include "crypto/verify/hash.h"

namespace omzien::core {

class ScannedFile {
 public:
  // Reads it from end to end. Keeps 32 bytes for each 15 KB, and the file open. kBadInput: it can't
  // be read, is no ordinary file, or has more than rules::kFileBytesMax.
  static Result<ScannedFile> scan(const std::filesystem::path&);
  ~ScannedFile();
  ScannedFile(ScannedFile&&) noexcept;
  ScannedFile& operator=(ScannedFile&&) = delete;

  std::uint64_t size() const { return size_; }
  const crypto::Digest& sha256() const { return sha256_; }
  // As the reader will be told: the path's last part and, by its ending, what is in it.
  const std::string& name() const { return name_; }
  std::string media_type() const;

  // The data of one of the stream's chunks, none past the end. kBadInput: it is no longer what was
  // scanned.
  Result<crypto::Bytes> chunk_data(std::uint64_t chunk) const;

 private:
  ScannedFile(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  Result<crypto::Bytes> read(std::uint64_t chunk) const;
  Result<void> look_through();

  int descriptor_;
  std::string name_;
  std::uint64_t size_ = 0;
  crypto::Digest sha256_;
  std::vector<crypto::Digest> pieces_;
};

}  // namespace omzien::core
