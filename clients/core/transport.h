// Frames over HTTP.
#pragma once

#include <memory>

#include "clients/core/errors.h"
#include "clients/core/org.h"
#include "crypto/verify/bytes.h"

namespace omzien::core {

class Transport {
 public:
  virtual ~Transport() = default;
  // Sends a frame and gives the one that comes back, of the same size. kUnreachable when it can't
  // be known whether the frame arrived.
  virtual Result<crypto::Bytes> exchange(const crypto::Bytes& frame) = 0;
};

// POST /v1/exchange by libcurl: TLS 1.3, the pin if the organisation gives one, its proxy if any;
// no redirects, no cookies, no user agent. One connection, kept open.
std::unique_ptr<Transport> http_transport(const Org&);

}  // namespace omzien::core
