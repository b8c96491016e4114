#include "tests/kit/asking.h"

#include <future>
#include <stdexcept>

namespace omzien::kit {

using rules::OperationKind;

protocol::Operation signed_operation(OperationKind kind, crypto::Bytes body,
                                     const crypto::SigningKey& key, const protocol::Beacon& beacon,
                                     const protocol::ServiceId& service) {
  const auto bytes = protocol::operation_bytes(service, beacon, kind, body);
  return {kind, std::move(body), key.public_key(), beacon,
          key.sign(rules::kTagOperationSignature, bytes)};
}

protocol::Operation public_operation(OperationKind kind, crypto::Bytes body) {
  return {kind, std::move(body), {}, {}, {}};
}

crypto::Bytes exchange(gateway::Exchange& gateway, crypto::Bytes frame) {
  auto answered = std::make_shared<std::promise<crypto::Bytes>>();
  auto answer = answered->get_future();
  gateway.answer(std::move(frame),
                 [answered](crypto::Bytes bytes) { answered->set_value(std::move(bytes)); });
  return answer.get();
}

protocol::Response Asking::send(std::vector<protocol::Operation> operations,
                                protocol::FrameSize size) {
  auto frame = protocol::encode_request({rules::kProtocolVersion, std::move(operations)}, size);
  if (!frame) throw std::invalid_argument("the operations don't fit the frame");
  auto response = protocol::parse_response(exchange(gateway_, std::move(*frame))).value();
  beacon_ = response.beacon;
  return response;
}

const protocol::Beacon& Asking::beacon() {
  if (!beacon_) send({});
  return *beacon_;
}

protocol::Operation Asking::sign(OperationKind kind, crypto::Bytes body,
                                 const crypto::SigningKey& key) {
  return signed_operation(kind, std::move(body), key, beacon(), service_);
}

protocol::OperationResult Asking::ask(OperationKind kind, crypto::Bytes body,
                                      const crypto::SigningKey& key, protocol::FrameSize size) {
  return send({sign(kind, std::move(body), key)}, size).results.at(0);
}

protocol::OperationResult Asking::open(const protocol::OpenCase& body,
                                       const crypto::SigningKey& key) {
  return ask(OperationKind::kOpen, protocol::encode(body), key);
}

protocol::OperationResult Asking::append(std::vector<protocol::SubmittedEntry> entries,
                                         const crypto::SigningKey& key) {
  return ask(OperationKind::kAppend, protocol::encode(protocol::Append{std::move(entries)}), key);
}

protocol::OperationResult Asking::read(const protocol::Handle& handle, std::uint64_t from_seq,
                                       const crypto::SigningKey& key) {
  return ask(OperationKind::kRead, protocol::encode(protocol::Read{handle, from_seq}), key);
}

protocol::Log Asking::read_all(const protocol::Handle& handle, const crypto::SigningKey& key) {
  protocol::Log all;
  do {
    const auto result = read(handle, all.entries.size(), key);
    if (result.status != rules::Status::kDone) throw std::runtime_error("refused");
    auto log = protocol::parse<protocol::Log>(result.body).value();
    log.entries.insert(log.entries.begin(), all.entries.begin(), all.entries.end());
    all = std::move(log);
  } while (all.entries.size() <= all.head_seq);
  return all;
}

}  // namespace omzien::kit
