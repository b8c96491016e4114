// Chunks of files, staged and kept.
#include <algorithm>

#include "storage/fits.h"
#include "storage/sqlcipher/rows.h"
#include "storage/sqlcipher/writes.h"

namespace omzien::storage::sqlcipher::writes {
namespace {

// Some 16 MiB, which secure_delete writes over: all of it goes through the journal.
constexpr std::uint64_t kChunksDroppedAtOnce = 1'024;

Result<std::optional<std::uint64_t>> upload_id(Connection& connection, const Handle& handle,
                                               const UploadId& upload) {
  auto use = connection.use("SELECT id FROM uploads WHERE handle = ?1 AND upload = ?2");
  use.bind(handle, upload);
  return number_of(std::move(use));
}

}  // namespace

Result<void> put_chunk(Connection& connection, const Handle& handle, const UploadId& upload,
                       std::uint32_t index, std::uint32_t count, Day day, crypto::ByteView bytes) {
  if (!chunk_fits(index, count)) return conflict();
  auto find = connection.use(
      "SELECT count, chunks.bytes FROM uploads LEFT JOIN chunks ON upload_id = uploads.id AND "
      "number = ?3 "
      "WHERE handle = ?1 AND upload = ?2");
  find.bind(handle, upload, index);
  const auto found = find.step();
  if (!found) return tl::unexpected(found.error());
  if (*found) {
    if (find.number<std::uint32_t>(0) != count) return conflict();
    if (const auto stored = find.bytes_or_null(1)) {
      if (!std::ranges::equal(*stored, bytes)) return conflict();
      return {};
    }
  } else {
    auto begin = connection.use("INSERT INTO uploads (handle, upload, count) VALUES (?1, ?2, ?3)");
    begin.bind(handle, upload, count);
    if (const auto ran = begin.run(); !ran) return tl::unexpected(ran.error());
  }
  auto add = connection.use(
      "INSERT INTO chunks (upload_id, number, day, bytes) "
      "VALUES ((SELECT id FROM uploads WHERE handle = ?1 AND upload = ?2), ?3, ?4, ?5)");
  add.bind(handle, upload, index, day, bytes);
  if (const auto ran = add.run(); !ran) return tl::unexpected(ran.error());
  auto counted = connection.use(
      "UPDATE uploads SET stored = stored + 1, bytes = bytes + ?3 WHERE handle = ?1 AND upload = "
      "?2");
  counted.bind(handle, upload, bytes.size());
  return done(counted.run());
}

Result<void> keep_upload(Connection& connection, const Handle& handle, const UploadId& upload) {
  auto keep = connection.use(
      "UPDATE uploads SET kept = 1 WHERE handle = ?1 AND upload = ?2 AND stored = count");
  keep.bind(handle, upload);
  const auto kept = keep.run();
  if (!kept) return tl::unexpected(kept.error());
  if (*kept == 0) return conflict();
  return {};
}

Result<void> drop_upload(Connection& connection, const Handle& handle, const UploadId& upload) {
  const auto id = upload_id(connection, handle, upload);
  if (!id) return tl::unexpected(id.error());
  if (!*id) return {};
  auto chunks = connection.use("DELETE FROM chunks WHERE upload_id = ?1");
  chunks.bind(**id);
  if (const auto ran = chunks.run(); !ran) return tl::unexpected(ran.error());
  auto row = connection.use("DELETE FROM uploads WHERE id = ?1");
  row.bind(**id);
  return done(row.run());
}

Result<DroppedChunks> drop_chunks_before(Connection& connection, Day day) {
  struct Old {
    std::uint64_t chunk;
    std::uint64_t upload;
    std::uint64_t bytes;
  };
  std::vector<Old> olds;
  DroppedChunks dropped;
  {
    auto find = connection.use(
        "SELECT chunks.id, uploads.id, handle, length(chunks.bytes) FROM uploads "
        "JOIN chunks ON upload_id = uploads.id WHERE kept = 0 AND day < ?1 LIMIT ?2");
    find.bind(day, kChunksDroppedAtOnce);
    for (;;) {
      const auto row = find.step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) break;
      olds.push_back({find.number<std::uint64_t>(0), find.number<std::uint64_t>(1),
                      find.number<std::uint64_t>(3)});
      dropped.cost[find.fixed<Handle>(2)] += cost_of_chunk(olds.back().bytes);
    }
  }
  dropped.chunks = olds.size();
  for (const auto& old : olds) {
    auto chunk = connection.use("DELETE FROM chunks WHERE id = ?1");
    chunk.bind(old.chunk);
    if (const auto ran = chunk.run(); !ran) return tl::unexpected(ran.error());
    auto counted =
        connection.use("UPDATE uploads SET stored = stored - 1, bytes = bytes - ?2 WHERE id = ?1");
    counted.bind(old.upload, old.bytes);
    if (const auto ran = counted.run(); !ran) return tl::unexpected(ran.error());
    auto empty = connection.use("DELETE FROM uploads WHERE id = ?1 AND stored = 0");
    empty.bind(old.upload);
    if (const auto ran = empty.run(); !ran) return tl::unexpected(ran.error());
  }
  return dropped;
}

}  // namespace omzien::storage::sqlcipher::writes
