// An invited person's keys (protocol/enrolment.h): made here, and nowhere else known.
#pragma once

#include <string>

#include "crypto/open/key_file.h"
#include "protocol/enrolment.h"

namespace omzien::core {

struct Enrolment {
  crypto::KeyFile file;  // the caller's to seal, before the request goes out
  std::string request;   // for the administrator
  crypto::Digest fingerprint;
};

// New keys. Somebody who lost their key file keeps their member id.
Enrolment enrol(const protocol::Invitation&, crypto::Random&, protocol::Day today);

// A certificate of the newest X-Wing key. Its number grows with day and keys, so that keys made
// anew after a loss come after those that were lost.
crypto::Bytes certify(const crypto::KeyFile&, const protocol::ServiceId&, protocol::Day from);

}  // namespace omzien::core
