// A VFS below SQLCipher that fails when told to: the disk of a bad day.
#pragma once

#include <string>

namespace omzien::storage::sqlcipher::faulty {

// Registers the VFS, once; its name, for OpenOptions::vfs.
std::string name();

// After `operations` more writes, truncations and syncs every further one returns `result_code`.
void fail_after(int operations, int result_code);

// After `reads` more reads of a file every further one says that the disk can't be read.
void fail_reads_after(int reads);

// Works again. True if anything failed since fail_after or fail_reads_after.
bool heal();

// After `operations` more of them the next write puts down other bytes than it was given, and says
// that all went well.
void alter_after(int operations);

// Alters nothing more. True if it did since alter_after.
bool altered();

// How many files have been synced to disk so far.
int syncs();

}  // namespace omzien::storage::sqlcipher::faulty
