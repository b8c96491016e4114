#include "tests/storage/sqlcipher/power_disk.h"

#include <algorithm>
#include <fstream>

namespace omzien::storage::sqlcipher::power {
namespace {

constexpr std::size_t kSector = 512;

// Some sectors of a write, each by itself.
void tear(std::string& content, const Change& change, std::mt19937& random) {
  if (change.truncates || random() % 3 == 0) return apply(content, change);
  for (std::size_t begin = 0; begin < change.bytes.size(); begin += kSector) {
    if (random() % 2 == 0) continue;
    apply(content, {change.offset + static_cast<std::int64_t>(begin),
                    change.bytes.substr(begin, kSector), false});
  }
}

// Whether the folder holds the file after the cut.
bool survives(const Disk& disk, std::mt19937& random) {
  if (disk.entry_synced) return !disk.deleted;
  return random() % 2 == 0;
}

}  // namespace

Model& model() {
  static Model one;
  return one;
}

bool Model::takes_place() {
  if (off) return false;
  ++counted;
  off = left == 0;
  if (left > 0) --left;
  return !off;
}

bool Model::holds(const std::filesystem::path& folder) const {
  return std::ranges::any_of(disks, [&](const auto& one) {
    return std::filesystem::path(one.first).parent_path() == folder;
  });
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void apply(std::string& content, const Change& change) {
  const auto at = static_cast<std::size_t>(change.offset);
  if (change.truncates) return content.resize(std::min(content.size(), at));
  if (content.size() < at + change.bytes.size()) content.resize(at + change.bytes.size());
  content.replace(at, change.bytes.size(), change.bytes);
}

void apply(Disks& disks, const Rename& rename) {
  disks[rename.to] = disks[rename.from];
  disks.erase(rename.from);
}

void begin(int operations, Syncing how) {
  const std::lock_guard lock(model().mutex);
  model().disks.clear();
  model().renames.clear();
  model().left = operations;
  model().counted = 0;
  model().off = false;
  model().folders_fail = false;
  model().syncing = how;
}

void fail_folders(bool failing) {
  const std::lock_guard lock(model().mutex);
  model().folders_fail = failing;
}

bool is_off() {
  const std::lock_guard lock(model().mutex);
  return model().off;
}

int operations() {
  const std::lock_guard lock(model().mutex);
  return model().counted;
}

void leave_behind(const std::filesystem::path& from, const std::filesystem::path& folder,
                  std::mt19937& random) {
  const std::lock_guard lock(model().mutex);
  Disks disks = model().disks;
  for (const auto& rename : model().renames)
    if (random() % 2 == 0) apply(disks, rename);
  for (const auto& [path, disk] : disks) {
    if (std::filesystem::path(path).parent_path() != from || !survives(disk, random)) continue;
    std::string content = disk.synced;
    auto changes = disk.changes;
    std::shuffle(changes.begin(), changes.end(), random);
    for (const auto& change : changes)
      if (random() % 2 == 0) tear(content, change, random);
    std::ofstream(folder / std::filesystem::path(path).filename(), std::ios::binary) << content;
  }
  // What the store made without SQLite and never synced is there as it is.
  for (const auto& file : std::filesystem::directory_iterator(from)) {
    const auto name = file.path().filename().string();
    if (model().disks.contains(file.path().string()) || name.ends_with("-shm")) continue;
    std::filesystem::copy_file(file.path(), folder / name,
                               std::filesystem::copy_options::overwrite_existing);
  }
}

}  // namespace omzien::storage::sqlcipher::power
