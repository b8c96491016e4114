#include "gateway/writer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/no_memory.h"
#include "storage/describe.h"

namespace omzien::gateway {
namespace {

// Seconds between two tries to scrub, at most.
constexpr std::uint64_t kScrubPauseMax = 60;

// One that was refused, or sent again, destroyed nothing: or whoever likes could keep the writer
// scrubbing.
bool withdrew(const CheckedFrame& frame) {
  return std::any_of(frame.operations.begin(), frame.operations.end(), [](const auto& operation) {
    const auto* ask = std::get_if<CheckedAppend>(&operation);
    return ask != nullptr && ask->withdrew;
  });
}

// Whether it wants to be done again. One that finds no memory is over: whoever asked for it asks
// again.
bool goes_on(const std::function<Writer::Chore()>& chore, Log& log) try {
  return chore() == Writer::Chore::kAgain;
} catch (const std::exception&) {
  log.line(LogLevel::kError, "no memory for what is done between writes; trying again later");
  return false;
}

// What a group was to be answered, until somebody takes it.
struct Untold {
  std::vector<Results> results;
  ~Untold() {
    for (auto& own : results) wipe_bodies(own);
  }
};

}  // namespace

Writer::Writer(storage::Store& store, const Limits& limits, Cases& cases, Log& log,
               Refusals& refusals)
    : store_(store),
      limits_(limits),
      quotas_(limits),
      uses_{limits, cases, quotas_},
      log_(log),
      refusals_(refusals),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Writer::~Writer() {
  thread_.request_stop();
  thread_.join();
}

void Writer::submit(CheckedFrame frame, Done done) {
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back({std::move(frame), std::move(done)});
  }
  waiting_.notify_one();
}

void Writer::tidy(const Moment& now) {
  {
    const std::scoped_lock lock(mutex_);
    tidy_wanted_ = now.day();
    tidying_ = tidied_ < now.day();
    tidy_at_ = now.steady();
    if (scrub_owed_ && tidy_at_ >= scrub_from_) scrub_wanted_ = true;
  }
  waiting_.notify_one();
}

void Writer::between(std::function<Chore()> chore) {
  {
    const std::scoped_lock lock(mutex_);
    chores_.push_back(std::move(chore));
  }
  waiting_.notify_one();
}

void Writer::owe_scrub() {
  const std::scoped_lock lock(mutex_);
  scrub_owed_ = scrub_wanted_ = true;
}

// What finds no memory is not done. Frames it had are let go of, and whoever waits is told `later`.
void Writer::run(const std::stop_token& stop) {
  for (bool more = true; more;) {
    try {
      more = step(stop);
    } catch (const std::exception&) {
      rest_without_memory();
    }
  }
}

bool Writer::step(const std::stop_token& stop) {
  auto work = next_work(stop);
  if (work.nothing()) return false;
  if (!work.group.empty()) do_group(work.group);
  if (work.scrub) scrub();
  if (work.tidy_day != 0) drop_some_chunks(work.tidy_day);
  if (work.chore && goes_on(work.chore, log_)) between(std::move(work.chore));
  return true;
}

// Nothing when the writer is to stop and nothing is waiting.
Writer::Work Writer::next_work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  waiting_.wait(lock, stop,
                [this] { return !jobs_.empty() || !chores_.empty() || tidying_ || scrub_wanted_; });
  Work work;
  work.group.reserve(std::min<std::size_t>(jobs_.size(), limits_.group_frames_max));
  while (!jobs_.empty() && work.group.size() < limits_.group_frames_max) {
    work.group.push_back(std::move(jobs_.front()));
    jobs_.pop_front();
  }
  if (std::exchange(tidying_, false)) work.tidy_day = tidy_wanted_;
  work.scrub = std::exchange(scrub_wanted_, false);
  if (!chores_.empty()) {
    work.chore = std::move(chores_.front());
    chores_.pop_front();
  }
  return work;
}

// A page that is damaged refuses whoever asks for it, again and again, and nobody else: after it
// each is done alone.
void Writer::do_group(std::span<Job> group) {
  auto results = commit_group(group);
  if (!results && results.error() == storage::Error::kDamaged && group.size() > 1) {
    for (auto& job : group) do_group({&job, 1});
    return;
  }
  if (!results)
    refusals_.add(Refusals::Kind::kWrite, results.error(), group.front().frame.now.day(),
                  group.size());
  // After an error, too: it may have come behind the commit, from what remembers the case outside.
  if (std::any_of(group.begin(), group.end(), [](const auto& job) { return withdrew(job.frame); }))
    owe_scrub();
  for (std::size_t i = 0; i < group.size(); ++i) {
    auto& [frame, done] = group[i];
    auto own = results ? std::move((*results)[i]) : storage_failed(frame);
    done(std::move(frame), std::move(own));
  }
}

