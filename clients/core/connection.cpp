#include "clients/core/connection.h"

#include <chrono>
#include <thread>

#include "clients/core/changed_key.h"
#include "crypto/open/xwing.h"

namespace omzien::core {
namespace {

using protocol::OperationResult;
using rules::OperationKind;
using rules::Status;

constexpr std::uint32_t kAgainMilliseconds = 250;
constexpr int kTries = 120;

void sleep_milliseconds(std::uint32_t milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

Error describe(protocol::DirectoryError error) {
  using protocol::DirectoryError;
  switch (error) {
    case DirectoryError::kNewerVersion:
      return {ErrorKind::kVerification,
              "the organisation's directory was made with a newer version of this program"};
    case DirectoryError::kOtherOrganisation:
      return {ErrorKind::kVerification,
              "this gateway shows the directory of another organisation than the one you know; "
              "nothing was sent"};
    default:
      return {ErrorKind::kVerification,
              "the organisation's directory does not check out; nothing was sent"};
  }
}

// Somebody may vouch for bytes that nothing can be sealed to. Unnoticed, nobody else could be let
// out of a case that they are in: who stays needs the next keys.
bool is_key(const crypto::XWingPublicKey& key) {
  crypto::SystemRandom random;
  return crypto::xwing_encapsulate(key, random).has_value();
}

}  // namespace

Connection::Connection(std::unique_ptr<Transport> transport, protocol::ServiceId service,
                       protocol::FrameSize size, std::function<void(std::uint32_t)> wait,
                       std::function<protocol::Day()> clock)
    : transport_(std::move(transport)),
      service_(service),
      size_(size),
      wait_(wait ? std::move(wait) : sleep_milliseconds),
      clock_(std::move(clock)) {}

Result<void> Connection::greet() {
  if (auto greeted = exchange({}, nullptr); !greeted) return tl::unexpected(greeted.error());
  if (auto known = refresh_directory(); !known) return known;
  offered_ = directory_;
  return {};
}

Result<void> Connection::refresh_directory() {
  if (directory_ && directory_->hash() == directory_hash_) return {};
  auto bytes = fetch_document({});
  if (!bytes) return tl::unexpected(bytes.error());
  auto directory = protocol::Directory::parse(*bytes, service_);
  if (!directory) return tl::unexpected(describe(directory.error()));
  if (directory_ && !directory->follows(*directory_))
    return fail(ErrorKind::kVerification,
                "the gateway shows a directory that does not follow the one before");
  directories_.push_back(std::make_unique<const protocol::Directory>(std::move(*directory)));
  directory_ = directories_.back().get();
  return {};
}

Result<std::optional<protocol::Handbook>> Connection::handbook() {
  const auto& hash = directory_->content().handbook_hash;
  if (!hash) return std::optional<protocol::Handbook>{};
  const auto bytes = fetch_document(hash);
  if (!bytes) return tl::unexpected(bytes.error());
  auto book = crypto::sha256(*bytes) == *hash ? protocol::parse_handbook(*bytes) : std::nullopt;
  if (!book)
    return fail(ErrorKind::kVerification,
                "the handbook the gateway shows is not the one that the organisation signed");
  return book;
}

Result<crypto::Bytes> Connection::fetch_document(std::optional<crypto::Digest> hash) {
  crypto::Bytes bytes;
  do {
    const protocol::ReadDirectory ask{hash, static_cast<std::uint32_t>(bytes.size())};
    auto body = call(OperationKind::kDirectory, encode(ask), nullptr);
    if (!body) return body;
    const auto part = protocol::parse<protocol::DirectoryPart>(*body);
    if (!part || part->bytes.empty() || bytes.size() + part->bytes.size() > part->total ||
        (hash && part->hash != *hash))
      return fail(ErrorKind::kVerification,
                  "the gateway's directory comes in pieces that don't fit");
    hash = part->hash;
    bytes.insert(bytes.end(), part->bytes.begin(), part->bytes.end());
    if (bytes.size() == part->total) break;
  } while (true);
  return bytes;
}

protocol::Operation Connection::sign(const Call& call, const crypto::SigningKey* signer) const {
  protocol::Operation operation{call.kind, call.body, {}, {}, {}};
  if (protocol::is_public(call.kind) || signer == nullptr) return operation;
  operation.key = signer->public_key();
  operation.beacon = beacon_;
  operation.signature =
      signer->sign(rules::kTagOperationSignature,
                   protocol::operation_bytes(service_, beacon_, call.kind, call.body));
  return operation;
}

// One frame there and back; takes in what every answer carries.
Result<std::vector<OperationResult>> Connection::exchange(const std::vector<Call>& calls,
                                                          const crypto::SigningKey* signer) {
  protocol::Request request;
  for (const auto& call : calls) request.operations.push_back(sign(call, signer));
  const auto frame = encode_request(request, size_);
  if (!frame) return fail(ErrorKind::kDefect, "an operation is larger than a frame");
  const auto answer = transport_->exchange(*frame);
  if (!answer) return tl::unexpected(answer.error());
  auto response = protocol::parse_response(*answer);
  if (!response) return fail(ErrorKind::kUnreachable, "the gateway's answer can't be read");
  if (response->version != rules::kProtocolVersion)
    return fail(ErrorKind::kRefused,
                "the gateway speaks another version than this program; get the newest program");
  if (response->results.size() != calls.size())
    return fail(ErrorKind::kUnreachable, "the gateway could not read what was sent");
  beacon_ = response->beacon;
  day_ = response->day;
  directory_hash_ = response->directory_hash;
  return std::move(response->results);
}

Result<std::vector<OperationResult>> Connection::submit(const std::vector<Call>& calls,
                                                        const crypto::SigningKey* signer) {
  std::vector<OperationResult> results;
  int tries = 0;
  while (results.size() < calls.size()) {
    protocol::Request sample;
    std::vector<Call> batch;
    for (std::size_t i = results.size(); i < calls.size(); ++i) {
      sample.operations.push_back(sign(calls[i], signer));
      const bool fits = message_size(sample) <= frame_room(size_) &&
                        sample.operations.size() <= rules::kOperationsPerRequestMax;
      if (!fits && !batch.empty()) break;
      batch.push_back(calls[i]);
    }
    auto answered = exchange(batch, signer);
    if (!answered) return answered;
    for (auto& result : *answered) {
      const bool again = result.status == Status::kLater || result.status == Status::kStaleBeacon;
      if (again && ++tries > kTries) return tl::unexpected(refusal(result.status));
      if (again) {
        if (result.status == Status::kLater) wait_(kAgainMilliseconds);
        break;  // what follows in this batch is sent again too: every operation may be repeated
      }
      results.push_back(std::move(result));
    }
  }
  return results;
}

Result<crypto::Bytes> Connection::call(OperationKind kind, crypto::Bytes body,
                                       const crypto::SigningKey* signer) {
  auto results = submit({{kind, std::move(body)}}, signer);
  if (!results) return tl::unexpected(results.error());
  auto& result = results->front();
  if (result.status != Status::kDone) return tl::unexpected(refusal(result.status));
  return std::move(result.body);
}

Result<std::vector<protocol::Certificate>> Connection::certificates(
    const std::vector<protocol::MemberId>& ids, protocol::Lapsed lapsed) {
  std::vector<protocol::Certificate> found;
  while (found.size() < ids.size()) {
    const auto count = std::min(ids.size() - found.size(), rules::kMembersPerKeysMax);
    const auto first = ids.begin() + static_cast<std::ptrdiff_t>(found.size());
    const protocol::Keys ask{{first, first + static_cast<std::ptrdiff_t>(count)}};
    auto body = call(OperationKind::kKeys, encode(ask), nullptr);
    if (!body) return tl::unexpected(body.error());
    // Under an older one, a key that is somebody's by now would look like a false one.
    if (lapsed == protocol::Lapsed::kRefused)
      if (auto refreshed = refresh_directory(); !refreshed)
        return tl::unexpected(refreshed.error());
    const auto answer = protocol::parse<protocol::Certificates>(*body);
    if (!answer || answer->certificates.size() != count)
      return fail(ErrorKind::kVerification,
                  "the gateway's list of keys does not fit what was asked");
    for (std::size_t i = 0; i < count; ++i) {
      const auto* person = directory_->person(ask.member_ids[i]);
      const std::string name = person == nullptr ? "somebody" : person->name;
      auto certificate = protocol::Certificate::parse(answer->certificates[i], *directory_, day_,
                                                      protocol::Lapsed::kTaken);
      if (!certificate || certificate->content().member_id != ask.member_ids[i] ||
          !is_key(certificate->content().xwing_key))
        return fail(ErrorKind::kVerification, "the key the gateway shows for " + name +
                                                  " is none that " + name +
                                                  " vouches for; nothing was sent");
      const auto* before = offered_->person(ask.member_ids[i]);
      if (lapsed == protocol::Lapsed::kRefused && before != nullptr &&
          key_was_replaced(before->signing_key(), *person))
        return tl::unexpected(not_as_shown(*person));
      if (lapsed == protocol::Lapsed::kRefused && certificate->lapsed(day_))
        return fail(ErrorKind::kRefused, "the key of " + name + " has run out: " + name +
                                             " has to publish a new one first; nothing was sent");
      found.push_back(std::move(*certificate));
    }
  }
  return found;
}

}  // namespace omzien::core
