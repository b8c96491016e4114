// Small things that the cryptography's tests share.
#pragma once

#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "crypto/verify/bytes.h"
#include "crypto/verify/secret.h"

namespace omzien::crypto {

// Bytes of a hexadecimal literal; a mistake in it ends the test program.
Bytes hex(std::string_view digits);

// A public value or a secret key of its type's size; a mistake in its size ends the test program.
template <class Value>
Value value_of(ByteView bytes) {
  return std::move(Value::from(bytes).value());
}
template <class Value>
Value value_of(std::string_view digits) {
  return value_of<Value>(ByteView(hex(digits)));
}

// The same of a member of a vector.
template <class Value>
Value value_in(const nlohmann::json& object, const char* name) {
  return value_of<Value>(std::string_view(object.at(name).get_ref<const std::string&>()));
}
inline Bytes bytes_in(const nlohmann::json& object, const char* name) {
  return hex(object.at(name).get_ref<const std::string&>());
}
inline std::string text_in(const nlohmann::json& object, const char* name) {
  return object.at(name).get<std::string>();
}

// `bytes` with one bit turned over.
Bytes flipped(ByteView bytes, std::size_t bit);

// A file of published vectors, from $OMZIEN_SHARED/vectors or ../shared/vectors beside the project.
// Nothing when it is not there: skip the test and say so with kNoPublishedVectors.
std::optional<nlohmann::json> published_vectors(std::string_view file);
inline constexpr std::string_view kNoPublishedVectors =
    "published vectors are not here: set OMZIEN_SHARED to the folder that has vectors/";

// A file of our own vectors, tests/vectors; its absence is a failure.
nlohmann::json own_vectors(std::string_view file);

}  // namespace omzien::crypto
