// What the power's VFS (power_vfs.h) knows of the disk: for it and the system calls beside it.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/storage/sqlcipher/power_vfs.h"

namespace omzien::storage::sqlcipher::power {

struct Change {
  std::int64_t offset = 0;  // of a write; the size of a truncation
  std::string bytes;
  bool truncates = false;
};

// What is known of one file: the disk's, and what was not synced since.
struct Disk {
  std::string synced;
  std::vector<Change> changes;
  bool entry_synced = true;  // that the folder holds it, or does not any more
  bool deleted = false;
};
using Disks = std::map<std::string, Disk>;

struct Rename {
  std::string from;
  std::string to;
};

struct Model {
  // One disk for all of a test: the engine writes from one thread, reads from others. Recursive,
  // since the system's VFS syncs folders, and removes files, in the midst of what is noted here.
  std::recursive_mutex mutex;
  Disks disks;
  std::vector<Rename> renames;                // which the folder was not synced after
  std::map<const void*, std::string> opened;  // by SQLite
  int left = -1;
  int counted = 0;
  bool off = false;
  bool folders_fail = false;
  Syncing syncing = Syncing::kAsTheEngineAsks;

  // One operation more; false: the power is off, or goes at this one.
  bool takes_place();
  // Whether some files of the folder are on this disk.
  bool holds(const std::filesystem::path& folder) const;
};
Model& model();

std::string content_of(const std::filesystem::path& path);
void apply(std::string& content, const Change& change);
// The file has its other name.
void apply(Disks& disks, const Rename& rename);

}  // namespace omzien::storage::sqlcipher::power
