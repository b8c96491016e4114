#include "clients/cli/cleaned_files.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <numeric>

#include "clients/cleaning/clean.h"
#include "clients/core/local_folder.h"

namespace omzien::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolderEnds = ".cleaned";

void tell(const std::string& name, const std::vector<std::string>& removed) {
  if (removed.empty()) {
    std::cerr << name << ": there was nothing to remove. Its name goes along.\n";
    return;
  }
  const auto list = std::accumulate(
      std::next(removed.begin()), removed.end(), removed.front(),
      [](std::string sum, const std::string& one) { return std::move(sum) + "; " + one; });
  std::cerr << name << ": removed " << list
            << ". Its name goes along, and what can be seen in it.\n";
}

// Of a file that may be too large to hold. What can't be read is told where it is read whole.
cleaning::Kind kind_of_file(const std::string& path) {
  crypto::Bytes head(cleaning::kKindBytes);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return cleaning::kind_of(head);
}

// A copy that waits from before is the same, byte for byte; whatever else has its name is
// somebody's own, and stays.
Result<void> keep_copy(const fs::path& copy, const crypto::Bytes& bytes) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(copy, error))) return core::write_file(copy, bytes);
  const auto there = core::read_file(copy, cleaning::kCleanedBytesMax);
  if (there && *there == bytes) return {};
  return bad_input(copy.string() +
                   " is there already, and is not the copy that would be sent: move it away, or "
                   "send that one with --attach-as-is");
}

// Adds the path to send in place of this one.
Result<void> clean_one(const std::string& path, CleanedFiles& files) {
  const auto name = fs::path(path).filename().string();
  if (kind_of_file(path) == cleaning::Kind::kUnknown) {
    std::cerr << name << ": goes as it is. Place, device and author may stand in it.\n";
    files.paths.push_back(path);
    return {};
  }
  const auto file = core::read_file(path, cleaning::kCleanedBytesMax);
  if (!file) return tl::unexpected(file.error());
  const auto cleaned = cleaning::clean(*file);
  if (!cleaned)
    return bad_input(path + " can't be cleaned: " + cleaned.error().message +
                     ". --attach-as-is sends it as it is.");
  const auto copy = fs::path(path + kFolderEnds) / name;
  std::error_code error;
  if (fs::create_directory(copy.parent_path(), error)) files.made.push_back(copy.string());
  if (auto kept = keep_copy(copy, cleaned->bytes); !kept) return kept;
  tell(name, cleaned->removed);
  files.paths.push_back(copy.string());
  return {};
}

}  // namespace

Result<CleanedFiles> cleaned_files(const std::vector<std::string>& paths) {
  CleanedFiles files;
  for (const auto& path : paths) {
    const auto cleaned = clean_one(path, files);
    if (cleaned) continue;
    for (const auto& made : files.made) forget_cleaned(made);
    return tl::unexpected(cleaned.error());
  }
  return files;
}

void forget_cleaned(const std::string& path) {
  const auto folder = fs::path(path).parent_path();
  if (folder.filename() != fs::path(path).filename().string() + kFolderEnds) return;
  std::error_code error;
  fs::remove(path, error);
  fs::remove(folder, error);  // only when nothing else stands in it
}

}  // namespace omzien::cli
