// Strict parsing of Protobuf: for the .cpp files of this folder and of the other codecs only.
#pragma once

#include <optional>
#include <string>

#include <google/protobuf/stubs/logging.h>

#include "crypto/verify/bytes.h"

namespace omzien::protocol::strict {

inline crypto::ByteView view(const std::string& field) { return crypto::as_bytes(field); }
inline crypto::Bytes bytes(const std::string& field) { return crypto::to_bytes(field); }
inline std::string field(crypto::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Protobuf's library would print a line on stderr for text that is no UTF-8, as often as a stranger
// likes to send some.
inline void silence_protobuf() {
  [[maybe_unused]] static const bool silent = (google::protobuf::SetLogHandler(nullptr), true);
}

// The message, if `bytes` are exactly how this program would write it: no unknown fields, no
// defaults written out, nothing out of order (protocol §1). Otherwise empty.
template <class Message>
std::optional<Message> parse(crypto::ByteView bytes) {
  silence_protobuf();
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  message.DiscardUnknownFields();
  const std::string again = message.SerializeAsString();
  if (crypto::as_bytes(again).size() != bytes.size() ||
      !std::equal(bytes.begin(), bytes.end(), crypto::as_bytes(again).begin()))
    return std::nullopt;
  return message;
}

template <class Message>
crypto::Bytes encode(const Message& message) {
  return crypto::to_bytes(message.SerializeAsString());
}

}  // namespace omzien::protocol::strict
