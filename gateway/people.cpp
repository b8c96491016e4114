#include "gateway/people.h"

#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>

namespace omzien::gateway {
namespace {

using protocol::DirectoryError;
using protocol::Lapsed;

// A directory, a certificate of some 1.4 KiB for each person in it, and a handbook.
constexpr std::uintmax_t kBundleBytesMax =
    rules::kDirectoryBytesMax + rules::kPeopleMax * 2'048 + rules::kHandbookBytesMax;

std::string_view describe(DirectoryError error) {
  switch (error) {
    case DirectoryError::kMalformed: return "holds no directory";
    case DirectoryError::kNewerVersion: return "holds a directory made with a newer version";
    case DirectoryError::kOtherOrganisation: return "holds the directory of another organisation";
    case DirectoryError::kSignature: return "holds a directory that its root key did not sign";
    case DirectoryError::kInvalid: return "holds a directory that breaks its own rules";
  }
  return "holds no directory";
}

tl::expected<crypto::Bytes, std::string> read(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return tl::unexpected(std::string("cannot be read"));
  if (size > kBundleBytesMax)
    return tl::unexpected(std::string("is larger than any directory bundle"));
  std::ifstream stream(path, std::ios::binary);
  crypto::Bytes bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream || bytes.size() != size) return tl::unexpected(std::string("cannot be read"));
  return bytes;
}

// One that is valid today goes before one that ran out.
bool is_newer(const protocol::Certificate& one, const protocol::Certificate& other,
              protocol::Day today) {
  if (one.lapsed(today) != other.lapsed(today)) return other.lapsed(today);
  return one.content().number > other.content().number;
}

tl::expected<PeopleInForce, std::string> parse(crypto::ByteView file,
                                               const protocol::ServiceId& service,
                                               protocol::Day today) {
  const auto bundle = protocol::parse_directory_bundle(file);
  if (!bundle) return tl::unexpected(std::string("is no directory bundle"));
  auto directory = protocol::Directory::parse(bundle->directory, service);
  if (!directory) return tl::unexpected(std::string(describe(directory.error())));
  PeopleInForce people{std::move(*directory), {}, {}};
  if (const auto& hash = people.directory.content().handbook_hash) {
    if (crypto::sha256(bundle->handbook) != *hash)
      return tl::unexpected(std::string("holds another handbook than its directory names"));
    people.handbook = bundle->handbook;
  }
  for (const auto& bytes : bundle->certificates) {
    auto certificate = protocol::Certificate::parse(bytes, people.directory, today, Lapsed::kTaken);
    if (!certificate) continue;
    const auto id = certificate->content().member_id;
    const auto there = people.certificates.find(id);
    if (there == people.certificates.end())
      people.certificates.emplace(id, std::move(*certificate));
    else if (is_newer(*certificate, there->second, today))
      there->second = std::move(*certificate);
  }
  return people;
}

// A file that changed so lately may change once more within one tick of its clock.
constexpr std::time_t kSettledSeconds = 2;

}  // namespace

std::optional<People::FileMark> People::mark_of(const std::filesystem::path& path) {
  struct stat about {};
  timespec now{};
  if (::stat(path.c_str(), &about) != 0 || ::clock_gettime(CLOCK_REALTIME, &now) != 0)
    return std::nullopt;
  if (now.tv_sec - about.st_ctim.tv_sec < kSettledSeconds) return std::nullopt;
  return FileMark{static_cast<std::int64_t>(about.st_dev),
                  static_cast<std::int64_t>(about.st_ino),
                  about.st_size,
                  about.st_mtim.tv_sec,
                  about.st_mtim.tv_nsec,
                  about.st_ctim.tv_sec,
                  about.st_ctim.tv_nsec};
}

protocol::ServiceId service_of_bundle(const std::filesystem::path& path) {
  const auto file = read(path);
  if (!file) throw ConfigError(path.string() + " " + file.error());
  const auto bundle = protocol::parse_directory_bundle(*file);
  const auto service = bundle ? protocol::claimed_service(bundle->directory) : std::nullopt;
  if (!service) throw ConfigError(path.string() + " is no directory bundle");
  return *service;
}

People::People(std::filesystem::path bundle, const protocol::ServiceId& service,
               protocol::Day today, Log& log)
    : path_(std::move(bundle)), service_(service), log_(log), day_(today) {
  auto file = read(path_);
  if (!file) throw ConfigError(path_.string() + " " + file.error());
  auto people = parse(*file, service_, today);
  if (!people) throw ConfigError(path_.string() + " " + people.error());
  seen_ = crypto::sha256(*file);
  bundle_ = std::move(*file);
  in_force_ = std::make_shared<const PeopleInForce>(std::move(*people));
}

std::shared_ptr<const PeopleInForce> People::in_force() const {
  const std::scoped_lock lock(mutex_);
  return in_force_;
}

People::Reload People::reload(protocol::Day today) {
  const bool new_day = today != day_;
  const auto mark = mark_of(path_);  // before it is read: what changes meanwhile has another one
  if (!new_day && mark && mark == mark_) return Reload::kUnchanged;
  auto file = read(path_);
  mark_ = file ? mark : std::nullopt;
  const auto hash = file ? crypto::sha256(*file) : crypto::Digest{};
  // A file that is being replaced may be away for a moment: say it once, look again next time.
  if (!file && seen_ != hash) refuse(file.error());
  const bool same_file = !file || hash == seen_;
  seen_ = hash;
  if (same_file && !new_day) return file ? Reload::kUnchanged : Reload::kRefused;
  day_ = today;
  if (same_file) file = bundle_;  // only the day is new, and the file may be one that was refused

  const auto before = in_force();
  auto people = parse(*file, service_, today);
  if (!people) return refuse(people.error());
  const bool same_directory = people->directory.hash() == before->directory.hash();
  if (!same_directory && !people->directory.follows(before->directory))
    return refuse("holds a directory that is not a later version of the one in force");
  bundle_ = std::move(*file);
  const auto version = people->directory.content().version;
  auto next = std::make_shared<const PeopleInForce>(std::move(*people));
  {
    const std::scoped_lock lock(mutex_);
    in_force_ = std::move(next);
  }
  if (same_file) return Reload::kUnchanged;
  log_.line(LogLevel::kInfo, "directory version " + std::to_string(version) + " is in force");
  return Reload::kTaken;
}

People::Reload People::refuse(const std::string& why) {
  log_.line(LogLevel::kError,
            "the new directory bundle " + why + "; the one before stays in force");
  return Reload::kRefused;
}

std::optional<protocol::Certificate> newest_certificate(const PeopleInForce& people,
                                                        const protocol::MemberId& member,
                                                        const std::optional<crypto::Bytes>& stored,
                                                        protocol::Day today) {
  std::optional<protocol::Certificate> newest;
  if (const auto found = people.certificates.find(member); found != people.certificates.end())
    newest = found->second;
  if (!stored) return newest;
  auto other = people.published->certificates.get(*stored, today, [&] {
    return protocol::Certificate::parse(*stored, people.directory, today, Lapsed::kTaken);
  });
  if (!other || other->content().member_id != member) return newest;
  if (newest && !is_newer(*other, *newest, today)) return newest;
  return other;
}

}  // namespace omzien::gateway
