#include "protocol/frame.h"

#include <cstring>

#include "omzien/exchange.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

auto* parts_of(wire::Request& message) { return message.mutable_operations(); }
auto* parts_of(wire::Response& message) { return message.mutable_results(); }

// A case share may stand in a body, and the library keeps a copy of each: it goes when this does.
template <class Message>
struct Wiped {
  Message message;
  ~Wiped() {
    for (auto& part : *parts_of(message)) strict::wipe(*part.mutable_body());
  }
};

wire::Request to_message(const Request& request) {
  wire::Request message;
  message.set_version(request.version);
  for (const auto& from : request.operations) {
    auto* to = message.add_operations();
    to->set_kind(static_cast<std::uint32_t>(from.kind));
    to->set_body(strict::field(from.body));
    if (is_public(from.kind)) continue;
    to->set_key(strict::field(from.key.view()));
    to->set_beacon(strict::field(from.beacon.view()));
    to->set_signature(strict::field(from.signature.view()));
  }
  return message;
}

wire::Response to_message(const Response& response) {
  wire::Response message;
  message.set_version(response.version);
  message.set_beacon(strict::field(response.beacon.view()));
  message.set_pace_ms(response.pace_ms);
  message.set_day(response.day);
  message.set_directory_hash(strict::field(response.directory_hash.view()));
  for (const auto& from : response.results) {
    auto* to = message.add_results();
    to->set_status(static_cast<std::uint32_t>(from.status));
    to->set_body(strict::field(from.body));
  }
  return message;
}

template <class Message>
std::optional<crypto::Bytes> to_frame(const Wiped<Message>& wiped, FrameSize size) {
  const Message& message = wiped.message;
  const std::size_t length = message.ByteSizeLong();
  if (length > frame_room(size)) return std::nullopt;
  crypto::Bytes frame(static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < rules::kFrameLengthBytes; ++i)
    frame[i] = static_cast<std::uint8_t>(length >> (8 * (rules::kFrameLengthBytes - 1 - i)));
  message.SerializeWithCachedSizesToArray(frame.data() + rules::kFrameLengthBytes);
  return frame;
}

