// Files of a case: sent chunk by chunk with flat memory, gone on with after a cut at any chunk, and
// fetched into a file that appears only once it is whole (protocol §6).
//
// What an upload is called and sealed with follows from the file and the author's secret
// (crypto/open/file_secrets.h). So going on with an upload needs nothing that was kept: the same
// file leads to the same upload, and another one to another.
#pragma once

#include <functional>

#include "clients/core/delivery.h"
#include "clients/core/pending_files.h"
#include "clients/core/scanned_file.h"

namespace omzien::core {

// Chunks that arrived, of how many. Filler counts: it is sent too.
using FileProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

struct AttachedNow {
  AttachedFile file;
  bool already = false;  // this very file stood in the case
};

// Sends files for one identity. Each file becomes an event of its own, sent when all of it is
// there.
class Attaching {
 public:
  Attaching(Connection& connection, const Identity& self, const LocalFolder& folder,
            crypto::Random& random, FileProgress progress = {})
      : connection_(connection),
        self_(self),
        folder_(folder),
        random_(random),
        progress_(std::move(progress)) {}

  // Remembers the file, sends it, and forgets it once the case has it. After kUnreachable the same
  // call goes on where it stopped.
  Result<AttachedNow> attach(const protocol::Handle&, rules::Compartment,
                             const std::filesystem::path&);

  // Goes on with every file that was named before; stops at the first error. kBadInput: a file
  // changed since; it stays in the list.
  Result<std::vector<AttachedNow>> attach_waiting();

 private:
  Result<AttachedNow> send(const PendingFile&, const ScannedFile&);
  Result<void> upload(const protocol::Handle&, const AttachedFile&, const crypto::CaseShare&,
                      const ScannedFile&);
  Result<std::uint32_t> put(const protocol::Handle&, const AttachedFile&, crypto::StreamSealer&,
                            const ScannedFile&, std::uint64_t first, std::uint64_t count);
  Result<void> remember(const PendingFile&);
  Result<void> forget(const PendingFile&);

  Connection& connection_;
  const Identity& self_;
  const LocalFolder& folder_;
  crypto::Random& random_;
  FileProgress progress_;
};

// Remembers a file for attach_waiting, when no gateway can be reached.
Result<void> keep_for_later(const LocalFolder&, const Identity&, crypto::Random&,
                            const protocol::Handle&, rules::Compartment,
                            const std::filesystem::path&, const ScannedFile&);

// A file in an opened case. Numbered from 1, in the order they were sent.
struct FoundFile {
  std::size_t number = 0;
  std::uint32_t number_in_entry = 0;  // from 1
  const OpenedEntry* entry = nullptr;
  const AttachedFile* file = nullptr;
  rules::Compartment compartment{};
};
std::vector<FoundFile> files_of(const OpenedCase&);

// Writes the file beside `out`, and under that name once every byte is checked. kBadInput: `out` is
// there already or can't be written. kVerification: what the gateway hands over is not the file.
Result<void> save_file(Connection&, const Identity&, const OpenedCase&, const FoundFile&,
                       const std::filesystem::path& out, const FileProgress& = {});

// What a received name may be shown as: no folder, no control characters, no leading dot, never
// empty. Still only a label: where a file goes, the reader says.
std::string shown_name(const AttachedFile&);

}  // namespace omzien::core
