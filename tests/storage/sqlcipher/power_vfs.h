// A VFS below SQLCipher whose power can be cut: the disk keeps what was synced, and of the rest any
// part, in any order.
//
// Every write, truncation, sync, creation and deletion is noted while it is also done. At a chosen
// operation the power goes: from then on nothing succeeds. What a disk may hold afterwards is then
// made into a folder, by chance: of each file what had been synced, with some of its later writes,
// each torn at any sector; files are there or not whose creation or deletion was not
// made to last by a sync of their folder, and under their old name or the new one. That is seen
// where it happens: this program's fsync, fdatasync, rename and unlink are the model's
// (power_calls.cpp), for SQLite and for the store alike.
#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace omzien::storage::sqlcipher::power {

// Registers the VFS, once; its name, for OpenOptions::vfs.
std::string name();

enum class Syncing {
  kAsTheEngineAsks,
  kOff,  // the engine's PRAGMA synchronous becomes OFF on its way
};

// The power is on and nothing is noted yet; it goes after `operations` writes, truncations and
// syncs (none, when negative). Files that are there count as synced.
void begin(int operations, Syncing syncing);
// From now on folders fail to be synced (EIO) while files go on, or no more; begin() ends it.
void fail_folders(bool failing);
// Whether it went.
bool is_off();
// How many operations there were since begin().
int operations();

// Makes in `folder` what the disk may hold of the files of `from`. With the power still on: as if
// it went now.
void leave_behind(const std::filesystem::path& from, const std::filesystem::path& folder,
                  std::mt19937& random);

}  // namespace omzien::storage::sqlcipher::power
