// The parts of the bench, one a command of omzien-bench. Each prints its figures to stdout as JSON.
#pragma once

#include "tests/bench/bench.h"

namespace omzien::bench {

// Acknowledged reports per second, beside raw SQLCipher (raw_table.h).
struct ReportsOptions {
  std::filesystem::path folder;  // a scratch folder on the file system to measure
  std::size_t reports = 4'000;   // in each store of each round
  std::size_t rounds = 7;
  std::size_t clients_only = 0;  // for a profile: only a gateway with so many clients
};
nlohmann::json measure_reports(const ReportsOptions&);

// Stores of several sizes, filled through the storage interface and kept for the next run.
struct StoresOptions {
  std::filesystem::path folder;
  std::vector<std::size_t> cases;  // a store of each size
};
nlohmann::json fill_stores(const StoresOptions&);

// What an operation costs in each of those stores.
struct GrowthOptions {
  StoresOptions stores;
  std::size_t rounds = 7;
  std::size_t operations = 60;  // of each kind in each round
};
nlohmann::json measure_growth(const GrowthOptions&);

// Open pages: so many TLS connections that exchange in the announced rhythm, reports among them.
struct PagesOptions {
  std::uint16_t port = 0;
  std::size_t pages = 1'000;
  std::size_t seconds = 60;  // counted, after all are open
  std::size_t opening_at_once = 64;
  std::uint32_t pace_ms = 0;  // 0: as announced in each answer; else this one, whatever is answered
  std::uint32_t tick_ms = 100;
  std::size_t reports_per_hour = 0;
  int server_pid = 0;  // whose memory is looked at
};
nlohmann::json measure_pages(const PagesOptions&);

// New connections: so many clients that connect, shake hands, exchange once and close, and again.
struct ConnectionsOptions {
  std::uint16_t port = 0;
  std::size_t clients = 32;
  std::size_t seconds = 5;
};
nlohmann::json measure_connections(const ConnectionsOptions&);

// What a gateway of its own needs: the invented organisation's directory as `folder`/directory.omz;
// and the frame that asks nothing as `folder`/empty.frame, for other load generators.
nlohmann::json write_organisation(const std::filesystem::path& folder);

}  // namespace omzien::bench
