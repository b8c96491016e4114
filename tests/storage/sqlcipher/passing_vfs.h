// A VFS that passes everything on to the system's own: where one begins that changes something.
#pragma once

#include <sqlite3.h>

namespace omzien::storage::sqlcipher::passing {

using Io = sqlite3_io_methods;

struct File {
  sqlite3_file base;  // must be first
  const Io* real_methods;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
inline File* ours(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

// Calls a method of the file below.
template <auto kMethod, class... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
  return (ours(file)->real_methods->*kMethod)(ours(file)->real(), arguments...);
}
inline void pass_barrier(sqlite3_file* file) {
  ours(file)->real_methods->xShmBarrier(ours(file)->real());
}

inline constexpr Io kMethods = {
    2,
    pass<&Io::xClose>,
    pass<&Io::xRead, void*, int, sqlite3_int64>,
    pass<&Io::xWrite, const void*, int, sqlite3_int64>,
    pass<&Io::xTruncate, sqlite3_int64>,
    pass<&Io::xSync, int>,
    pass<&Io::xFileSize, sqlite3_int64*>,
    pass<&Io::xLock, int>,
    pass<&Io::xUnlock, int>,
    pass<&Io::xCheckReservedLock, int*>,
    pass<&Io::xFileControl, int, void*>,
    pass<&Io::xSectorSize>,
    pass<&Io::xDeviceCharacteristics>,
    pass<&Io::xShmMap, int, int, int, void volatile**>,
    pass<&Io::xShmLock, int, int, int>,
    pass_barrier,
    pass<&Io::xShmUnmap, int>,
    nullptr,
    nullptr,
};

// Opens the file below; `methods` are this one's.
inline int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
                int* out_flags, const Io& methods) {
  auto* real_vfs = static_cast<sqlite3_vfs*>(vfs->pAppData);
  File* opened = ours(file);
  const int result_code = real_vfs->xOpen(real_vfs, path, opened->real(), flags, out_flags);
  opened->real_methods = opened->real()->pMethods;
  opened->base.pMethods = opened->real_methods == nullptr ? nullptr : &methods;
  return result_code;
}

// The system's VFS under another name, with room for `File` before each of its own, that opens and
// removes files in another way.
inline sqlite3_vfs copy_of_the_systems(const char* name, decltype(sqlite3_vfs::xOpen) open_file,
                                       decltype(sqlite3_vfs::xDelete) delete_file = nullptr) {
  sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs copy = *real;
  copy.zName = name;
  copy.pAppData = real;
  copy.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
  copy.xOpen = open_file;
  if (delete_file != nullptr) copy.xDelete = delete_file;
  return copy;
}

}  // namespace omzien::storage::sqlcipher::passing
