// The one writer. It takes everything that is waiting, does it in one transaction, commits, and
// only then answers: an answer of `done` means on disk, and the fsync is shared (group commit).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <thread>

#include "gateway/frame_run.h"
#include "gateway/log.h"
#include "gateway/refusals.h"

namespace omzien::gateway {

class Writer {
 public:
  // Called at most once, from the writer's thread, after the commit; let go of uncalled where no
  // memory was left to say anything. Must not throw.
  using Done = std::function<void(CheckedFrame&&, Results)>;

  Writer(storage::Store&, const Limits&, Cases&, Log&, Refusals&);
  // Does what is still waiting first.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void submit(CheckedFrame frame, Done done);

  // Done in the writer's thread, between groups of frames, and again after the next group as long
  // as it asks for that.
  enum class Chore { kDone, kAgain };
  void between(std::function<Chore()> chore);
  // Part of a chore that destroyed something: the store is scrubbed soon, until that worked.
  void owe_scrub();

  // Drops chunks that no entry named in rules::kStagedChunkDays days, once for each day; what fails
  // is tried again at the next call. And scrubs the store where that failed after a withdrawal: a
  // backup keeps it waiting for minutes, and each try has the writer wait, so they come ever more
  // seldom, up to a minute apart. Soon, not now.
  void tidy(const Moment& now);

 private:
  struct Job {
    CheckedFrame frame;
    Done done;
  };

  struct Work {
    std::vector<Job> group;
    protocol::Day tidy_day = 0;
    bool scrub = false;
    std::function<Chore()> chore;

    bool nothing() const { return group.empty() && tidy_day == 0 && !scrub && !chore; }
  };

  void run(const std::stop_token& stop);
  bool step(const std::stop_token& stop);
  Work next_work(const std::stop_token& stop);
  void do_group(std::span<Job> group);
  void scrub();
  storage::Result<std::vector<Results>> commit_group(std::span<Job> group);
  void drop_some_chunks(protocol::Day today);

  storage::Store& store_;
  const Limits& limits_;
  Quotas quotas_;
  UseCases uses_;
  Log& log_;
  Refusals& refusals_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::deque<Job> jobs_;
  std::deque<std::function<Chore()>> chores_;
  protocol::Day tidy_wanted_ = 0;
  protocol::Day tidied_ = 0;  // to the end
  bool tidying_ = false;  // a piece may be dropped now; after a failure not until the next tidy()
  protocol::Day tidy_said_ = 0;       // the writer's own: the day whose failure the log has
  std::uint64_t chunks_dropped_ = 0;  // the writer's own: on this day
  bool scrub_owed_ = true;     // a case was destroyed, perhaps by who ran before, and the store not
                               // scrubbed since
  bool scrub_wanted_ = false;  // and it is time to try
  std::uint64_t scrub_pause_ = 0;  // seconds after the last try that failed, until one that worked
  std::uint64_t scrub_from_ = 0;   // on a steady clock: not before
  std::uint64_t tidy_at_ = 0;      // on the same: the last tidy()
  std::jthread thread_;            // last: it uses all of the above
};

}  // namespace omzien::gateway
