// Beacons: signs of freshness that make a recorded request worthless (protocol §5).
//
//   beacon = HMAC-SHA256(beacon key, tag beacon ‖ minute (8 bytes, big-endian)), first 16 bytes
//
// `minute` counts rules::kBeaconSeconds since 1970, by the clock as it stood at the start: one that
// is set later brings no beacon to life again, and lets none live on, until the next start. A
// gateway that ran ahead announced beacons that a later one accepts once more when their minutes
// come. All gateways of one organisation share the key, so they announce and accept the same ones,
// where their clocks agreed when each was started.
#pragma once

#include "gateway/clock.h"
#include "protocol/ids.h"
#include "storage/key_file.h"

namespace omzien::gateway {

class Beacons {
 public:
  explicit Beacons(storage::BeaconKey key) : key_(std::move(key)) {}

  // The one to announce.
  protocol::Beacon at(const Moment&) const;
  // Whether it is that one or one of those before it that still count: rules::kBeaconsAccepted in
  // all.
  bool accepts(const protocol::Beacon&, const Moment&) const;

 private:
  protocol::Beacon of_minute(std::uint64_t minute) const;

  storage::BeaconKey key_;
};

}  // namespace omzien::gateway
