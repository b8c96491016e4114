#include "gateway/checked_frame.h"

#include <algorithm>

#include "gateway/wiped.h"
#include "protocol/wraps.h"

namespace omzien::gateway {
namespace {

using protocol::Operation;
using rules::OperationKind;
using rules::Status;

// suite (1) ‖ nonce (24) ‖ tag (16) around an event's padded text; see entry.proto.
constexpr std::size_t kEventEnvelopeBytes = 41;

template <class T>
using Checked = tl::expected<T, Status>;

tl::unexpected<Status> refuse(Status status) { return tl::unexpected(status); }

Checked<CheckedEntry> check_entry(protocol::SubmittedEntry&& sent,
                                  const crypto::SigningPublicKey& key,
                                  const protocol::ServiceId& service) {
  auto entry = protocol::Entry::parse(sent.header, sent.signature);
  if (!entry)
    return refuse(entry.error() == protocol::EntryError::kNewerVersion ? Status::kNewerVersion
                                                                       : Status::kMalformed);
  const auto& header = entry->header();
  if (header.service_id != service) return refuse(Status::kMalformed);
  if (header.author != key) return refuse(Status::kForbidden);
  // The gateway's own to write: from outside it is nobody's.
  if (header.kind == rules::EntryKind::kPurge) return refuse(Status::kForbidden);
  if (!sent.staged_upload_id &&
      (!entry->payload_matches(sent.payload) || !payload_fits(header, sent.payload)))
    return refuse(Status::kMalformed);
  return CheckedEntry{std::move(*entry), std::move(sent.payload), sent.staged_upload_id};
}

Checked<std::vector<CheckedEntry>> check_entries(std::vector<protocol::SubmittedEntry>&& sent,
                                                 const crypto::SigningPublicKey& key,
                                                 const protocol::ServiceId& service) {
  std::vector<CheckedEntry> entries;
  for (auto& one : sent) {
    auto entry = check_entry(std::move(one), key, service);
    if (!entry) return refuse(entry.error());
    if (!entries.empty() && entry->entry.header().handle != entries.front().entry.header().handle)
      return refuse(Status::kMalformed);
    entries.push_back(std::move(*entry));
  }
  return entries;
}

Checked<CheckedOperation> check_open(const Operation& operation,
                                     const protocol::ServiceId& service) {
  auto body = protocol::parse<protocol::OpenCase>(operation.body);
  if (!body) return refuse(Status::kMalformed);
  const WipedAtEnd gone(body->case_share);
  auto share = crypto::CaseShare::from(body->case_share);
  auto entries = check_entries(std::move(body->entries), operation.key, service);
  if (!entries) return refuse(entries.error());
  const auto* opening = std::get_if<protocol::Open>(&entries->front().entry.header().fields);
  if (!share || opening == nullptr ||
      crypto::case_share_commitment(*share) != opening->case_share_commitment)
    return refuse(Status::kMalformed);
  return CheckedOpen{std::move(*share), std::move(*entries)};
}

Checked<CheckedOperation> check_append(const Operation& operation,
                                       const protocol::ServiceId& service) {
  auto body = protocol::parse<protocol::Append>(operation.body);
  if (!body) return refuse(Status::kMalformed);
  auto entries = check_entries(std::move(body->entries), operation.key, service);
  if (!entries) return refuse(entries.error());
  return CheckedAppend{std::move(*entries), false};
}

Checked<CheckedOperation> check_publish(const Operation& operation, const PeopleInForce& people,
                                        const Moment& now) {
  using protocol::CertificateError;
  const auto body = protocol::parse<protocol::PublishKey>(operation.body);
  if (!body) return refuse(Status::kMalformed);
  const auto* person = people.directory.person_with_key(operation.key, now.day());
  if (person == nullptr) return refuse(Status::kNothing);
  auto certificate = protocol::Certificate::parse(body->certificate, people.directory, now.day());
  if (!certificate) {
    if (certificate.error() == CertificateError::kNewerVersion)
      return refuse(Status::kNewerVersion);
    const bool shape = certificate.error() == CertificateError::kMalformed ||
                       certificate.error() == CertificateError::kSignature;
    return refuse(shape ? Status::kMalformed : Status::kForbidden);
  }
  if (certificate->content().member_id != person->member_id) return refuse(Status::kForbidden);
  return CheckedPublish{std::move(*certificate)};
}

Checked<CheckedOperation> check_availability(const Operation& operation,
                                             const PeopleInForce& people, const Moment& now) {
  using protocol::AvailabilityError;
  const auto body = protocol::parse<protocol::PublishAvailability>(operation.body);
  if (!body) return refuse(Status::kMalformed);
  const auto* person = people.directory.person_with_key(operation.key, now.day());
  if (person == nullptr) return refuse(Status::kNothing);
  auto statement = protocol::Availability::parse(body->statement, people.directory, now.day());
  if (!statement) {
    if (statement.error() == AvailabilityError::kNewerVersion) return refuse(Status::kNewerVersion);
    const bool foreign = statement.error() == AvailabilityError::kOtherOrganisation ||
                         statement.error() == AvailabilityError::kStranger;
    return refuse(foreign ? Status::kForbidden : Status::kMalformed);
  }
  if (statement->content().member_id != person->member_id) return refuse(Status::kForbidden);
  return CheckedAvailability{std::move(*statement)};
}

template <class Body>
Checked<CheckedOperation> check_signed(const Operation& operation) {
  auto body = protocol::parse<Body>(operation.body);
  if (!body) return refuse(Status::kMalformed);
  return Signed<Body>{operation.key, std::move(*body)};
}

template <class Body>
Checked<CheckedOperation> check_public(const Operation& operation) {
  auto body = protocol::parse<Body>(operation.body);
  if (!body) return refuse(Status::kMalformed);
  return std::move(*body);
}

Checked<CheckedOperation> check(const Operation& operation, const Moment& now,
                                const PeopleInForce& people, const Beacons& beacons) {
  const auto& service = people.directory.service();
  if (!protocol::is_public(operation.kind)) {
    if (!beacons.accepts(operation.beacon, now)) return refuse(Status::kStaleBeacon);
    if (!protocol::operation_signature_valid(operation, service)) return refuse(Status::kMalformed);
  }
  switch (operation.kind) {
    case OperationKind::kNothing: return Nothing{};
    case OperationKind::kOpen: return check_open(operation, service);
    case OperationKind::kAppend: return check_append(operation, service);
    case OperationKind::kPutChunk: return check_signed<protocol::PutChunk>(operation);
    case OperationKind::kPublishKey: return check_publish(operation, people, now);
    case OperationKind::kRead: return check_signed<protocol::Read>(operation);
    case OperationKind::kGetChunk: return check_signed<protocol::GetChunk>(operation);
    case OperationKind::kInbox: return check_signed<protocol::Inbox>(operation);
    case OperationKind::kDirectory: return check_public<protocol::ReadDirectory>(operation);
    case OperationKind::kKeys: return check_public<protocol::Keys>(operation);
    case OperationKind::kAlerts: return check_signed<protocol::ReadAlerts>(operation);
    case OperationKind::kAvailability: return check_public<protocol::ReadAvailability>(operation);
    case OperationKind::kPublishAvailability: return check_availability(operation, people, now);
    case OperationKind::kPapers: return check_signed<protocol::ReadPapers>(operation);
    case OperationKind::kPutPapers: return check_signed<protocol::SealedPapers>(operation);
    case OperationKind::kLedger: break;  // reserved
  }
  return refuse(Status::kNewerVersion);
}

}  // namespace

bool writes(const CheckedOperation& operation) {
  // Each by its name: a new operation does not compile until somebody has decided.
  struct {
    bool operator()(const Refused&) const { return false; }
    bool operator()(const Nothing&) const { return false; }
    bool operator()(const CheckedOpen&) const { return true; }
    bool operator()(const CheckedAppend&) const { return true; }
    bool operator()(const Signed<protocol::PutChunk>&) const { return true; }
    bool operator()(const CheckedPublish&) const { return true; }
    bool operator()(const Signed<protocol::Read>&) const { return false; }
    bool operator()(const Signed<protocol::GetChunk>&) const { return false; }
    bool operator()(const Signed<protocol::Inbox>&) const { return false; }
    bool operator()(const protocol::ReadDirectory&) const { return false; }
    bool operator()(const protocol::Keys&) const { return false; }
    bool operator()(const Signed<protocol::ReadAlerts>&) const { return false; }
    bool operator()(const protocol::ReadAvailability&) const { return false; }
    bool operator()(const CheckedAvailability&) const { return true; }
    bool operator()(const Signed<protocol::ReadPapers>&) const { return false; }
    bool operator()(const Signed<protocol::SealedPapers>&) const { return true; }
  } writing;
  return std::visit(writing, operation);
}

bool CheckedFrame::writes() const {
  return std::any_of(operations.begin(), operations.end(),
                     [](const auto& one) { return gateway::writes(one); });
}

CheckedFrame check_frame(const protocol::Request& request, protocol::FrameSize size,
                         const Moment& now, std::shared_ptr<const PeopleInForce> people,
                         const Beacons& beacons) {
  CheckedFrame frame{size, now, std::move(people), {}};
  frame.operations.reserve(request.operations.size());
  for (const auto& operation : request.operations) {
    auto checked = check(operation, now, *frame.people, beacons);
    frame.operations.push_back(checked ? std::move(*checked)
                                       : CheckedOperation(Refused{checked.error()}));
  }
  return frame;
}

bool payload_fits(const protocol::Header& header, crypto::ByteView payload) {
  struct {
    crypto::ByteView payload;
    bool operator()(const protocol::Event&) const { return payload.size() > kEventEnvelopeBytes; }
    bool operator()(const protocol::Grant& grant) const {
      return protocol::parse_wraps(grant, payload).has_value();
    }
    bool operator()(const protocol::Revoke& revoke) const {
      return protocol::parse_wraps(revoke, payload).has_value();
    }
    bool operator()(const protocol::Open&) const { return payload.empty(); }
    bool operator()(const protocol::Delegate&) const { return payload.empty(); }
    bool operator()(const protocol::Release&) const { return payload.empty(); }
    bool operator()(const protocol::Withdraw&) const { return payload.empty(); }
    bool operator()(const protocol::Purge&) const { return payload.empty(); }
    // A kind this program does not know is refused by the rules, not here.
    bool operator()(const protocol::Unknown&) const { return true; }
  } fits{payload};
  return std::visit(fits, header.fields);
}

}  // namespace omzien::gateway
