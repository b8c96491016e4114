#include "storage/describe.h"

namespace omzien::storage {

std::string_view describe(Error error) {
  switch (error) {
    case Error::kConflict:
      return "Something else was stored first, or the request contradicts what is stored. Nothing "
             "was changed.";
    case Error::kFull: return "The disk is full. Nothing was changed; make room and try again.";
    case Error::kReadOnly:
      return "The store's folder or file can't be written. Nothing was changed; check the owner, "
             "the permissions and whether the disk is mounted read-only.";
    case Error::kDamaged:
      return "The store is damaged: what is on disk is not what was written. Stop the gateway, "
             "keep the files as they are and restore a backup beside them.";
    case Error::kFailed:
      return "The system reported an error while reading or writing the store. Nothing was "
             "changed; the disk may be failing.";
    case Error::kUnreachable:
      return "A file of the store, its key or its folder is missing or may not be read. Nothing "
             "was changed.";
    case Error::kExposed:
      return "The key file can be read by others than its owner. Nothing was opened; set its mode "
             "to 0600 and consider a new key.";
    case Error::kWrongKey:
      return "This key does not open this store, or the file is not a store. Nothing was changed.";
    case Error::kInUse:
      return "Another process has this store open. Nothing was changed; stop that one first.";
    case Error::kNewer:
      return "This store was written by a newer version of the program. Nothing was changed; start "
             "that version.";
  }
  return "An unknown error.";
}

}  // namespace omzien::storage
