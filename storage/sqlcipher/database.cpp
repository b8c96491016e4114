#include "storage/sqlcipher/database.h"

#include <cerrno>
#include <fcntl.h>

#include "storage/files.h"
#include "storage/sqlcipher/migrate.h"
#include "storage/sqlcipher/paths.h"

namespace omzien::storage::sqlcipher {

using std::filesystem::path;

namespace {

// A file that is there stays there: where a first start was cut off, it alone says so (is_lost).
Result<void> make_or_empty(const path& file) {
  const Descriptor there(::open(file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW));
  if (there) return sync_folder_of(file);
  if (errno != ENOENT) return tl::unexpected(error_of_errno(errno));
  return make_file(file);
}

}  // namespace

Result<std::unique_ptr<Connection>> open_writer(const OpenOptions& options, const path& file,
                                                const DataKey& key) {
  auto writer = Connection::open(connection_options(options, file, Role::kWriter), key);
  if (!writer) return writer;
  if (auto migrated = migrate(**writer); !migrated) return tl::unexpected(migrated.error());
  if (auto ready = (*writer)->set_up_writer(); !ready) return tl::unexpected(ready.error());
  return writer;
}

Result<std::unique_ptr<Connection>> open_reader(const OpenOptions& options, const path& file,
                                                const DataKey& key) {
  auto opened = Connection::open(connection_options(options, file, Role::kReader), key);
  if (!opened) return opened;
  const auto version = version_of(**opened);
  if (!version) return tl::unexpected(version.error());
  if (*version == 0) return tl::unexpected(Error::kWrongKey);
  return opened;
}

Result<void> make_new_database(const OpenOptions& options, const DataKey& key) {
  const path fresh = beside(options.path, ".new");
  if (auto removed = remove_journals(fresh); !removed) return removed;
  if (auto made = make_or_empty(fresh); !made) return made;
  auto writer = open_writer(options, fresh, key);
  if (!writer) return tl::unexpected(writer.error());
  if (auto whole = (*writer)->execute("PRAGMA wal_checkpoint(TRUNCATE)"); !whole) return whole;
  return {};
}

Result<void> make_restored_database(const OpenOptions& options, const DataKey& key,
                                    Connection& from) {
  const path part = beside(options.path, ".restoring");
  auto copy = copy_to_file(options, from, part, key);
  if (!copy) {
    (void)remove_database(part);
    return tl::unexpected(copy.error());
  }
  copy->reset();
  return rename_file(part, beside(options.path, ".restored"));
}

Result<void> take_new_database(const OpenOptions& options) {
  const auto begun = is_there(beside(options.path, ".new"));
  if (!begun) return tl::unexpected(begun.error());
  return rename_file(beside(options.path, *begun ? ".new" : ".restored"), options.path);
}

Result<std::unique_ptr<Connection>> copy_to_file(const OpenOptions& options, Connection& from,
                                                 const path& file, const DataKey& key) {
  if (auto removed = remove_database(file); !removed) return tl::unexpected(removed.error());
  if (auto made = make_file(file); !made) return tl::unexpected(made.error());
  auto to = Connection::open(connection_options(options, file, Role::kWriter), key);
  if (!to) return to;
  if (auto copied = from.copy_into(**to); !copied) return tl::unexpected(copied.error());
  if (auto alone = (*to)->leave_wal(); !alone) return tl::unexpected(alone.error());
  // By another connection: this one remembers pages as it wrote them.
  to->reset();
  to = Connection::open(connection_options(options, file, Role::kWriter), key);
  if (!to) return to;
  if (auto whole = (*to)->check_every_page(); !whole) return tl::unexpected(whole.error());
  return to;
}

}  // namespace omzien::storage::sqlcipher
