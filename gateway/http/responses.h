// All that the server says beside frames: bytes built once. No Server, no Date: neither version nor
// clock.
#pragma once

#include <string>
#include <string_view>

#include "crypto/verify/bytes.h"

namespace omzien::gateway::http {

// Before a frame of that size (one of the two).
crypto::ByteView frame_header(std::size_t frame_bytes);

// Before a web page's file of that type and size. `coding` is empty for the plain file. The policy
// is that of design §8; `tls` adds Strict-Transport-Security.
std::string page_header(std::string_view type, std::string_view coding, std::size_t body_bytes,
                        bool tls);

// The one answer to everything that is refused; the connection ends after it.
crypto::ByteView refusal();

// 200 {"status":"ok"} or 503 {"status":"failing"}; the connection ends after it.
crypto::ByteView health(bool healthy);

}  // namespace omzien::gateway::http
