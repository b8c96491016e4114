// Logs that nobody would write: random steps by random roles, most of them plausible. The browser's
// tests make the very same ones (clients/web/tests/random_log.ts), so every draw below stands in an
// order that is part of the vectors (tests/vectors/states.json).
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "clients/core/case_state/fold.h"

namespace omzien::kit {

// Marsaglia's xorshift with 32 bits (13, 17, 5). Seeds that follow each other are spread first.
class Xorshift {
 public:
  explicit Xorshift(std::uint32_t index) : state_((index + 1) * 2'654'435'761u) {}
  std::uint32_t next();
  std::uint32_t below(std::uint32_t bound) { return next() % bound; }

 private:
  std::uint32_t state_;
};

struct RandomLog {
  std::vector<core::Step> steps;
  std::deque<core::Event> events;  // what the steps point to
};

// The log of this number: an opening entry and 4 to 23 steps more. Every fourth log (0, 4, 8, …)
// has events that can't be read. Members 1 and 4 hold `talk`, 2 is the holder, 3 a reader; each
// has an office of their own choosing.
RandomLog random_log(std::uint32_t index);

// 16 bytes of that number.
core::Holding holding(std::uint8_t member, std::uint32_t compartments, protocol::Day last_day = 0);
protocol::MemberId member_id(std::uint8_t member);
// 32 bytes of the number's last byte.
crypto::Digest hash_of(std::uint64_t seq);

// All of a state that follows from the steps, as one line.
std::string line_of(const core::CaseState&);

}  // namespace omzien::kit
