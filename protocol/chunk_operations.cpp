// Pieces of files and of payloads too large for a frame, on their way in and out.
#include "omzien/exchange.pb.h"

#include "protocol/operations.h"
#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

// A staged payload is cut into large chunks; what is left is the last one.
bool fits_payload(const wire::PutChunkBody& chunk) {
  const auto size = chunk.bytes().size();
  const bool last = chunk.index() + 1 == chunk.count();
  return chunk.count() <= rules::kChunksPerUploadMax && size != 0 &&
         size <= rules::kChunkBytesMax && (last || size == rules::kChunkBytesMax);
}

// A file's chunks are sealed one by one, and all have one size.
bool fits_file(const wire::PutChunkBody& chunk) {
  return chunk.count() <= rules::kChunksPerFileMax &&
         chunk.bytes().size() == rules::kFileChunkSealedBytes;
}

}  // namespace

crypto::Bytes encode(const PutChunk& body) {
  wire::PutChunkBody message;
  message.set_handle(strict::field(body.handle.view()));
  message.set_upload_id(strict::field(body.upload_id.view()));
  message.set_index(body.index);
  message.set_count(body.count);
  message.set_bytes(strict::field(body.bytes));
  return strict::encode(message);
}

template <>
std::optional<PutChunk> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::PutChunkBody>(bytes);
  if (!message) return std::nullopt;
  const auto handle = Handle::from(strict::view(message->handle()));
  const auto upload = UploadId::from(strict::view(message->upload_id()));
  if (!handle || !upload || message->index() >= message->count() ||
      (!fits_payload(*message) && !fits_file(*message)))
    return std::nullopt;
  return PutChunk{*handle, *upload, message->index(), message->count(),
                  strict::bytes(message->bytes())};
}

crypto::Bytes encode(const Upload& body) {
  wire::UploadBody message;
  message.set_chunks_stored(body.chunks_stored);
  return strict::encode(message);
}

template <>
std::optional<Upload> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::UploadBody>(bytes);
  return message ? std::optional(Upload{message->chunks_stored()}) : std::nullopt;
}

crypto::Bytes encode(const GetChunk& body) {
  wire::GetChunkBody message;
  message.set_handle(strict::field(body.handle.view()));
  message.set_seq(body.seq);
  message.set_index(body.index);
  message.set_file(body.file);
  return strict::encode(message);
}

template <>
std::optional<GetChunk> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::GetChunkBody>(bytes);
  if (!message) return std::nullopt;
  const auto handle = Handle::from(strict::view(message->handle()));
  const auto seq = strict::count_of(message->seq());
  if (!handle || !seq) return std::nullopt;
  return GetChunk{*handle, *seq, message->index(), message->file()};
}

crypto::Bytes encode(const Chunk& body) {
  wire::ChunkBody message;
  message.set_bytes(strict::field(body.bytes));
  return strict::encode(message);
}

template <>
std::optional<Chunk> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::ChunkBody>(bytes);
  return message ? std::optional(Chunk{strict::bytes(message->bytes())}) : std::nullopt;
}

}  // namespace omzien::protocol
