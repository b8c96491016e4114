#include "storage/tombstones.h"

#include <algorithm>

#include "crypto/verify/hkdf.h"
#include "omzien/rules.h"
#include "storage/files.h"

namespace omzien::storage {
namespace {

constexpr std::string_view kMagic = "omzien deleted1\n";
// A record each for more cases than a store will ever hold.
constexpr std::uintmax_t kFileBytesMax = std::uintmax_t{1} << 30;

}  // namespace

TombstoneKey tombstone_key(const DataKey& key) {
  return TombstoneKey::make([&](std::span<std::uint8_t> out) {
    crypto::hkdf_expand_into(out, key.reveal(), crypto::as_bytes(rules::kTagStoreTombstone));
  });
}

std::optional<std::uintmax_t> tombstones_in(const std::filesystem::path& file) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  if (error) return std::nullopt;
  return (std::max<std::uintmax_t>(bytes, kMagic.size()) - kMagic.size()) / crypto::Digest::kSize;
}

Result<Tombstones> Tombstones::open(std::filesystem::path path, TombstoneKey key) {
  Tombstones tombstones(std::move(path), std::move(key));
  if (auto loaded = tombstones.load(); !loaded) return tl::unexpected(loaded.error());
  return tombstones;
}

Result<void> Tombstones::load() {
  std::error_code error;
  if (!std::filesystem::exists(path_, error) && !error) return {};
  const auto size = std::filesystem::file_size(path_, error);
  if (error) return tl::unexpected(Error::kUnreachable);
  if (size > kFileBytesMax) return tl::unexpected(Error::kDamaged);
  const auto file = read_file(path_, static_cast<std::size_t>(size), Readers::kAnybody);
  if (!file) return tl::unexpected(file.error());
  auto rest = file->reveal();
  if (rest.size() < kMagic.size() ||
      !std::ranges::equal(rest.first(kMagic.size()), crypto::as_bytes(kMagic)))
    return tl::unexpected(Error::kDamaged);
  rest = rest.subspan(kMagic.size());
  for (; rest.size() >= crypto::Digest::kSize; rest = rest.subspan(crypto::Digest::kSize)) {
    records_.insert(*crypto::Digest::from(rest.first(crypto::Digest::kSize)));
    ++written_;
  }
  return {};
}

crypto::Digest Tombstones::record_of(const protocol::Handle& handle) const {
  return crypto::hmac_sha256(key_.reveal(), handle.view());
}

bool Tombstones::contains(const protocol::Handle& handle) const {
  return !records_.empty() && records_.contains(record_of(handle));
}

Tombstones::Room Tombstones::room_for(const std::vector<protocol::Handle>& handles) {
  Room room;
  for (const auto& handle : handles) room.insert(record_of(handle));
  unwritten_.reserve(unwritten_.size() + room.size());
  return room;
}

void Tombstones::add(Room room) noexcept {
  while (!room.empty()) {
    const auto added = records_.insert(room.extract(room.begin()));
    if (added.inserted) unwritten_.push_back(*added.position);
  }
}

Result<void> Tombstones::flush() {
  if (unwritten_.empty()) return {};
  std::error_code error;
  if (written_ == 0 && !std::filesystem::exists(path_, error)) {
    if (auto made = write_file(path_, crypto::as_bytes(kMagic)); !made) return made;
  }
  crypto::Bytes bytes;
  for (const auto& record : unwritten_)
    bytes.insert(bytes.end(), record.view().begin(), record.view().end());
  const auto offset = kMagic.size() + written_ * crypto::Digest::kSize;
  if (auto done = write_at(path_, offset, bytes); !done) return done;
  show_day_alone(path_);
  written_ += unwritten_.size();
  unwritten_.clear();
  return {};
}

}  // namespace omzien::storage
