// The few things that a store does with files other than its database.
#pragma once

#include <filesystem>

#include "storage/store.h"

namespace omzien::storage {

// A system error number (errno) as a storage error.
Error error_of_errno(int number);

// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

enum class Readers {
  kAnybody,
  kOwnerOnly,  // kExposed when the group or others may read or write it
};

// A regular file of at most `bytes_max` (more: kDamaged), into memory that is wiped.
Result<crypto::SecretBytes> read_file(const std::filesystem::path& path, std::size_t bytes_max,
                                      Readers readers);

// Replaces or makes the file, mode 0600, so that after a crash at any moment it holds either what
// it held before or all of `bytes`. On disk when it returns. Uses `<path>.part` on the way.
Result<void> write_file(const std::filesystem::path& path, crypto::ByteView bytes);

// Writes at `offset` of a file that is there; what lay behind stays. On disk when it returns.
Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset,
                      crypto::ByteView bytes);

// Sets the times at which the file was read and changed back to the beginning of the day of its
// last change. A time that can't be set stays: the content is what counts.
void show_day_alone(const std::filesystem::path& path);

// Makes an empty file, mode 0600; kConflict when it is there already.
Result<void> make_file(const std::filesystem::path& path);

// Renames within a folder; on disk when it returns.
Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to);

// Removes a file; none there is no error.
Result<void> remove_file(const std::filesystem::path& path);

// Writes to disk which files the folder of `path` holds.
Result<void> sync_folder_of(const std::filesystem::path& path);

}  // namespace omzien::storage