// After the answers: what was destroyed is destroyed on disk; this takes away the traces. Said
// once, until it worked.
void Writer::scrub() {
  const auto scrubbed = store_.scrub();
  bool first = false;
  {
    const std::scoped_lock lock(mutex_);
    scrub_owed_ = !scrubbed;
    first = scrub_pause_ == 0;
    scrub_pause_ = scrubbed ? 0 : std::clamp<std::uint64_t>(2 * scrub_pause_, 1, kScrubPauseMax);
    scrub_from_ = tidy_at_ + scrub_pause_;
  }
  if (!scrubbed && first)
    log_.line(LogLevel::kInfo,
              "storage: what was destroyed still lies in the journal; trying again");
}

storage::Result<std::vector<Results>> Writer::commit_group(std::span<Job> group) try {
  auto transaction = store_.begin();
  if (!transaction) return tl::unexpected(transaction.error());
  bool wrote = false;
  Taken taken(quotas_);
  Untold untold;
  auto& results = untold.results;
  results.reserve(group.size());
  for (auto& job : group) {
    auto own = run_writes(job.frame, **transaction, uses_, wrote);
    if (!own) return tl::unexpected(own.error());
    results.push_back(std::move(*own));
  }
  // Nothing to commit, nothing to wait for: what was found there had been committed before.
  if (!wrote) return std::move(results);
  if (const auto committed = (*transaction)->commit(); !committed)
    return tl::unexpected(committed.error());
  taken.keep();
  return std::move(results);
} catch (const std::exception&) {
  // Out of memory, most likely. The transaction is gone with the stack, so nothing was changed.
  return tl::unexpected(storage::Error::kFailed);
}

namespace {

// What was dropped no longer counts in its case, so that an upload somebody gave up does not take
// room for ever.
storage::Result<void> count_out(storage::Transaction& transaction,
                                const storage::DroppedChunks& dropped) {
  for (const auto& [handle, cost] : dropped.cost) {
    auto info = transaction.case_info(handle);
    if (!info) return tl::unexpected(info.error());
    if (!*info) continue;  // staged for a case that never came
    auto& now = **info;
    now.bytes -= std::min(now.bytes, cost);
    const auto counted = transaction.append(handle, now.head_seq, now.head_hash, {}, now);
    // A case that takes no more has nothing to count.
    if (!counted && counted.error() != storage::Error::kConflict) return counted;
  }
  return {};
}

// Some of the chunks staged before `day`; how many. None: no more are left.
storage::Result<std::uint64_t> drop_some(storage::Store& store, protocol::Day day) try {
  auto transaction = store.begin();
  if (!transaction) return tl::unexpected(transaction.error());
  const auto dropped = (*transaction)->drop_chunks_before(day);
  if (!dropped) return tl::unexpected(dropped.error());
  if (dropped->chunks == 0) return 0;
  if (const auto counted = count_out(**transaction, *dropped); !counted)
    return tl::unexpected(counted.error());
  if (const auto committed = (*transaction)->commit(); !committed)
    return tl::unexpected(committed.error());
  return dropped->chunks;
} catch (const std::exception&) {
  return tl::unexpected(storage::Error::kFailed);  // as in commit_group
}

}  // namespace

// In turn with what people send: a flood's chunks of a whole day are more than anybody should wait
// for.
void Writer::drop_some_chunks(protocol::Day today) {
  const auto before = today - std::min<protocol::Day>(today, rules::kStagedChunkDays);
  const auto dropped = drop_some(store_, before);
  if (!dropped) {
    if (std::exchange(tidy_said_, today) != today)
      log_.line(LogLevel::kError, "storage: old chunks could not be dropped; trying again. " +
                                      std::string(storage::describe(dropped.error())));
    return;
  }
  chunks_dropped_ += *dropped;
  {
    const std::scoped_lock lock(mutex_);
    if (*dropped > 0)
      tidying_ = true;
    else
      tidied_ = today;
  }
  if (*dropped > 0 || chunks_dropped_ == 0) return;
  log_.line(LogLevel::kInfo, "chunks dropped that no entry named: " +
                                 std::to_string(std::exchange(chunks_dropped_, 0)));
}

}  // namespace omzien::gateway
