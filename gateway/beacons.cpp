#include "gateway/beacons.h"

#include "crypto/verify/hkdf.h"

namespace omzien::gateway {

protocol::Beacon Beacons::at(const Moment& now) const {
  return of_minute(now.steady() / rules::kBeaconSeconds);
}

bool Beacons::accepts(const protocol::Beacon& beacon, const Moment& now) const {
  const auto minute = now.steady() / rules::kBeaconSeconds;
  for (std::uint64_t age = 0; age < rules::kBeaconsAccepted && age <= minute; ++age)
    if (of_minute(minute - age) == beacon) return true;
  return false;
}

protocol::Beacon Beacons::of_minute(std::uint64_t minute) const {
  auto message = crypto::to_bytes(rules::kTagBeacon);
  for (int shift = 56; shift >= 0; shift -= 8)
    message.push_back(static_cast<std::uint8_t>(minute >> shift));
  const auto mac = crypto::hmac_sha256(key_.reveal(), message);
  return *protocol::Beacon::from(mac.view().first(protocol::Beacon::kSize));
}

}  // namespace omzien::gateway
