#include "crypto/open/file_secrets.h"

#include "crypto/verify/hkdf.h"

namespace omzien::crypto {

FileSecrets file_secrets(const LocalKey& author, const protocol::Handle& handle,
                         std::uint32_t compartment, std::uint64_t size, const Digest& sha256) {
  FieldList which;
  which.append_u32(compartment).append_u64(size).append(sha256.view());
  Bytes info = to_bytes(rules::kTagFileSecret);
  info.insert(info.end(), which.bytes().begin(), which.bytes().end());
  const auto secrets = hkdf_expand(hkdf_extract(handle.view(), author.reveal()), info,
                                   protocol::UploadId::kSize + FileKey::kSize);
  const auto both = secrets.reveal();
  return {*protocol::UploadId::from(both.first(protocol::UploadId::kSize)),
          *FileKey::from(both.subspan(protocol::UploadId::kSize))};
}

}  // namespace omzien::crypto
