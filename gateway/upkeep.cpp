#include "gateway/upkeep.h"

#include <string>
#include <utility>

#include "gateway/directory_seen.h"
#include "gateway/retention.h"
#include "storage/describe.h"

namespace omzien::gateway {

void Upkeep::tend() {
  const auto now = parts_.time.now();
  parts_.people.reload(now.day());
  parts_.writer.tidy(now);
  parts_.writer.between([this, people = parts_.people.in_force()] { return note(*people); });
  parts_.refusals.tend(now.day());
  look_at_clock();
}

// Said once each time: days stand still from here on, and terms with them, until the clock has
// caught up.
void Upkeep::look_at_clock() {
  const bool put_back = parts_.time.is_put_back();
  if (put_back && !put_back_said_)
    parts_.log.line(
        LogLevel::kError,
        "the clock was put back by more than an hour, and days never go back: this gateway "
        "stays at the latest one it saw. Restart it when the clock is right");
  put_back_said_ = put_back;
}

// What can't be noted now is tried again at the next look, and said once.
Writer::Chore Upkeep::note(const PeopleInForce& people) {
  if (noted_ == people.directory.hash()) return Writer::Chore::kDone;
  const auto noted = note_directory(parts_.store, people);
  if (noted)
    noted_ = people.directory.hash();
  else if (!note_failed_)
    parts_.log.line(LogLevel::kError, "storage: the directory's version could not be kept. " +
                                          std::string(storage::describe(noted.error())));
  note_failed_ = !noted;
  return Writer::Chore::kDone;
}

void Upkeep::purge(const crypto::SigningKey& key, Purged done) {
  parts_.writer.between([this, &key, done = std::move(done), run = PurgeRun()]() mutable {
    const auto people = parts_.people.in_force();
    const auto before = run.purged;
    const auto some = purge_some({parts_.store, parts_.cases, key, random_}, people->directory,
                                 parts_.time.now(), run);
    // After an error, too: the commit may have succeeded, and what came behind it not.
    if (!some || run.purged > before) parts_.writer.owe_scrub();
    if (some && !run.over) return Writer::Chore::kAgain;
    done(some ? storage::Result<std::size_t>(run.purged) : tl::unexpected(some.error()));
    return Writer::Chore::kDone;
  });
}

}  // namespace omzien::gateway
