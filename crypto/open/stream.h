// Files: sealed chunk by chunk in the STREAM construction, as age does, with flat memory.
//
//   stream key = HKDF(salt = case share, ikm = file key, info = tag file_key ‖ upload id), 32 bytes
//   plaintext  = real length (8 bytes, big-endian) ‖ data ‖ zeros
//   chunk i    = ChaCha20-Poly1305(plaintext[i · 15,360 ...], nonce = i (11 bytes, big-endian) ‖
//   last, no aad) last       = 1 for the last chunk, 0 for others
//
// Every chunk has the same size: 15,360 bytes of plaintext and 16 of tag. There are
// padme(ceil((8 + length) / 15,360)) chunks, so the count tells the length to about 12 % and chunks
// past the data hold zeros only. Since the length stands in the first chunk, a stream of a wrong
// count is refused there; a chunk that was moved, repeated, cut off or added fails its nonce or its
// last flag.
//
// The file key is used for one upload (crypto/open/file_secrets.h) and travels inside the event
// that names the file; that event's key is committed to, so all readers see one file key and one
// file. Sealing is deterministic, chunk by chunk. To resume, first prove that the file is unchanged
// (compare its hash): sealing other data under the same file key would give both away.
#pragma once

#include <cstdint>

#include <tl/expected.hpp>

#include "crypto/open/open_error.h"
#include "crypto/verify/case_share.h"
#include "crypto/verify/secret.h"
#include "protocol/ids.h"

namespace omzien::crypto {

using FileKey = SecretKey<struct FileKeyTag, 32>;

inline constexpr std::size_t kStreamTagBytes = 16;
inline constexpr std::size_t kSealedChunkBytes = rules::kFileChunkBytes + kStreamTagBytes;
inline constexpr std::uint64_t kStreamDataBytesMax = std::uint64_t{1} << 48;

// Number of chunks for a file of this many bytes; at least one.
std::uint64_t stream_chunks(std::uint64_t data_bytes);

// Where chunk `chunk`'s data begins in a file; that of the last one ends where the file does.
std::uint64_t stream_offset(std::uint64_t chunk);

class StreamSealer {
 public:
  // `data_bytes` is the file's whole length. Throws std::length_error above kStreamDataBytesMax.
  StreamSealer(const FileKey& key, const CaseShare& share, const protocol::UploadId& upload,
               std::uint64_t data_bytes);

  std::uint64_t chunks() const { return chunks_; }
  bool finished() const { return next_ == chunks_; }

  // Goes on from this chunk: those before it were sealed earlier and arrived. std::logic_error
  // above `chunks()`.
  void seek(std::uint64_t chunk);

  // How much data the next chunk takes: 15,352 bytes the first, 15,360 the others, less at the end
  // and 0 for filler chunks.
  std::size_t wanted() const;

  // The next chunk, kSealedChunkBytes long. `data` has exactly `wanted()` bytes, and the stream is
  // not finished; std::logic_error otherwise.
  Bytes next(ByteView data);

 private:
  SecretBytes key_;
  SecretBytes plain_;
  std::uint64_t data_left_;
  std::uint64_t data_bytes_;
  std::uint64_t chunks_;
  std::uint64_t next_ = 0;
};

class StreamOpener {
 public:
  // `chunks` is the count that the event names.
  StreamOpener(const FileKey& key, const CaseShare& share, const protocol::UploadId& upload,
               std::uint64_t chunks);

  // The data inside the next chunk; empty for a filler chunk. The view holds until the next call.
  // After an error every further call fails the same way. Each piece is genuine and in its place,
  // but only a finished stream is the whole file: keep pieces in a file that is not shown before
  // `finished()`.
  tl::expected<ByteView, OpenError> next(ByteView sealed_chunk);

  bool finished() const { return !error_ && next_ == chunks_ && chunks_ > 0; }

  // The file's length in bytes, known after the first chunk.
  std::uint64_t data_bytes() const { return data_bytes_; }

 private:
  tl::expected<ByteView, OpenError> fail(OpenError error);

  SecretBytes key_;
  SecretBytes plain_;
  std::uint64_t data_left_ = 0;
  std::uint64_t data_bytes_ = 0;
  std::uint64_t chunks_;
  std::uint64_t next_ = 0;
  std::optional<OpenError> error_;
};

}  // namespace omzien::crypto
