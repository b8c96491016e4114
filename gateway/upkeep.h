// What a gateway does unasked, beside the exchange: the directory, the clock, the day's turn, and
// purging when its operator asks for it.
#pragma once

#include "crypto/verify/signing.h"
#include "gateway/cases.h"
#include "gateway/people.h"
#include "gateway/refusals.h"
#include "gateway/writer.h"

namespace omzien::gateway {

class Upkeep {
 public:
  // All of it outlives the chores that the writer was given: the writer itself, too, ends before.
  struct Parts {
    storage::Store& store;
    People& people;
    Timekeeper& time;
    Cases& cases;
    Log& log;
    Refusals& refusals;
    Writer& writer;
  };
  explicit Upkeep(const Parts& parts) : parts_(parts) {}

  // Looks for a new directory bundle, notes in the store which is in force, says when the clock was
  // put back, and, once a day, drops what nobody named and says what was refused on the day before.
  // The server calls it once a second, one call at a time.
  void tend();

  // How many cases, on the writer's thread.
  using Purged = std::function<void(storage::Result<std::size_t>)>;
  // Purges what the directory's retention rule says is due, between writes. The key outlives the
  // writer.
  void purge(const crypto::SigningKey& key, Purged done);

 private:
  void look_at_clock();
  Writer::Chore note(const PeopleInForce&);

  Parts parts_;
  bool put_back_said_ = false;  // tend()'s
  // The writer's thread's:
  crypto::SystemRandom random_;
  crypto::Digest noted_;  // the directory that the store was told of
  bool note_failed_ = false;
};

}  // namespace omzien::gateway
