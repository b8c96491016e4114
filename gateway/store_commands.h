// What is done to a store from outside: backup, restore, rekey, purge. Each throws ConfigError or
// StoreError, having changed nothing.
#pragma once

#include "gateway/program.h"

namespace omzien::gateway {

struct BackupCommand {
  std::filesystem::path to;
};
struct RestoreCommand {
  std::filesystem::path from;
  std::filesystem::path key_file;  // of the backup; empty: the configured one
  // One of these three is said, always: what lies there may be from an earlier restore.
  std::filesystem::path tombstones;  // empty: not said
  bool no_tombstones = false;        // there are none: nothing was ever withdrawn
  bool tombstones_lost = false;      // there are none any more, and what comes back comes back
};
struct RekeyCommand {
  std::filesystem::path key_file;  // wrap the data key for this one
  bool data_key = false;           // make another data key
};

Exit back_up(const Config&, const BackupCommand&);  // running or stopped
Exit restore(const Config&, const RestoreCommand&);
Exit rekey(const Config&,
           const RekeyCommand&);  // a key file running or stopped, a data key stopped
Exit purge(const Config&);        // running or stopped

}  // namespace omzien::gateway
