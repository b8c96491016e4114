#include "crypto/open/stream.h"

#include <algorithm>
#include <array>
#include <sodium.h>
#include <stdexcept>

#include "crypto/open/padding.h"
#include "crypto/verify/hkdf.h"

namespace omzien::crypto {

namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kNonceBytes = crypto_aead_chacha20poly1305_ietf_NPUBBYTES;
static_assert(kSealedChunkBytes == rules::kFileChunkSealedBytes);
static_assert(kStreamTagBytes == crypto_aead_chacha20poly1305_ietf_ABYTES);

SecretBytes stream_key(const FileKey& key, const CaseShare& share,
                       const protocol::UploadId& upload) {
  Bytes info = to_bytes(rules::kTagFileKey);
  info.insert(info.end(), upload.view().begin(), upload.view().end());
  return hkdf_expand(hkdf_extract(share.reveal(), key.reveal()), info, 32);
}

std::array<std::uint8_t, kNonceBytes> chunk_nonce(std::uint64_t chunk, bool last) {
  std::array<std::uint8_t, kNonceBytes> nonce{};
  for (std::size_t i = 0; i < sizeof chunk; ++i)
    nonce[kNonceBytes - 2 - i] = static_cast<std::uint8_t>(chunk >> (8 * i));
  nonce[kNonceBytes - 1] = last ? 1 : 0;
  return nonce;
}

// Where the data starts in a chunk's plaintext.
std::size_t data_offset(std::uint64_t chunk) { return chunk == 0 ? kLengthBytes : 0; }

std::size_t data_in_chunk(std::uint64_t chunk, std::uint64_t data_left) {
  const std::uint64_t room = rules::kFileChunkBytes - data_offset(chunk);
  return static_cast<std::size_t>(std::min(room, data_left));
}

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

std::uint64_t stream_chunks(std::uint64_t data_bytes) {
  return padme((data_bytes + kLengthBytes + rules::kFileChunkBytes - 1) / rules::kFileChunkBytes);
}

std::uint64_t stream_offset(std::uint64_t chunk) {
  return chunk == 0 ? 0 : chunk * rules::kFileChunkBytes - kLengthBytes;
}

StreamSealer::StreamSealer(const FileKey& key, const CaseShare& share,
                           const protocol::UploadId& upload, std::uint64_t data_bytes)
    : key_(stream_key(key, share, upload)),
      plain_(rules::kFileChunkBytes),
      data_left_(data_bytes),
      data_bytes_(data_bytes) {
  if (data_bytes > kStreamDataBytesMax) throw std::length_error("file of more than 2^48 bytes");
  chunks_ = stream_chunks(data_bytes);
}

void StreamSealer::seek(std::uint64_t chunk) {
  if (chunk > chunks_) throw std::logic_error("stream: not so many chunks");
  next_ = chunk;
  data_left_ = data_bytes_ - std::min(data_bytes_, stream_offset(chunk));
}

std::size_t StreamSealer::wanted() const { return data_in_chunk(next_, data_left_); }

Bytes StreamSealer::next(ByteView data) {
  if (finished() || data.size() != wanted())
    throw std::logic_error("stream: not the data that was announced");
  const auto plain = plain_.reveal_mutable();
  std::fill(plain.begin(), plain.end(), std::uint8_t{0});
  if (next_ == 0)
    for (std::size_t i = 0; i < kLengthBytes; ++i)
      plain[i] = static_cast<std::uint8_t>(data_bytes_ >> (8 * (kLengthBytes - 1 - i)));
  std::copy(data.begin(), data.end(),
            plain.begin() + static_cast<std::ptrdiff_t>(data_offset(next_)));

  Bytes sealed(kSealedChunkBytes);
  crypto_aead_chacha20poly1305_ietf_encrypt(
      sealed.data(), nullptr, plain.data(), plain.size(), nullptr, 0, nullptr,
      chunk_nonce(next_, next_ + 1 == chunks_).data(), key_.reveal().data());
  data_left_ -= data.size();
  ++next_;
  return sealed;
}

StreamOpener::StreamOpener(const FileKey& key, const CaseShare& share,
                           const protocol::UploadId& upload, std::uint64_t chunks)
    : key_(stream_key(key, share, upload)), plain_(rules::kFileChunkBytes), chunks_(chunks) {}

tl::expected<ByteView, OpenError> StreamOpener::fail(OpenError error) {
  error_ = error;
  return tl::unexpected(error);
}

tl::expected<ByteView, OpenError> StreamOpener::next(ByteView sealed_chunk) {
  if (error_) return tl::unexpected(*error_);
  if (next_ >= chunks_ || sealed_chunk.size() != kSealedChunkBytes)
    return fail(OpenError::kMalformed);
  const auto plain = plain_.reveal_mutable();
  if (crypto_aead_chacha20poly1305_ietf_decrypt(
          plain.data(), nullptr, nullptr, sealed_chunk.data(), sealed_chunk.size(), nullptr, 0,
          chunk_nonce(next_, next_ + 1 == chunks_).data(), key_.reveal().data()) != 0)
    return fail(OpenError::kWrongKeyOrAltered);
  if (next_ == 0) {
    for (std::size_t i = 0; i < kLengthBytes; ++i) data_bytes_ = data_bytes_ << 8 | plain[i];
    if (data_bytes_ > kStreamDataBytesMax || stream_chunks(data_bytes_) != chunks_)
      return fail(OpenError::kMalformed);
    data_left_ = data_bytes_;
  }
  const std::size_t offset = data_offset(next_);
  const std::size_t size = data_in_chunk(next_, data_left_);
  if (!all_zero(plain_.reveal().subspan(offset + size))) return fail(OpenError::kMalformed);
  data_left_ -= size;
  ++next_;
  return plain_.reveal().subspan(offset, size);
}

}  // namespace omzien::crypto
