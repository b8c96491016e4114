// Every limit of the gateway: its name, its default, and why. All stand in `[limits]` of
// gateway.toml under these very names; config.cpp has the range of each. Units stand at the end of
// the names.
#pragma once

#include <algorithm>
#include <cstdint>
#include <thread>

namespace omzien::gateway {

// What the use cases keep to (protocol §5).
struct Limits {
  // A case before a member has answered: a report, its files, and room for a second thought.
  std::uint64_t case_unanswered_bytes_max = 32ULL << 20;
  // And after: hours of conversation and its files.
  std::uint64_t case_bytes_max = 200ULL << 20;
  // What all cases without an answer may take together on one day, chunks staged for no case
  // included, and what it takes to let everybody out again (taking_back.h). It bounds what a flood
  // of invented cases can fill the disk with; real reports are some 100 KB.
  std::uint64_t unanswered_bytes_per_day_max = 2ULL << 30;
  // New cases on one day: far above what an organisation of 100,000 people sends in its worst week.
  std::uint64_t cases_opened_per_day_max = 5'000;
  // And in one minute, so that a flood does not use up the day before anybody has looked.
  std::uint64_t cases_opened_per_minute_max = 300;
  // Chunks staged for a handle that has no case yet: one report with its pictures.
  std::uint64_t staged_before_open_bytes_max = 8ULL << 20;
  // Entries that members append to one case on one day, all together; the owner's are not counted.
  // A person writes tens; a desk that has lost its mind writes thousands.
  std::uint64_t member_appends_per_case_day_max = 200;
  // And when one has used that up, so many for each of the others still, and for each alone: nobody
  // silences a colleague for a day.
  std::uint64_t own_appends_per_case_day_max = 25;

  // Frames that wait for a worker or the writer; one more is answered `later`.
  std::uint64_t queued_frames_max = 2'048;
  // And their bytes: a large frame has 256 KiB.
  std::uint64_t queued_bytes_max = 64ULL << 20;
  // Frames that the writer commits as one transaction: the fsync's cost is shared by then, and the
  // first of them should not wait for a hundred others.
  std::uint64_t group_frames_max = 64;
  // Threads that check signatures and read; 0: one for each core.
  std::uint64_t worker_threads = 0;
  // Rows of an inbox read from the store at once; the frame's room decides how many are answered.
  std::uint64_t inbox_rows_max = 512;
};

// What gateway/http keeps to (design §6).
struct HttpLimits {
  // A browser's header with everything a proxy adds is below 2 KiB.
  std::uint64_t header_bytes_max = 8'192;
  // Open connections on all listeners but health's, and 64 that are being ended to make room. Each
  // costs a file descriptor and some tens of KiB.
  std::uint64_t connections_max = 24'576;
  // What they hold of large frames besides, coming in or going out: 1,024 whole ones. On every
  // connection it would be 6 GiB, for as long as a body may take.
  std::uint64_t large_frames_bytes_max = 256ULL << 20;
  // Deadlines, from when the thing begins. Onion circuits take seconds, so none is tight.
  std::uint64_t handshake_ms_max = 10'000;
  std::uint64_t header_ms_max = 10'000;
  std::uint64_t body_ms_max = 60'000;
  std::uint64_t write_ms_max = 60'000;
  // Between requests: several times the slowest pace, so a page keeps its connection.
  std::uint64_t idle_ms_max = 75'000;
  // Measured from the body's first second on: 16 KiB within 32 s.
  std::uint64_t body_bytes_per_second_min = 512;
  // Pause before accepting again when the system has no file descriptors left.
  std::uint64_t accept_backoff_ms = 100;
  // A TLS goodbye that the other side does not return.
  std::uint64_t shutdown_ms_max = 2'000;
  // From SIGTERM until connections that are still busy are cut.
  std::uint64_t drain_ms_max = 10'000;
  // Files in the folder of a listener's web pages, compressed ones counted, and their bytes. They
  // are in memory as long as the gateway runs; the reporter's app is ten files and 1 MB.
  std::uint64_t site_files_max = 256;
  std::uint64_t site_bytes_max = 8ULL << 20;
  // Threads that serve sockets; 0: one for each core.
  std::uint64_t socket_threads = 0;
};

// What `worker_threads` and `socket_threads` come to on this machine.
inline std::uint64_t threads_of(std::uint64_t configured) {
  return configured != 0 ? configured : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace omzien::gateway