// Each byte equals the one before it, and the first is zero: so the library may look at many at a
// time. Most of a frame is filler, and one by one it took a twentieth of an exchange.
bool all_zeros(crypto::ByteView bytes) {
  return bytes.empty() ||
         (bytes[0] == 0 && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

tl::expected<crypto::ByteView, FrameError> message_in(crypto::ByteView frame) {
  const auto size = frame_size_of(frame.size());
  if (!size) return tl::unexpected(FrameError::kSize);
  std::size_t length = 0;
  for (std::size_t i = 0; i < rules::kFrameLengthBytes; ++i) length = length << 8 | frame[i];
  if (length > frame_room(*size)) return tl::unexpected(FrameError::kSize);
  if (!all_zeros(frame.subspan(rules::kFrameLengthBytes + length)))
    return tl::unexpected(FrameError::kPadding);
  return frame.subspan(rules::kFrameLengthBytes, length);
}

std::optional<Operation> take(const wire::Operation& from) {
  Operation operation{rules::OperationKind{from.kind()}, strict::bytes(from.body()), {}, {}, {}};
  if (is_public(operation.kind)) {
    const bool bare = from.key().empty() && from.beacon().empty() && from.signature().empty();
    return bare ? std::optional(std::move(operation)) : std::nullopt;
  }
  const auto key = crypto::SigningPublicKey::from(strict::view(from.key()));
  const auto beacon = Beacon::from(strict::view(from.beacon()));
  const auto signature = crypto::Signature::from(strict::view(from.signature()));
  if (!key || !beacon || !signature) return std::nullopt;
  operation.key = *key;
  operation.beacon = *beacon;
  operation.signature = *signature;
  return operation;
}

}  // namespace

std::optional<FrameSize> frame_size_of(std::size_t bytes) {
  if (bytes == rules::kFrameBytes) return FrameSize::kSmall;
  if (bytes == rules::kLargeFrameBytes) return FrameSize::kLarge;
  return std::nullopt;
}

bool is_public(rules::OperationKind kind) {
  return kind == rules::OperationKind::kDirectory || kind == rules::OperationKind::kKeys ||
         kind == rules::OperationKind::kAvailability || kind == rules::OperationKind::kNothing;
}

crypto::Bytes operation_bytes(const ServiceId& service, const Beacon& beacon,
                              rules::OperationKind kind, crypto::ByteView body) {
  crypto::FieldList list;
  list.append(service.view());
  list.append(beacon.view());
  list.append_u32(static_cast<std::uint32_t>(kind));
  list.append(body);
  return std::move(list).bytes();
}

bool operation_signature_valid(const Operation& operation, const ServiceId& service) {
  auto bytes = operation_bytes(service, operation.beacon, operation.kind, operation.body);
  const bool valid =
      crypto::verify(operation.key, rules::kTagOperationSignature, bytes, operation.signature);
  crypto::wipe(bytes);
  return valid;
}

std::optional<crypto::Bytes> encode_request(const Request& request, FrameSize size) {
  return to_frame(Wiped<wire::Request>{to_message(request)}, size);
}

std::optional<crypto::Bytes> encode_response(const Response& response, FrameSize size) {
  return to_frame(Wiped<wire::Response>{to_message(response)}, size);
}

std::size_t message_size(const Request& request) {
  return Wiped<wire::Request>{to_message(request)}.message.ByteSizeLong();
}
std::size_t message_size(const Response& response) {
  return Wiped<wire::Response>{to_message(response)}.message.ByteSizeLong();
}

tl::expected<Request, FrameError> parse_request(crypto::ByteView frame) {
  const auto bytes = message_in(frame);
  if (!bytes) return tl::unexpected(bytes.error());
  // A newer version may say more than this one can read; its version alone is enough to answer.
  Wiped<wire::Request> loose;
  if (!loose.message.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
    return tl::unexpected(FrameError::kMalformed);
  const auto version = loose.message.version();
  if (version != rules::kProtocolVersion) return Request{version, {}};
  auto parsed = strict::parse<wire::Request>(*bytes);
  if (!parsed) return tl::unexpected(FrameError::kMalformed);
  const Wiped<wire::Request> wiped{std::move(*parsed)};
  const auto& message = wiped.message;
  if (static_cast<std::size_t>(message.operations_size()) > rules::kOperationsPerRequestMax)
    return tl::unexpected(FrameError::kMalformed);
  Request request;
  for (const auto& from : message.operations()) {
    auto operation = take(from);
    if (!operation) return tl::unexpected(FrameError::kMalformed);
    request.operations.push_back(std::move(*operation));
  }
  return request;
}

tl::expected<Response, FrameError> parse_response(crypto::ByteView frame) {
  const auto bytes = message_in(frame);
  if (!bytes) return tl::unexpected(bytes.error());
  auto parsed = strict::parse<wire::Response>(*bytes);
  if (!parsed) return tl::unexpected(FrameError::kMalformed);
  const Wiped<wire::Response> wiped{std::move(*parsed)};
  const auto& message = wiped.message;
  if (static_cast<std::size_t>(message.results_size()) > rules::kOperationsPerRequestMax)
    return tl::unexpected(FrameError::kMalformed);
  const auto beacon = Beacon::from(strict::view(message.beacon()));
  const auto directory = crypto::Digest::from(strict::view(message.directory_hash()));
  if (!beacon || !directory) return tl::unexpected(FrameError::kMalformed);
  Response response{message.version(), *beacon, message.pace_ms(), message.day(), *directory, {}};
  for (const auto& from : message.results())
    response.results.push_back({rules::Status{from.status()}, strict::bytes(from.body())});
  return response;
}

}  // namespace omzien::protocol
