// Every parser of the protocol, from one target: the first byte chooses which. What parses must
// encode again to the bytes it was parsed from (protocol §1).
#include <cstdlib>

#include "clients/core/event.h"
#include "protocol/certificate.h"
#include "protocol/operations.h"
#include "protocol/wraps.h"

namespace {

using namespace omzien;

void same(crypto::ByteView given, const crypto::Bytes& again) {
  if (given.size() != again.size() || !std::equal(given.begin(), given.end(), again.begin()))
    abort();
}

template <class Body>
void operation(crypto::ByteView bytes) {
  if (const auto body = protocol::parse<Body>(bytes)) same(bytes, encode(*body));
}

// Stands for the frame's length and padding, which a fuzzer would never guess.
crypto::Bytes framed(crypto::ByteView message) {
  crypto::Bytes frame(rules::kFrameBytes);
  const auto size = std::min(message.size(), frame.size() - rules::kFrameLengthBytes);
  frame[2] = static_cast<std::uint8_t>(size >> 8);
  frame[3] = static_cast<std::uint8_t>(size);
  std::copy_n(message.begin(), size, frame.begin() + rules::kFrameLengthBytes);
  return frame;
}

void request(crypto::ByteView bytes) {
  const auto frame = framed(bytes);
  const auto parsed = protocol::parse_request(frame);
  if (parsed && parsed->version == rules::kProtocolVersion)
    same(frame, *encode_request(*parsed, protocol::FrameSize::kSmall));
}

void response(crypto::ByteView bytes) {
  const auto frame = framed(bytes);
  if (const auto parsed = protocol::parse_response(frame))
    same(frame, *encode_response(*parsed, protocol::FrameSize::kSmall));
}

void header(crypto::ByteView bytes) {
  const auto parsed = protocol::parse_header(bytes);
  if (!parsed) return;
  same(bytes, protocol::encode_header(*parsed));
  if (const auto* grant = std::get_if<protocol::Grant>(&parsed->fields))
    (void)protocol::parse_wraps(*grant, bytes);
  if (const auto* revoke = std::get_if<protocol::Revoke>(&parsed->fields))
    (void)protocol::parse_wraps(*revoke, bytes);
}

void directory(crypto::ByteView bytes) {
  (void)protocol::claimed_service(bytes);
  (void)protocol::Directory::parse(bytes, {});
  (void)protocol::parse_directory_bundle(bytes);
  (void)protocol::parse_member_card(bytes);
}

void event(crypto::ByteView bytes) {
  if (const auto parsed = core::parse_event(bytes)) (void)core::encode_event(*parsed);
}

constexpr void (*kParsers[])(crypto::ByteView) = {
    header,
    request,
    response,
    directory,
    event,
    operation<protocol::OpenCase>,
    operation<protocol::Append>,
    operation<protocol::Accepted>,
    operation<protocol::Read>,
    operation<protocol::Log>,
    operation<protocol::PutChunk>,
    operation<protocol::GetChunk>,
    operation<protocol::Chunk>,
    operation<protocol::Inbox>,
    operation<protocol::InboxPage>,
    operation<protocol::ReadDirectory>,
    operation<protocol::DirectoryPart>,
    operation<protocol::Keys>,
    operation<protocol::Certificates>,
    operation<protocol::PublishKey>,
};

}  // namespace

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool ready = (crypto::initialise(), true);
  if (!ready || size == 0) return 0;
  kParsers[data[0] % std::size(kParsers)]({data + 1, size - 1});
  return 0;
}
