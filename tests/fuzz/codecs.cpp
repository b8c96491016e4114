#include "tests/fuzz/codecs.h"

#include "clients/core/event.h"
#include "crypto/open/padding.h"
#include "crypto/open/phrase.h"
#include "protocol/directory_codec.h"
#include "protocol/operations.h"
#include "protocol/wraps.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {
namespace {

using crypto::Bytes;
using crypto::ByteView;

constexpr std::string_view kGood = "good";
constexpr std::string_view kMalformed = "malformed";
constexpr std::string_view kNewer = "newer version";

Bytes copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Bytes framed(ByteView message) {
  Bytes frame(rules::kFrameBytes);
  const auto size = std::min(message.size(), frame.size() - rules::kFrameLengthBytes);
  frame[2] = static_cast<std::uint8_t>(size >> 8);
  frame[3] = static_cast<std::uint8_t>(size);
  std::copy_n(message.begin(), size, frame.begin() + rules::kFrameLengthBytes);
  return frame;
}

Bytes message_in(const Bytes& frame) {
  const std::size_t size = std::size_t{frame[2]} << 8 | frame[3];
  const auto message = ByteView(frame).subspan(rules::kFrameLengthBytes, size);
  return copy(message);
}

template <class Body>
Verdict judge_body(ByteView bytes) {
  const auto body = protocol::parse<Body>(bytes);
  if (!body) return {kMalformed, {}};
  auto again = protocol::encode(*body);
  must_equal(bytes, again);
  return {kGood, std::move(again)};
}

constexpr Verdict (*kOperations[])(ByteView) = {
    judge_body<protocol::OpenCase>,      judge_body<protocol::Append>,
    judge_body<protocol::Accepted>,      judge_body<protocol::Read>,
    judge_body<protocol::Log>,           judge_body<protocol::PutChunk>,
    judge_body<protocol::Upload>,        judge_body<protocol::GetChunk>,
    judge_body<protocol::Chunk>,         judge_body<protocol::Inbox>,
    judge_body<protocol::InboxPage>,     judge_body<protocol::ReadDirectory>,
    judge_body<protocol::DirectoryPart>, judge_body<protocol::Keys>,
    judge_body<protocol::Certificates>,  judge_body<protocol::PublishKey>,
};

std::string_view name_of(protocol::EntryError error) {
  return error == protocol::EntryError::kNewerVersion ? kNewer : kMalformed;
}

template <class Fields>
Verdict judge_wraps_of(const Fields& fields, ByteView payload) {
  const auto wraps = protocol::parse_wraps(fields, payload);
  if (!wraps) return {kMalformed, {}};
  auto again = protocol::encode_wraps(*wraps);
  must_equal(payload, again);
  return {kGood, std::move(again)};
}

}  // namespace

Verdict judge_header(ByteView bytes) {
  const auto parsed = protocol::parse_header(bytes);
  if (!parsed) return {name_of(parsed.error()), {}};
  auto again = protocol::encode_header(*parsed);
  must_equal(bytes, again);
  return {kGood, std::move(again)};
}

Verdict judge_request(ByteView message) {
  const auto frame = framed(message);
  const auto parsed = protocol::parse_request(frame);
  if (!parsed) return {kMalformed, {}};
  if (parsed->version != rules::kProtocolVersion) return {kNewer, {}};
  const auto again = encode_request(*parsed, protocol::FrameSize::kSmall);
  must(again.has_value());
  must_equal(frame, *again);
  return {kGood, message_in(*again)};
}

Verdict judge_response(ByteView message) {
  const auto frame = framed(message);
  const auto parsed = protocol::parse_response(frame);
  if (!parsed) return {kMalformed, {}};
  const auto again = encode_response(*parsed, protocol::FrameSize::kSmall);
  must(again.has_value());
  must_equal(frame, *again);
  return {kGood, message_in(*again)};
}

Verdict judge_operation(ByteView bytes) {
  if (bytes.empty()) return {kMalformed, {}};
  return kOperations[bytes[0] % std::size(kOperations)](bytes.subspan(1));
}

// Room for what is to come (reserved fields) is read over, so these bytes may be shorter. A
// directory is hashed and passed on as it was sent, never as it would be written again.
Verdict judge_directory_content(ByteView bytes) {
  const auto parsed = protocol::parse_directory_content(bytes);
  if (!parsed)
    return {parsed.error() == protocol::CodecError::kNewerVersion ? kNewer : kMalformed, {}};
  auto again = protocol::encode_directory(*parsed);
  const auto reparsed = protocol::parse_directory_content(again);
  must(reparsed.has_value());
  must_equal(protocol::encode_directory(*reparsed), again);
  return {kGood, std::move(again)};
}

// An event of a kind to come says no more than that; it is not written again.
Verdict judge_event(ByteView bytes) {
  const auto parsed = core::parse_event(bytes);
  if (!parsed) return {kMalformed, {}};
  if (std::holds_alternative<core::UnknownEvent>(*parsed)) return {kNewer, {}};
  const auto again = core::encode_event(*parsed);
  must_equal(bytes, again.reveal());
  return {kGood, copy(again.reveal())};
}

Verdict judge_wraps(ByteView bytes) {
  if (bytes.size() < 2) return {kMalformed, {}};
  const std::size_t size = std::size_t{bytes[0]} << 8 | bytes[1];
  const auto rest = bytes.subspan(2);
  const auto header = protocol::parse_header(rest.first(std::min(size, rest.size())));
  if (!header) return {name_of(header.error()), {}};
  const auto payload = rest.subspan(std::min(size, rest.size()));
  if (const auto* grant = std::get_if<protocol::Grant>(&header->fields))
    return judge_wraps_of(*grant, payload);
  if (const auto* revoke = std::get_if<protocol::Revoke>(&header->fields))
    return judge_wraps_of(*revoke, payload);
  return {kMalformed, {}};
}

Verdict judge_padding(ByteView padded) {
  const auto data = crypto::unpad(padded);
  if (!data) return {kMalformed, {}};
  must_equal(crypto::pad(*data).reveal(), padded);
  return {kGood, copy(*data)};
}

Verdict judge_phrase(ByteView text) {
  using Kind = crypto::PhraseError::Kind;
  const std::string_view typed{reinterpret_cast<const char*>(text.data()), text.size()};
  const auto phrase = crypto::parse_phrase(typed);
  if (!phrase) {
    switch (phrase.error().kind) {
      case Kind::kUnknownWord: return {"unknown word", {}};
      case Kind::kWrongCount: return {"wrong count", {}};
      case Kind::kTooLong: return {"too long", {}};
    }
  }
  const auto again = crypto::parse_phrase(phrase->reveal_text());
  must(again.has_value());
  must_equal(phrase->reveal(), again->reveal());
  return {kGood, copy(phrase->reveal())};
}

}  // namespace omzien::fuzz
