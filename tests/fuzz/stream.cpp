// A file's chunks as a gateway hands them out (crypto/open/stream.h): honest ones, of which some
// are altered, swapped or cut. What opens is what was sealed, in its place, and only the whole is
// called finished.
#include "crypto/open/stream.h"

#include "tests/crypto/fixed_random.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {
namespace {

using crypto::Bytes;

std::vector<Bytes> sealed(const crypto::FileKey& key, const crypto::CaseShare& share,
                          const protocol::UploadId& upload, const Bytes& data) {
  crypto::StreamSealer sealer(key, share, upload, data.size());
  std::vector<Bytes> chunks;
  for (std::size_t at = 0; !sealer.finished();) {
    const auto wanted = sealer.wanted();
    chunks.push_back(sealer.next(crypto::ByteView(data).subspan(at, wanted)));
    at += wanted;
  }
  return chunks;
}

// Whether anything was changed.
bool disturb(std::vector<Bytes>& chunks, Input& input) {
  const auto before = chunks;
  while (!input.ended()) {
    auto& one = chunks[input.below(chunks.size())];
    switch (input.below(4)) {
      case 0:
        if (!one.empty()) one[input.below(one.size())] ^= input.byte();
        break;
      case 1: std::swap(one, chunks[input.below(chunks.size())]); break;
      case 2: one.resize(input.below(one.size() + 2)); break;
      default: one = chunks[input.below(chunks.size())]; break;
    }
  }
  return chunks != before;
}

}  // namespace

void run(crypto::ByteView bytes) {
  Input input(bytes);
  crypto::FixedRandom random("stream");
  const auto key = *crypto::FileKey::from(Bytes(32, 1));
  const auto share = *crypto::CaseShare::from(Bytes(32, 2));
  const auto upload = *protocol::UploadId::from(Bytes(protocol::UploadId::kSize, 3));
  Bytes data(input.below(60'000));
  random.fill(data);
  auto chunks = sealed(key, share, upload, data);
  const bool disturbed = disturb(chunks, input);

  crypto::StreamOpener opener(key, share, upload, chunks.size());
  Bytes opened;
  for (const auto& chunk : chunks) {
    const auto piece = opener.next(chunk);
    if (!piece) break;
    opened.insert(opened.end(), piece->begin(), piece->end());
  }
  must(opener.finished() == !disturbed);
  must(opened.size() <= data.size());
  must_equal(opened, crypto::ByteView(data).first(opened.size()));
  if (!disturbed) must(opened.size() == data.size());
}

}  // namespace omzien::fuzz
