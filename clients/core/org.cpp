#include "clients/core/org.h"

#include <toml++/toml.h>

namespace omzien::core {
namespace {

// Plain HTTP is for this machine and for onion services, which encrypt by themselves. What looks
// like a host is none before an @.
bool plain_is_fine(std::string_view url) {
  if (url.find('@') != url.npos) return false;
  const auto host = url.substr(std::string_view("http://").size());
  const auto name = host.substr(0, host.find_first_of(":/?#"));
  return name == "127.0.0.1" || name == "localhost" || name.ends_with(".onion");
}

std::optional<std::string> text(const toml::table& table, std::string_view key) {
  return table[key].value<std::string>();
}

}  // namespace

Result<Org> read_org(const std::filesystem::path& path) {
  toml::table table;
  try {
    table = toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::kBadInput, path.string() + ": " + std::string(error.description()));
  }
  for (const auto& [key, value] : table)
    if (key != "url" && key != "service_id" && key != "tls_pin" && key != "proxy")
      return fail(ErrorKind::kBadInput,
                  path.string() + ": \"" + std::string(key.str()) + "\" is not a setting");
  const auto url = text(table, "url");
  const auto service = crypto::from_hex(text(table, "service_id").value_or(""));
  const auto id = service ? protocol::ServiceId::from(*service) : std::nullopt;
  if (!url || !id)
    return fail(ErrorKind::kBadInput,
                path.string() + ": needs url and service_id (64 hexadecimal digits)");
  const bool encrypted = url->starts_with("https://");
  if (!encrypted && !(url->starts_with("http://") && plain_is_fine(*url)))
    return fail(ErrorKind::kBadInput, path.string() + ": url must begin with https://");
  return Org{*url, *id, text(table, "tls_pin"), text(table, "proxy")};
}

}  // namespace omzien::core
