// All that the server says beside frames: bytes built once. No Server, no Date: neither version nor
// clock.
#pragma once

#include <string_view>

#include "crypto/verify/bytes.h"

namespace omzien::gateway::http {

// Before a frame of that size (one of the two).
crypto::ByteView frame_header(std::size_t frame_bytes);

// The one answer to everything that is refused; the connection ends after it.
crypto::ByteView refusal();

// 200 {"status":"ok"} or 503 {"status":"failing"}; the connection ends after it.
crypto::ByteView health(bool healthy);

}  // namespace omzien::gateway::http
