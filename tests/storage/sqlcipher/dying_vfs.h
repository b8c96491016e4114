// A VFS below SQLCipher in which the program is killed when told to: between any two operations.
#pragma once

#include <string>

namespace omzien::storage::sqlcipher::dying {

// Registers the VFS, once; its name, for OpenOptions::vfs.
std::string name();

// What a program that died here returns.
inline constexpr int kDied = 99;

// After `operations` more writes, truncations, syncs and deletions the program is gone at once, as
// with SIGKILL: what was written is written, and nothing is tidied up. For a child process.
void die_after(int operations);

}  // namespace omzien::storage::sqlcipher::dying
