#include "gateway/exchange_service.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "gateway/directory_seen.h"
#include "gateway/retention.h"
#include "storage/describe.h"

namespace omzien::gateway {
namespace {

using rules::Status;

// Cases whose rules are kept in memory, at a few KiB each.
constexpr std::size_t kCasesRemembered = 4'096;

// What strangers send may take more memory than there is. That costs them this frame, and nobody
// else theirs: it does not leave a thread of the gateway.
template <class Work>
auto if_memory_lasts(Work work) -> std::optional<decltype(work())> try {
  return work();
} catch (const std::exception&) {
  return std::nullopt;
}

protocol::FrameSize size_of(crypto::ByteView frame) {
  const auto size = protocol::frame_size_of(frame.size());
  if (!size) throw std::invalid_argument("not a frame's size");
  return *size;
}

// Of a request that was done with nothing is left: a case share may be in it.
void forget(protocol::Request& request) {
  for (auto& operation : request.operations) crypto::wipe(operation.body);
}

}  // namespace

ExchangeService::ExchangeService(const Parts& parts, storage::BeaconKey beacon_key,
                                 const Limits& limits, const Config::Pace& pace)
    : store_(parts.store),
      people_(parts.people),
      log_(parts.log),
      limits_(limits),
      time_(parts.clock),
      beacons_(std::move(beacon_key)),
      pace_(pace, limits.queued_frames_max),
      cases_(kCasesRemembered),
      no_quotas_(limits_),
      writer_(store_, limits_, cases_, log_) {
  const auto cores = std::max(1U, std::thread::hardware_concurrency());
  const auto threads = limits.worker_threads != 0 ? limits.worker_threads : cores;
  for (std::uint64_t i = 0; i < threads; ++i)
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

ExchangeService::~ExchangeService() {
  drain();
  workers_.clear();  // asks each to stop, and waits
}

void ExchangeService::answer(crypto::Bytes request, Done done) {
  const auto size = size_of(request);
  auto parsed = protocol::parse_request(request);
  crypto::wipe(request);
  // Of another version, no request at all, or one that asks nothing: most of the traffic. The
  // answer says which version is spoken, and there is nothing to wait for.
  if (!parsed || parsed->operations.empty()) {
    done(reply(size, {}));
    return;
  }
  if (!admit(request.size())) {
    forget(*parsed);
    done(reply(size, Results(parsed->operations.size(), {Status::kLater, {}})));
    return;
  }
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back({std::move(*parsed), size, std::move(done)});
  }
  arrived_.notify_one();
}

bool ExchangeService::admit(std::size_t bytes) {
  std::uint64_t frames = 0;
  {
    const std::scoped_lock lock(mutex_);
    if (frames_ >= limits_.queued_frames_max || bytes_ + bytes > limits_.queued_bytes_max) {
      frames = limits_.queued_frames_max;
    } else {
      ++frames_;
      bytes_ += bytes;
      pace_.waiting(frames_);
      return true;
    }
  }
  pace_.waiting(frames);
  return false;
}

crypto::Bytes ExchangeService::later(crypto::ByteView request) {
  auto parsed = protocol::parse_request(request);
  Results results;
  if (parsed) {
    results.assign(parsed->operations.size(), {Status::kLater, {}});
    forget(*parsed);
  }
  return reply(size_of(request), std::move(results));
}

void ExchangeService::drain() {
  std::unique_lock lock(mutex_);
  emptied_.wait(lock, [this] { return frames_ == 0; });
}

void ExchangeService::tend() {
  const auto today = time_.now().day();
  people_.reload(today);
  writer_.tidy(today);
  writer_.between([this, people = people_.in_force()] { return note(*people); });
}

// What can't be noted now is tried again at the next look.
Writer::Chore ExchangeService::note(const PeopleInForce& people) {
  if (noted_ == people.directory.hash()) return Writer::Chore::kDone;
  const auto noted = note_directory(store_, people);
  if (noted)
    noted_ = people.directory.hash();
  else
    log_.line(LogLevel::kError, "storage: the directory's version could not be kept. " +
                                    std::string(storage::describe(noted.error())));
  return Writer::Chore::kDone;
}

void ExchangeService::purge(const crypto::SigningKey& key,
                            std::function<void(storage::Result<std::size_t>)> done) {
  writer_.between([this, &key, done = std::move(done), run = PurgeRun()]() mutable {
    const auto people = people_.in_force();
    const auto before = run.purged;
    const auto some =
        purge_some({store_, cases_, key, random_}, people->directory, time_.now(), run);
    if (run.purged > before) writer_.owe_scrub();
    if (some && !run.over) return Writer::Chore::kAgain;
    done(some ? storage::Result<std::size_t>(run.purged) : tl::unexpected(some.error()));
    return Writer::Chore::kDone;
  });
}

crypto::Bytes ExchangeService::reply(protocol::FrameSize size, Results results) {
  const auto now = time_.now();
  protocol::Response response{rules::kProtocolVersion,
                              beacons_.at(now),
                              pace_.ms(now),
                              now.day(),
                              people_.in_force()->directory.hash(),
                              std::move(results)};
  auto frame = protocol::encode_response(response, size);
  for (auto& result : response.results) crypto::wipe(result.body);  // a case share may be in it
  if (frame) return std::move(*frame);
  // A use case used more room than it was given: a defect, but one that must not leave a client
  // waiting.
  for (auto& result : response.results) result = {Status::kLater, {}};
  return *protocol::encode_response(response, size);
}

void ExchangeService::finish(Done&& done, protocol::FrameSize size, Results results) {
  // What waits for the answer is let go of before drain() may return: it may hold a timer of a
  // context that ends next.
  std::exchange(done, nullptr)(reply(size, std::move(results)));
  const std::scoped_lock lock(mutex_);
  --frames_;
  bytes_ -= static_cast<std::size_t>(size);
  if (frames_ == 0) emptied_.notify_all();
}

void ExchangeService::work(const std::stop_token& stop) {
  while (auto job = next_job(stop)) serve(std::move(*job));
}

std::optional<ExchangeService::Job> ExchangeService::next_job(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, stop, [this] { return !jobs_.empty(); });
  if (jobs_.empty()) return std::nullopt;
  auto job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void ExchangeService::serve(Job job) {
  const auto later = [&] {
    finish(std::move(job.done), job.size,
           Results(job.request.operations.size(), {Status::kLater, {}}));
  };
  auto frame = if_memory_lasts([&] {
    return check_frame(job.request, job.size, time_.now(), people_.in_force(), beacons_);
  });
  forget(job.request);
  if (!frame) return later();
  if (!frame->writes()) {
    auto results = if_memory_lasts([&] { return read(*frame); });
    return results ? finish(std::move(job.done), job.size, std::move(*results)) : later();
  }
  writer_.submit(std::move(*frame), [this, done = std::move(job.done)](CheckedFrame&& written,
                                                                       Results results) mutable {
    finish(std::move(done), written.size, std::move(results));
  });
}

// A reader for this frame alone: one that is kept remembers pages from before a withdrawal.
Results ExchangeService::read(CheckedFrame& frame) {
  std::optional<storage::Error> failed;
  Results results;
  if (const auto reader = store_.reader()) {
    results = run_reads(frame, **reader, {limits_, cases_, no_quotas_}, failed);
  } else {
    failed = reader.error();
    results = storage_failed(frame);
  }
  if (failed)
    log_.line(LogLevel::kError,
              "storage: " + std::string(storage::describe(*failed)) + " A read was refused.");
  return results;
}

}  // namespace omzien::gateway
