// The gate: whether a request's header may pass to the exchange (design §6).
//
// The parser behind it is lenient: it lets chunked bodies, a folded field, zero or two Hosts and
// lists of lengths through. Here every request is either one of the few that a client of ours
// sends, or refused; the one who sent it learns no more than that.
#pragma once

#include <cstddef>
#include <string_view>

#include "gateway/http/content_coding.h"

namespace omzien::gateway::http {

// What may be asked at an address.
enum class Service {
  kExchange,  // POST /v1/exchange, and the web pages
  kHealth,    // GET /health
};

struct Verdict {
  enum class Passage { kRefused, kExchange, kPage, kHealth };
  Passage passage = Passage::kRefused;
  std::size_t body_bytes = 0;  // that follow the header: a frame's size, or none
  bool close_after = false;    // the client said "Connection: close"

  struct Page {
    std::string_view target;  // part of the header that was judged; "/", or "/" and a site name
    Codings codings;
    bool without_body = false;  // HEAD
  } page = {};
};

// Marks the end of a header.
inline constexpr std::string_view kHeaderEnd = "\r\n\r\n";

// `header` runs from the first byte of the request line up to and including kHeaderEnd, and stands
// unchanged as long as the call lasts; nothing of it is copied or kept.
//
// Passes: HTTP/1.1, exactly one Host, no field that changes how a body is read (Transfer-Encoding,
// Content-Encoding, Trailer, Expect, Upgrade), no folded field, and
// - exchange: POST /v1/exchange, one Content-Type application/octet-stream, one Content-Length
//   that is a frame's size in plain decimal digits;
// - page: GET or HEAD of "/" or of "/" and a site name (site_folder.h), without Content-Length.
//   Whether there is such a file, the site knows;
// - health: GET /health without Content-Length.
Verdict judge(std::string_view header, Service service);

}  // namespace omzien::gateway::http
