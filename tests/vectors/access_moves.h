// Logs of random moves on a case, the rules' verdict on each, and a digest of what they found in
// the end (access.json, and omzien-access-moves).
#pragma once

#include <nlohmann/json.hpp>

namespace omzien::vectors {

// {service, directory, directory_before, first_day, keys, logs: [{moves, digest}]}. A move, in one
// line: author (its place in `keys`; 0: the owner), day since first_day, kind, payload size, 1 when
// made under directory_before, fields in hexadecimal (`-`: none), verdict. Its place in the log is
// its seq; nothing is signed, since the rules look at no signature. "malformed": the fields do not
// parse. All is judged under `directory`. The digest is of what the rules found after every 40
// moves and in the end. Every third log begins days before the last day that there is.
nlohmann::ordered_json access_moves(unsigned seed, std::size_t logs, std::size_t moves_per_log);

}  // namespace omzien::vectors
