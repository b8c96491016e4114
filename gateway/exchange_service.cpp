#include "gateway/exchange_service.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "gateway/wiped.h"

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

// Also when memory ends in between.
struct WipedResults {
  Results& results;
  ~WipedResults() { wipe_bodies(results); }
};

}  // namespace

// Of a frame that waits: its room in the queue, and who waits for the answer. Both are let go of
// once it is answered, or with whoever held it last: what found no memory on its way is not
// answered, and keeps no room.
class ExchangeService::Place {
 public:
  Place(ExchangeService& service, protocol::FrameSize size, Done done)
      : service_(service), size_(size), done_(std::move(done)) {}
  ~Place() { leave(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  bool take() { return taken_ = service_.admit(static_cast<std::size_t>(size_)); }

  void answer(Results results) {
    send([&] { return service_.reply(size_, std::move(results)); });
  }
  void later(std::size_t operations) {
    send([&] { return service_.reply(size_, Results(operations, {Status::kLater, {}})); });
  }

 private:
  template <class Make>
  void send(Make make) {
    auto frame = if_memory_lasts(make);
    std::exchange(done_, nullptr)(frame ? std::move(*frame) : crypto::Bytes());
    leave();
  }

  // What waits for the answer goes before drain() may return: it may hold a timer of a context that
  // ends next.
  void leave() {
    done_ = nullptr;
    if (std::exchange(taken_, false)) service_.give_back(static_cast<std::size_t>(size_));
  }

  ExchangeService& service_;
  protocol::FrameSize size_;
  Done done_;
  bool taken_ = false;
};

struct ExchangeService::Job {
  protocol::Request request;
  protocol::FrameSize size = protocol::FrameSize::kSmall;
  std::shared_ptr<Place> place;

  Job() = default;
  ~Job() { forget(request); }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
};

ExchangeService::ExchangeService(const Parts& parts, storage::BeaconKey beacon_key,
                                 const Limits& limits, const Config::Pace& pace)
    : store_(parts.store),
      people_(parts.people),
      refusals_(parts.log),
      limits_(limits),
      time_(parts.clock),
      beacons_(std::move(beacon_key)),
      pace_(pace, limits.queued_frames_max),
      cases_(kCasesRemembered),
      no_quotas_(limits_),
      upkeep_({store_, people_, time_, cases_, parts.log, refusals_, writer_}),
      writer_(store_, limits_, cases_, parts.log, refusals_) {
  for (std::uint64_t i = 0; i < threads_of(limits.worker_threads); ++i)
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

ExchangeService::~ExchangeService() {
  drain();
  workers_.clear();  // asks each to stop, and waits
}

void ExchangeService::answer(crypto::Bytes request, Done done) {
  const auto size = size_of(request);
  auto job = std::make_unique<Job>();
  {
    const WipedAtEnd gone(request);
    if (auto parsed = protocol::parse_request(request)) job->request = std::move(*parsed);
  }
  // Of another version, no request at all, or one that asks nothing: most of the traffic. The
  // answer says which version is spoken, and there is nothing to wait for.
  if (job->request.operations.empty()) {
    done(reply(size, {}));
    return;
  }
  job->size = size;
  job->place = std::make_shared<Place>(*this, size, std::move(done));
  if (!job->place->take()) {
    job->place->later(job->request.operations.size());
    return;
  }
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(std::move(job));
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

crypto::Bytes ExchangeService::reply(protocol::FrameSize size, Results results) {
  const auto now = time_.now();
  protocol::Response response{rules::kProtocolVersion,
                              beacons_.at(now),
                              pace_.ms(now),
                              now.day(),
                              people_.in_force()->directory.hash(),
                              std::move(results)};
  const WipedResults gone{response.results};  // a case share may be in one
  if (auto frame = protocol::encode_response(response, size)) return std::move(*frame);
  // A use case used more room than it was given: a defect, but one that must not leave a client
  // waiting.
  for (auto& result : response.results) {
    crypto::wipe(result.body);
    result = {Status::kLater, {}};
  }
  return *protocol::encode_response(response, size);
}

void ExchangeService::give_back(std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  --frames_;
  bytes_ -= bytes;
  if (frames_ == 0) emptied_.notify_all();
}

void ExchangeService::work(const std::stop_token& stop) {
  while (const auto job = next_job(stop)) serve(*job);
}

std::unique_ptr<ExchangeService::Job> ExchangeService::next_job(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, stop, [this] { return !jobs_.empty(); });
  if (jobs_.empty()) return nullptr;
  auto job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void ExchangeService::serve(Job& job) {
  const auto operations = job.request.operations.size();
  auto frame = if_memory_lasts([&] {
    return check_frame(job.request, job.size, time_.now(), people_.in_force(), beacons_);
  });
  forget(job.request);
  if (!frame) return job.place->later(operations);
  if (!frame->writes()) {
    auto results = if_memory_lasts([&] { return read(*frame); });
    return results ? job.place->answer(std::move(*results)) : job.place->later(operations);
  }
  const auto submitted = if_memory_lasts([&] {
    writer_.submit(std::move(*frame), [place = job.place](CheckedFrame&&, Results results) {
      place->answer(std::move(results));
    });
    return true;
  });
  if (!submitted) job.place->later(operations);
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
  if (failed) refusals_.add(Refusals::Kind::kRead, *failed, frame.now.day());
  return results;
}

}  // namespace omzien::gateway
