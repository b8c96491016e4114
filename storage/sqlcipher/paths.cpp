#include "storage/sqlcipher/paths.h"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <sys/stat.h>

#include "storage/files.h"

namespace omzien::storage::sqlcipher {

using std::filesystem::path;

path beside(const path& database, const char* ending) {
  auto name = database;
  name += ending;
  return name;
}

OpenOptions with_absolute_path(const OpenOptions& options) {
  OpenOptions absolute = options;
  std::error_code ignored;
  absolute.path = std::filesystem::absolute(options.path, ignored);
  return absolute;
}

Result<bool> is_there(const path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0) return true;
  if (errno == ENOENT) return false;
  return tl::unexpected(error_of_errno(errno));
}

bool is_named_as_part(const path& database, const path& file) {
  const auto folder_of = [](const path& of) { return std::filesystem::absolute(of).parent_path(); };
  std::error_code none;
  if (!std::filesystem::equivalent(folder_of(database), folder_of(file), none)) return false;
  constexpr std::string_view kEndings[] = {"",           "-wal",        "-shm",
                                           "-journal",   ".datakey",    ".datakey.part",
                                           ".lock",      ".tombstones", ".tombstones.part",
                                           ".purge",     ".purge.part", ".new",
                                           ".restoring", ".restored",   ".rekeyed"};
  return std::ranges::any_of(kEndings, [&](std::string_view ending) {
    return file.filename().string() == database.filename().string().append(ending);
  });
}

Result<void> remove_journals(const path& database) {
  for (const char* ending : {"-wal", "-shm", "-journal"})
    if (auto removed = remove_file(beside(database, ending)); !removed) return removed;
  return {};
}

Result<void> remove_database(const path& database) {
  if (auto removed = remove_file(database); !removed) return removed;
  return remove_journals(database);
}

ConnectionOptions connection_options(const OpenOptions& options, const path& file, Role role) {
  return {file, role, options.wait_max, options.vfs};
}

}  // namespace omzien::storage::sqlcipher
