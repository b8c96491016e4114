// What a keyholder is told when a case is not as it should be.
#pragma once

#include <cstdint>
#include <string>

namespace omzien::core {

enum class AlarmKind {
  kRuleBroken,        // the entry is not allowed; it changed nothing
  kAltered,           // the payload is not what was signed, or does not open
  kOtherKey,          // a key that was handed out is not the one its epoch committed to
  kStrangersKey,      // wrapped to a key that is not this member's
  kUnknownDirectory,  // made under a directory that this organisation never published
  kNewerVersion,      // made with a newer version: kept, not understood
  kMissing,           // granted, but the gateway does not serve it, or destroyed unasked
  kOtherDay,          // dated ahead of this device's clock, or the gateway's day is another
};

struct Alarm {
  std::uint64_t seq = 0;
  AlarmKind kind{};
  std::string text;
};

}  // namespace omzien::core
