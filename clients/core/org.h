// The organisation file: where the gateway is and whose it must be.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "clients/core/errors.h"
#include "protocol/ids.h"

namespace omzien::core {

// TOML: url, service_id (64 hexadecimal digits), optional tls_pin and proxy.
struct Org {
  std::string url;  // http:// only for loopback and .onion; otherwise https://
  protocol::ServiceId service_id;
  std::optional<std::string>
      tls_pin;  // "sha256//" and base64: the gateway's public key, instead of a CA
  std::optional<std::string> proxy;  // "socks5h://127.0.0.1:9050": by way of Tor
};

Result<Org> read_org(const std::filesystem::path&);

}  // namespace omzien::core
