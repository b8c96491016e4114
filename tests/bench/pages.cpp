// Open pages: each keeps a plan of slots as clients/web/core/slot_plan.ts does, and sends an empty
// frame at each slot or a report that waits. What is counted begins when all pages are open.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "crypto/verify/random.h"
#include "omzien/rules.h"
#include "tests/bench/gateway_here.h"
#include "tests/bench/open_page.h"
#include "tests/bench/parts.h"
#include "tests/bench/sealed_reports.h"

namespace omzien::bench {
namespace {

using std::chrono::milliseconds;

// What the system says about a server.
struct ServerUse {
  double rss_kib = 0;
  double cpu_seconds = 0;
};

ServerUse use_of(int pid) {
  ServerUse use;
  if (pid == 0) return use;
  const auto folder = std::filesystem::path("/proc") / std::to_string(pid);
  std::ifstream status(folder / "status");
  for (std::string word; status >> word;)
    if (word == "VmRSS:") status >> use.rss_kib;
  std::ifstream stat(folder / "stat");
  std::string text{std::istreambuf_iterator<char>(stat), {}};
  std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  use.cpu_seconds = (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
  return use;
}

void raise_descriptor_limit() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

double percentile(std::vector<double>& values, double part) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(at);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

class Load {
 public:
  explicit Load(const PagesOptions& options) : options_(options) {
    tls_.set_verify_mode(net::ssl::verify_none);
    const auto empty = protocol::encode_request({}, protocol::FrameSize::kSmall);
    empty_request_ = request_of(*empty);
  }

  nlohmann::json run() {
    raise_descriptor_limit();
    const auto before = use_of(options_.server_pid);
    const auto began = SteadyClock::now();
    for (std::size_t i = 0; i < options_.opening_at_once; ++i)
      net::co_spawn(context_, open_pages(), net::detached);
    while (opened_ + failed_ < options_.pages && context_.run_one() > 0) {
    }
    const std::chrono::duration<double> opening = SteadyClock::now() - began;
    run_for(kSettle);
    counting_ = true;
    const auto at_start = use_of(options_.server_pid);
    if (options_.reports_per_hour > 0) net::co_spawn(context_, bring_reports(), net::detached);
    const double counted = run_for(std::chrono::seconds(options_.seconds));
    counting_ = false;
    const auto at_end = use_of(options_.server_pid);
    return figures(opening.count(), counted, before, at_start, at_end);
  }

 private:
  // Until every page has had its first slots.
  static constexpr std::chrono::seconds kSettle{12};

  double run_for(milliseconds time) {
    return seconds_of([&] { context_.run_for(time); });
  }

  Awaitable<void> open_pages() {
    while (started_ < options_.pages) {
      ++started_;
      auto page = std::make_shared<OpenPage>(context_, tls_);
      try {
        co_await page->open(options_.port);
      } catch (const std::exception& error) {
        fail(error);
        continue;
      }
      ++opened_;
      net::co_spawn(context_, keep_open(std::move(page)), net::detached);
    }
  }

  Awaitable<void> keep_open(std::shared_ptr<OpenPage> page) {
    Timer timer(context_.get_executor());
    auto planned = SteadyClock::now() + milliseconds(gap_ms(options_.pace_ms));
    try {
      for (;;) {
        timer.expires_at(planned);
        co_await timer.async_wait(kAwait);
        auto report = next_report();
        const auto request = report ? request_with(*report) : empty_request_;
        const auto answer = co_await page->exchange(request);
        const auto pace_ms = count(answer, std::move(report));
        const auto now = SteadyClock::now();
        do planned += milliseconds(gap_ms(pace_ms));
        while (planned <= now);
      }
    } catch (const std::exception& error) {
      fail(error);
    }
  }

  // The pace to go on with.
  std::uint32_t count(const OpenPage::Exchanged& answer, std::optional<SealedReport> report) {
    const auto late = answer.took - milliseconds(options_.tick_ms);
    const double late_ms = std::chrono::duration<double, std::milli>(late).count();
    if (counting_) late_ms_.push_back(late_ms);
    if (counting_ && report) report_late_ms_.push_back(late_ms);
    if (report) count_report(answer, std::move(*report));
    if (options_.pace_ms != 0) return options_.pace_ms;
    const auto response = protocol::parse_response(answer.frame);
    if (!response) throw std::runtime_error("an answer that is none");
    beacon_ = response->beacon;
    if (counting_) pace_ms_.push_back(response->pace_ms);
    return response->pace_ms;
  }

  long gap_ms(std::uint32_t pace_ms) {
    const auto pace = std::clamp<std::uint32_t>(pace_ms, rules::kPaceMsMin, rules::kPaceMsMax);
    std::uniform_real_distribution<double> gap(rules::kSlotSpacingMsMin,
                                               2.0 * pace - rules::kSlotSpacingMsMin);
    return std::lround(gap(random_));
  }

  // One that was not on disk at the tick goes again with the next slot, as clients do.
  void count_report(const OpenPage::Exchanged& answer, SealedReport report) {
    const auto response = protocol::parse_response(answer.frame);
    const bool later = response && response->results.size() == 1 &&
                       response->results.front().status == rules::Status::kLater;
    if (later) {
      ++reports_later_;
      waiting_ = std::move(report);
    } else if (is_done(answer.frame)) {
      ++reports_done_;
    } else {
      ++reports_refused_;
    }
  }

  // What waits goes with whichever page comes first to its slot.
  std::optional<SealedReport> next_report() {
    if (beacon_ == protocol::Beacon{}) return std::nullopt;
    return std::exchange(waiting_, std::nullopt);
  }

  std::string request_with(const SealedReport& report) {
    return request_of(frame_of(report, beacon_, organisation_.service()));
  }

  Awaitable<void> bring_reports() {
    Timer timer(context_.get_executor());
    for (;;) {
      waiting_ = seal_report(organisation_, directory_, bench_day(), system_random_);
      timer.expires_after(milliseconds(3'600'000 / options_.reports_per_hour));
      co_await timer.async_wait(kAwait);
    }
  }

  void fail(const std::exception& error) {
    ++failed_;
    if (failed_ == 1) first_error_ = error.what();
  }

  nlohmann::json figures(double opening, double counted, const ServerUse& before,
                         const ServerUse& at_start, const ServerUse& at_end) {
    const double exchanges = static_cast<double>(late_ms_.size());
    const double opened = static_cast<double>(opened_);
    return {{"pages", opened_},
            {"errors", failed_},
            {"first_error", first_error_},
            {"opened_per_second", opened / opening},
            {"seconds", counted},
            {"exchanges", late_ms_.size()},
            {"exchanges_per_second", exchanges / counted},
            {"pace_ms", percentile(pace_ms_, 0.5)},
            {"late_ms",
             {{"p50", percentile(late_ms_, 0.5)},
              {"p99", percentile(late_ms_, 0.99)},
              {"p999", percentile(late_ms_, 0.999)},
              {"max", percentile(late_ms_, 1.0)}}},
            {"reports_done", reports_done_},
            {"reports_later", reports_later_},
            {"reports_refused", reports_refused_},
            {"report_late_ms_max", percentile(report_late_ms_, 1.0)},
            {"kib_per_page", (at_end.rss_kib - before.rss_kib) / opened},
            {"server_cpu_us_per_exchange",
             1e6 * (at_end.cpu_seconds - at_start.cpu_seconds) / exchanges}};
  }

  PagesOptions options_;
  net::io_context context_{1};
  net::ssl::context tls_{net::ssl::context::tlsv13_client};
  std::string empty_request_;
  kit::Organisation organisation_ = make_organisation();
  protocol::Directory directory_ = organisation_.directory();
  crypto::SystemRandom system_random_;
  std::mt19937 random_{1};
  protocol::Beacon beacon_;
  bool counting_ = false;
  std::optional<SealedReport> waiting_;
  std::size_t started_ = 0;
  std::size_t opened_ = 0;
  std::size_t failed_ = 0;
  std::string first_error_;
  std::size_t reports_done_ = 0;
  std::size_t reports_later_ = 0;
  std::size_t reports_refused_ = 0;
  std::vector<double> late_ms_;
  std::vector<double> report_late_ms_;
  std::vector<double> pace_ms_;
};

}  // namespace

nlohmann::json measure_pages(const PagesOptions& options) { return Load(options).run(); }

}  // namespace omzien::bench
