// The gate: a request's header as it came from a stranger's socket (gateway/http/gate.h).
#include "gateway/http/gate.h"
#include "omzien/rules.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {
namespace {

using gateway::http::Service;
using Passage = gateway::http::Verdict::Passage;

void check(std::string_view header, Service service) {
  const auto verdict = gateway::http::judge(header, service);
  if (verdict.passage == Passage::kRefused) return;
  must(header.ends_with(gateway::http::kHeaderEnd));
  must((verdict.passage == Passage::kHealth) == (service == Service::kHealth));
  if (verdict.passage == Passage::kExchange) {
    must(header.starts_with("POST /v1/exchange HTTP/1.1\r\n"));
    must(verdict.body_bytes == rules::kFrameBytes || verdict.body_bytes == rules::kLargeFrameBytes);
  } else {
    must(header.starts_with("GET /") || header.starts_with("HEAD /"));
    must(verdict.body_bytes == 0);
  }
  if (verdict.passage == Passage::kPage)
    must(verdict.page.target.find("..") == std::string_view::npos);
}

}  // namespace

void run(crypto::ByteView input) {
  const std::string_view header{reinterpret_cast<const char*>(input.data()), input.size()};
  for (const auto service : {Service::kExchange, Service::kHealth}) check(header, service);
}

}  // namespace omzien::fuzz
