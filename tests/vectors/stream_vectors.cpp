// stream.json and file-secrets.json. Chunks are long, so all but one file give their hash alone:
// sealing is deterministic.

#include "crypto/open/file_secrets.h"
#include "crypto/open/stream.h"
#include "crypto/verify/hash.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

namespace {

// Byte i of every file of the vectors: (7 · i + ⌊i / 256⌋) mod 256.
Bytes file_of(std::size_t size) {
  Bytes data(size);
  for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::uint8_t>(7 * i + i / 256);
  return data;
}

std::vector<Bytes> seal(const FileKey& key, const CaseShare& share,
                        const protocol::UploadId& upload, const Bytes& data) {
  StreamSealer sealer(key, share, upload, data.size());
  std::vector<Bytes> chunks;
  ByteView rest = data;
  while (!sealer.finished()) {
    const std::size_t wanted = sealer.wanted();
    chunks.push_back(sealer.next(rest.first(wanted)));
    rest = rest.subspan(wanted);
  }
  return chunks;
}

}  // namespace

Json stream() {
  FixedRandom random("stream");
  const auto key = random_key<FileKey>(random);
  const auto share = random_key<CaseShare>(random);
  const auto upload = random_value<protocol::UploadId>(random);
  Json files = Json::array();
  for (const std::size_t size : {0u, 1u, 15352u, 15353u, 30712u, 200000u}) {
    Json hashes = Json::array();
    for (const Bytes& chunk : seal(key, share, upload, file_of(size)))
      hashes.push_back(sha256(chunk).hex());
    files.push_back({{"data_bytes", size}, {"chunk_hashes", hashes}});
  }
  return {
      {"file_key", to_hex(key.reveal())},
      {"case_share", to_hex(share.reveal())},
      {"upload_id", upload.hex()},
      {"byte_i_of_a_file", "(7 * i + floor(i / 256)) mod 256"},
      {"files", files},
      {"whole",
       {{"data_bytes", 1000}, {"chunk", to_hex(seal(key, share, upload, file_of(1000)).at(0))}}}};
}

Json file_secret() {
  FixedRandom random("file secrets");
  const auto author = random_key<LocalKey>(random);
  const auto handle = random_value<protocol::Handle>(random);
  Json files = Json::array();
  for (const std::uint32_t compartment : {1u, 4u})
    for (const std::size_t size : {0u, 1000u, 200000u}) {
      const auto digest = sha256(file_of(size));
      const auto made = file_secrets(author, handle, compartment, size, digest);
      files.push_back({{"compartment", compartment},
                       {"size", size},
                       {"sha256", digest.hex()},
                       {"upload_id", made.upload_id.hex()},
                       {"key", to_hex(made.key.reveal())}});
    }
  Json chunks = Json::array();
  for (const std::uint64_t size : {0u, 15352u, 15353u, 3000000u, 31457280u, 104857600u})
    chunks.push_back({{"data_bytes", size}, {"chunks", stream_chunks(size)}});
  return {{"local_key", to_hex(author.reveal())},
          {"handle", handle.hex()},
          {"byte_i_of_a_file", "(7 * i + floor(i / 256)) mod 256"},
          {"files", files},
          {"chunk_counts", chunks}};
}

}  // namespace omzien::crypto::vectors
