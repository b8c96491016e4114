// A file in memory for parsers that read files: /proc/self/fd/N is its path.
#pragma once

#include <filesystem>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fuzz/target.h"

namespace omzien::fuzz {

class ScratchFile {
 public:
  ScratchFile() : fd_(::memfd_create("omzien fuzz", MFD_CLOEXEC)) {
    must(fd_ >= 0 && ::fchmod(fd_, 0600) == 0);
  }
  ~ScratchFile() { ::close(fd_); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  std::filesystem::path holding(crypto::ByteView bytes) const {
    must(::ftruncate(fd_, 0) == 0);
    must(::pwrite(fd_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    return "/proc/self/fd/" + std::to_string(fd_);
  }

 private:
  int fd_;
};

}  // namespace omzien::fuzz
