#include "crypto/verify/xwing_key.h"

namespace omzien::crypto {

Digest xwing_key_hash(const XWingPublicKey& key) { return sha256(key.view()); }

}  // namespace omzien::crypto
