#include "crypto/verify/signature.h"

#include <sodium.h>

#include "crypto/verify/secret.h"

namespace omzien::crypto {

bool verify(const SigningPublicKey& key, std::string_view tag, ByteView message,
            const Signature& signature) {
  Bytes signed_bytes = to_bytes(tag);
  signed_bytes.insert(signed_bytes.end(), message.begin(), message.end());
  const bool valid = crypto_sign_verify_detached(signature.data(), signed_bytes.data(),
                                                 signed_bytes.size(), key.data()) == 0;
  wipe(signed_bytes);  // an operation that opens a case has its share in it
  return valid;
}

}  // namespace omzien::crypto
