// Where to listen, and that nothing listens without TLS where others could hear it.
#include <charconv>

#include <arpa/inet.h>

#include "gateway/config.h"

namespace omzien::gateway {
namespace {

constexpr std::size_t kUnixPathBytesMax = 107;  // sockaddr_un::sun_path and its closing zero

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw ConfigError("'" + std::string(text) + "' " + std::string(why));
}

bool is_ipv4(const std::string& address) {
  in_addr parsed{};
  return inet_pton(AF_INET, address.c_str(), &parsed) == 1;
}

bool is_ipv6(const std::string& address) {
  in6_addr parsed{};
  return inet_pton(AF_INET6, address.c_str(), &parsed) == 1;
}

bool is_loopback(const std::string& address) {
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

std::uint16_t parse_port(std::string_view text, std::string_view digits) {
  std::uint16_t port = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, port);
  if (error != std::errc{} || stopped != end || digits.empty())
    refuse(text, "ends in no port from 0 to 65535");
  return port;
}

}  // namespace

Endpoint parse_endpoint(std::string_view text) {
  constexpr std::string_view kUnix = "unix:";
  constexpr std::string_view kTls = "tls:";
  Endpoint endpoint;
  if (text.starts_with(kUnix)) {
    endpoint.kind = Endpoint::Kind::kUnix;
    endpoint.path = text.substr(kUnix.size());
    if (endpoint.path.empty() || endpoint.path.native().size() > kUnixPathBytesMax)
      refuse(text, "names no socket, or one whose path is longer than 107 bytes");
    return endpoint;
  }
  const bool tls = text.starts_with(kTls);
  const auto where = tls ? text.substr(kTls.size()) : text;
  const auto colon = where.rfind(':');
  if (colon == std::string_view::npos) refuse(text, "is neither unix:PATH nor ADDRESS:PORT");
  auto address = where.substr(0, colon);
  const bool brackets = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (brackets) address = address.substr(1, address.size() - 2);
  endpoint.address = address;
  endpoint.port = parse_port(text, where.substr(colon + 1));
  if (brackets ? !is_ipv6(endpoint.address) : !is_ipv4(endpoint.address))
    refuse(text, "has no numeric address (IPv6 in brackets)");
  endpoint.kind =
      tls || !is_loopback(endpoint.address) ? Endpoint::Kind::kTls : Endpoint::Kind::kPlain;
  return endpoint;
}

}  // namespace omzien::gateway
