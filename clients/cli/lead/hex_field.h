// Bytes in the JSON files that people keep: hexadecimal.
#pragma once

#include <optional>

#include <nlohmann/json.hpp>

#include "crypto/verify/bytes.h"

namespace omzien::cli {

// Nothing unless there is a text of hexadecimal digits.
inline std::optional<crypto::Bytes> bytes_in(const nlohmann::json& value) {
  if (!value.is_string()) return std::nullopt;
  return crypto::from_hex(value.get<std::string>());
}
inline std::optional<crypto::Bytes> bytes_at(const nlohmann::json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (!object.is_object() || found == object.end()) return std::nullopt;
  return bytes_in(*found);
}

// The same for a value of one fixed size.
template <class Value>
std::optional<Value> value_at(const nlohmann::json& object, const char* name) {
  const auto bytes = bytes_at(object, name);
  return bytes ? Value::from(*bytes) : std::nullopt;
}

// Whether the object says that it is this, in the one version there is.
inline bool says_it_is(const nlohmann::json& object, const char* what) {
  return object.is_object() && object.value("omzien", nlohmann::json()) == what &&
         object.value("version", nlohmann::json()) == 1;
}

}  // namespace omzien::cli
