// Sealed files on the person's own device. Their names and contents tell nothing without the key.
#pragma once

#include <filesystem>
#include <optional>

#include "clients/core/errors.h"
#include "clients/core/identity.h"
#include "crypto/verify/random.h"

namespace omzien::core {

class LocalFolder {
 public:
  // The time in which one program alone changes a file, from reading it until what follows from it
  // was written. Ends with the object.
  class Turn {
   public:
    Turn() = default;
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&& other) noexcept;
    ~Turn();
    bool held() const { return descriptor_ >= 0; }

   private:
    friend class LocalFolder;
    Turn(int descriptor, std::filesystem::path path)
        : descriptor_(descriptor), path_(std::move(path)) {}
    int descriptor_ = -1;  // of the lock file beside it, which goes with the turn
    std::filesystem::path path_;
  };

  // Made, readable by its owner alone, when something is first written.
  explicit LocalFolder(std::filesystem::path path) : path_(std::move(path)) {}

  // OMZIEN_STATE, else XDG_STATE_HOME/omzien, else ~/.local/state/omzien.
  static std::filesystem::path standard_path();

  // The file of this identity and purpose ("outbox", "heads"); empty when there is none.
  // kVerification: it is there and does not open.
  Result<std::optional<crypto::SecretBytes>> read(const Identity&, std::string_view purpose) const;

  // Waits for another program that has the turn. No turn, and no error, where there is no folder or
  // nothing in it can be written. Not twice at once in one program. kUnreachable: waited in vain.
  Result<Turn> turn(const Identity&, std::string_view purpose) const;
  // The same for who is about to write: makes the folder, so that two first runs at once take turns
  // in it, too. kBadInput: it can't be made.
  Result<Turn> turn_to_write(const Identity&, std::string_view purpose) const;

  // Replaces it, on disk before this returns; or removes it. kBadInput: more than would be read
  // again, or the folder can't be written.
  Result<void> write(const Identity&, std::string_view purpose, crypto::ByteView plaintext,
                     crypto::Random&) const;
  Result<void> remove(const Identity&, std::string_view purpose) const;

 private:
  Result<void> make() const;
  std::filesystem::path file(const Identity&, std::string_view purpose) const;

  std::filesystem::path path_;
};

// A whole file; bounded. Errors name the file.
Result<crypto::Bytes> read_file(const std::filesystem::path&, std::size_t bytes_max);

// Writes beside it, fsyncs, renames over it, fsyncs the folder; mode 0600. Of two at once the later
// one stays, whole.
Result<void> write_file(const std::filesystem::path&, crypto::ByteView);

}  // namespace omzien::core
