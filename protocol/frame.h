// Frames of the exchange: one size whatever is inside (protocol §5).
#pragma once

#include <vector>

#include <tl/expected.hpp>

#include "crypto/verify/signature.h"
#include "protocol/ids.h"

namespace omzien::protocol {

// Body sizes of the exchange, in bytes. Every other size is refused.
enum class FrameSize : std::size_t {
  kSmall = rules::kFrameBytes,
  kLarge = rules::kLargeFrameBytes,
};
std::optional<FrameSize> frame_size_of(std::size_t bytes);
constexpr std::size_t frame_room(FrameSize size) {
  return static_cast<std::size_t>(size) - rules::kFrameLengthBytes;
}

// One operation as sent. `kind` may be one this program does not know.
struct Operation {
  rules::OperationKind kind{};
  crypto::Bytes body;
  crypto::SigningPublicKey key;  // zeros for operations that nobody signs
  Beacon beacon;
  crypto::Signature signature;
};

struct Request {
  std::uint32_t version = rules::kProtocolVersion;
  std::vector<Operation> operations;
};

struct OperationResult {
  rules::Status status{};
  crypto::Bytes body;  // by the operation's kind, when done
};

struct Response {
  std::uint32_t version = rules::kProtocolVersion;
  Beacon beacon;
  std::uint32_t pace_ms = 0;
  Day day = 0;
  crypto::Digest directory_hash;
  std::vector<OperationResult> results;
};

enum class FrameError {
  kSize,       // not a frame's size, or a length beyond it
  kPadding,    // something other than zeros after the message
  kMalformed,  // not the message, or more in it than the limits allow
};

// Whether the operation is one that nobody signs: the directory, keys, availability.
bool is_public(rules::OperationKind);

// What an operation's key signs, tag operation_signature before it: the field list
// (service id, beacon, kind u32, body).
crypto::Bytes operation_bytes(const ServiceId&, const Beacon&, rules::OperationKind,
                              crypto::ByteView body);
bool operation_signature_valid(const Operation&, const ServiceId&);

// Empty when the message does not fit the frame.
std::optional<crypto::Bytes> encode_request(const Request&, FrameSize);
std::optional<crypto::Bytes> encode_response(const Response&, FrameSize);
// Bytes of the message without length and padding, to see what still fits.
std::size_t message_size(const Request&);
std::size_t message_size(const Response&);

// A request of another version parses as far as the version: `operations` is empty then.
tl::expected<Request, FrameError> parse_request(crypto::ByteView frame);
tl::expected<Response, FrameError> parse_response(crypto::ByteView frame);

}  // namespace omzien::protocol
