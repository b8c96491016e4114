// Files that somebody named and that have not arrived yet. Each is referenced, not kept: the file
// stays where it is, and its hash says whether it still is the same one (proto/omzien/local.proto).
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "clients/core/local_folder.h"
#include "crypto/verify/hash.h"

namespace omzien::core {

struct PendingFile {
  protocol::Handle handle;
  rules::Compartment compartment{};
  std::filesystem::path path;  // absolute
  std::uint64_t size = 0;
  crypto::Digest sha256;
};

class PendingFiles {
 public:
  static Result<PendingFiles> load(const LocalFolder&, const Identity&);
  // On disk when it returns. None left: no file.
  Result<void> save(const LocalFolder&, const Identity&, crypto::Random&) const;

  // Both, and the change between them, in one turn: what another program adds meanwhile stays.
  static Result<void> change(const LocalFolder&, const Identity&, crypto::Random&,
                             const std::function<void(PendingFiles&)>&);

  // Replaces what was known of the same path for the same part of the same case.
  void add(PendingFile);
  void remove(const PendingFile&);
  const std::vector<PendingFile>& files() const { return files_; }

 private:
  std::vector<PendingFile> files_;
};

}  // namespace omzien::core
