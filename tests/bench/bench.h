// What every part of the bench shares: the clock, and how figures are written.
//
// A part prints one JSON object with the raw numbers of each of its rounds; medians and ratios are
// tests/bench/figures.py's.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>

#include <nlohmann/json.hpp>

namespace omzien::bench {

using SteadyClock = std::chrono::steady_clock;

// Seconds that `work` takes.
template <class Work>
double seconds_of(Work work) {
  const auto began = SteadyClock::now();
  work();
  return std::chrono::duration<double>(SteadyClock::now() - began).count();
}

// Seconds of processor time that this process has used, on all of its threads.
double cpu_seconds();

// What a number of things cost: how many a second, and processor microseconds for each, which a
// busy machine changes far less.
template <class Work>
nlohmann::json cost_of(std::size_t things, Work work) {
  const double cpu_before = cpu_seconds();
  const double took = seconds_of(std::move(work));
  const auto count = static_cast<double>(things);
  return {{"per_second", count / took}, {"cpu_us", 1e6 * (cpu_seconds() - cpu_before) / count}};
}

// A folder that is empty now and goes with the object.
class EmptyFolder {
 public:
  explicit EmptyFolder(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~EmptyFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  EmptyFolder(const EmptyFolder&) = delete;
  EmptyFolder& operator=(const EmptyFolder&) = delete;

  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace omzien::bench
