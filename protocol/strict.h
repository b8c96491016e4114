// Strict parsing of Protobuf: for the .cpp files of this folder and of the other codecs only.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <google/protobuf/stubs/logging.h>

#include "crypto/verify/bytes.h"
#include "crypto/verify/secret.h"
#include "omzien/rules.h"

namespace omzien::protocol::strict {

inline crypto::ByteView view(const std::string& field) { return crypto::as_bytes(field); }
inline crypto::Bytes bytes(const std::string& field) { return crypto::to_bytes(field); }
inline std::string field(crypto::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// For a secret that is a message's field: the library keeps a copy of each on the heap.
inline void wipe(std::string& field) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(field.data()), field.size()});
}

// What a 64-bit field counts, if a browser counts that far, too: what one language took for a
// number and the other for a broken message would be one log in two states.
inline std::optional<std::uint64_t> count_of(std::uint64_t number) {
  return number <= rules::kCountMax ? std::optional(number) : std::nullopt;
}

// Protobuf's library would print a line on stderr for text that is no UTF-8, as often as a stranger
// likes to send some.
inline void silence_protobuf() {
  [[maybe_unused]] static const bool silent = (google::protobuf::SetLogHandler(nullptr), true);
}

template <class Message>
crypto::Bytes encode(const Message& message) {
  crypto::Bytes bytes(message.ByteSizeLong());
  message.SerializeToArray(bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

// The message, if `bytes` are exactly how this program would write it: no unknown fields, no
// defaults written out, nothing out of order (protocol §1). Otherwise empty.
template <class Message>
std::optional<Message> parse(crypto::ByteView bytes) {
  silence_protobuf();
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  message.DiscardUnknownFields();
  crypto::Bytes again = encode(message);
  const bool same = std::equal(bytes.begin(), bytes.end(), again.begin(), again.end());
  crypto::wipe(again);
  return same ? std::optional(std::move(message)) : std::nullopt;
}

}  // namespace omzien::protocol::strict
