#include "gateway/files.h"

namespace omzien::gateway {
namespace {

using rules::Status;

// An upload as one reference says it is, whole and nobody else's.
Outcome<void> check(storage::Reader& reader, const protocol::Handle& handle,
                    const protocol::FileReference& file) {
  const auto upload = reader.upload_info(handle, file.upload_id);
  if (!upload) return tl::unexpected(failure_of(upload.error()));
  if (upload->chunks_expected == 0) return refuse(Status::kIncomplete);
  if (upload->chunks_expected != file.chunks || upload->kept) return refuse(Status::kMalformed);
  if (upload->chunks_stored != upload->chunks_expected) return refuse(Status::kIncomplete);
  if (upload->bytes != std::uint64_t{file.chunks} * rules::kFileChunkSealedBytes)
    return refuse(Status::kMalformed);
  return {};
}

}  // namespace

Outcome<NamedFiles> named_files(storage::Reader& reader, const protocol::Handle& handle,
                                std::span<const CheckedEntry> entries) {
  NamedFiles named;
  for (const auto& one : entries) {
    const auto* event = std::get_if<protocol::Event>(&one.entry.header().fields);
    if (event == nullptr) continue;
    for (const auto& file : event->files) {
      if (!named.uploads.insert(file.upload_id).second) return refuse(Status::kMalformed);
      if (const auto checked = check(reader, handle, file); !checked)
        return tl::unexpected(checked.error());
      named.bytes += std::uint64_t{file.chunks} * rules::kFileChunkSealedBytes;
    }
  }
  for (const auto& one : entries)
    if (one.staged && named.uploads.contains(*one.staged)) return refuse(Status::kMalformed);
  return named;
}

storage::Result<void> keep(storage::Transaction& transaction, const protocol::Handle& handle,
                           const NamedFiles& named) {
  for (const auto& upload : named.uploads)
    if (auto kept = transaction.keep_upload(handle, upload); !kept) return kept;
  return {};
}

Answer file_chunk(storage::Reader& reader, const Context& context, const protocol::Header& header,
                  std::uint32_t number, std::uint32_t index) {
  const auto* event = std::get_if<protocol::Event>(&header.fields);
  if (event == nullptr || number == 0 || number > event->files.size())
    return refuse(Status::kNothing);
  const auto& file = event->files[number - 1];
  if (index >= file.chunks) return refuse(Status::kMalformed);
  auto chunk = reader.chunk(header.handle, file.upload_id, index);
  if (!chunk) return tl::unexpected(failure_of(chunk.error()));
  if (!*chunk) return refuse(Status::kNothing);
  auto body = protocol::encode(protocol::Chunk{std::move(**chunk)});
  if (body.size() > context.room) return refuse(Status::kLater);
  return body;
}

}  // namespace omzien::gateway
