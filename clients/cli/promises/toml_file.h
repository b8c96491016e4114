// Reading and writing the administrator's TOML files. For the .cpp files of this program alone.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "clients/core/local_folder.h"

namespace omzien::cli {

using core::ErrorKind;
using core::Result;

inline tl::unexpected<core::Error> bad(const std::filesystem::path& path, const std::string& what) {
  return core::fail(ErrorKind::kBadInput, path.string() + ": " + what);
}

inline Result<toml::table> read_toml(const std::filesystem::path& path) {
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    return bad(path, std::string(error.description()));
  }
}

inline Result<void> write_toml(const std::filesystem::path& path, const toml::table& table) {
  std::ostringstream text;
  text << table << '\n';
  return core::write_file(path, crypto::as_bytes(text.str()));
}

template <class Fixed>
std::optional<Fixed> fixed(const toml::table& table, std::string_view key) {
  const auto bytes = crypto::from_hex(table[key].value_or(std::string{}));
  return bytes ? Fixed::from(*bytes) : std::nullopt;
}

inline std::uint32_t number(const toml::table& table, std::string_view key,
                            std::uint32_t otherwise) {
  return table[key].value_or(otherwise);
}

// The strings of a list; empty when there is none.
inline std::vector<std::string> strings(const toml::table& table, std::string_view key) {
  std::vector<std::string> list;
  if (const auto* array = table[key].as_array())
    for (const auto& one : *array) list.push_back(one.value_or(std::string{}));
  return list;
}

inline toml::array toml_strings(const std::vector<std::string>& list) {
  toml::array array;
  for (const auto& one : list) array.push_back(one);
  return array;
}

}  // namespace omzien::cli
