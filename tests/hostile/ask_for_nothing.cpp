// Asks a running gateway for cases that it must say nothing of, in an order by chance, and prints
// how long each answer took and what it was. For same_answer_test.py.
//
//   omzien-ask-for-nothing ORG ROUNDS small|large [PLANT KIND MICROSECONDS]
//
// stdin, a line each: the phrase of a case that stands, and of one that was withdrawn. stdout, a
// line a try: the kind, nanoseconds, and the answer in hexadecimal without what is new each minute
// (beacon) or follows the load (pace). A plant waits before it asks for one kind, as a gateway
// would that takes longer there.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <thread>

#include "clients/core/identity.h"
#include "clients/core/transport.h"
#include "crypto/open/phrase.h"
#include "crypto/verify/random.h"
#include "protocol/entry.h"
#include "protocol/operations.h"

namespace {

using namespace omzien;
using Clock = std::chrono::steady_clock;

crypto::SystemRandom randomness;

crypto::SigningKey fresh_key() {
  return crypto::SigningKey(crypto::random_key<crypto::SigningSeed>(randomness));
}

class Gateway {
 public:
  Gateway(const core::Org& org, protocol::FrameSize size)
      : org_(org), size_(size), transport_(core::http_transport(org)) {}

  crypto::Bytes frame(rules::OperationKind kind, crypto::Bytes body,
                      const crypto::SigningKey& key) const {
    const auto bytes = protocol::operation_bytes(org_.service_id, beacon_, kind, body);
    const protocol::Operation operation{kind, std::move(body), key.public_key(), beacon_,
                                        key.sign(rules::kTagOperationSignature, bytes)};
    return *protocol::encode_request({rules::kProtocolVersion, {operation}}, size_);
  }

  // The answer, as it would be at any minute and under any load.
  crypto::Bytes send(const crypto::Bytes& frame) {
    auto response = protocol::parse_response(transport_->exchange(frame).value()).value();
    beacon_ = response.beacon;
    is_later_ = !response.results.empty() && response.results[0].status == rules::Status::kLater;
    response.beacon = {};
    response.pace_ms = 0;
    const auto again = *protocol::encode_response(response, protocol::FrameSize::kSmall);
    return {again.begin(), again.begin() + 256};
  }

  // The gateway had no time for it before the tick: that tells of its load, and is asked again.
  bool is_later() const { return is_later_; }

  void greet() { send(*protocol::encode_request({rules::kProtocolVersion, {}}, size_)); }

 private:
  const core::Org& org_;
  protocol::FrameSize size_;
  std::unique_ptr<core::Transport> transport_;
  protocol::Beacon beacon_;
  bool is_later_ = false;
};

// One that was never opened and has something staged: the nearest to an empty case there is.
crypto::SigningKey staged_case(Gateway& gateway) {
  auto key = fresh_key();
  const protocol::PutChunk chunk{protocol::handle_of(key.public_key()),
                                 crypto::random_value<protocol::UploadId>(randomness), 0, 1,
                                 crypto::Bytes(100, 1)};
  gateway.send(gateway.frame(rules::OperationKind::kPutChunk, protocol::encode(chunk), key));
  return key;
}

core::Reporter reporter_from(std::istream& in, const protocol::ServiceId& service) {
  std::string line;
  std::getline(in, line);
  return core::Reporter(crypto::parse_phrase(line).value(), service);
}

struct Plant {
  std::string kind;
  std::chrono::microseconds wait{0};
};

int run(const core::Org& org, int rounds, protocol::FrameSize size, const Plant& plant) {
  const auto standing = reporter_from(std::cin, org.service_id);
  const auto withdrawn = reporter_from(std::cin, org.service_id);
  Gateway gateway(org, size);
  gateway.greet();
  const auto staged = staged_case(gateway);
  const auto read = [&](const protocol::Handle& handle, const crypto::SigningKey& key) {
    return gateway.frame(rules::OperationKind::kRead, protocol::encode(protocol::Read{handle, 0}),
                         key);
  };
  std::mt19937 order(std::random_device{}());
  std::vector<std::string> kinds{"wrong phrase", "unknown handle", "empty case", "withdrawn case",
                                 "another's case"};
  for (int round = 0; round < rounds; ++round) {
    std::shuffle(kinds.begin(), kinds.end(), order);
    for (const auto& kind : kinds) {
      const auto stranger = fresh_key();
      const auto frame =
          kind == "wrong phrase" ? read(protocol::handle_of(stranger.public_key()), stranger)
          : kind == "unknown handle"
              ? read(crypto::random_value<protocol::Handle>(randomness), stranger)
          : kind == "empty case"     ? read(protocol::handle_of(staged.public_key()), staged)
          : kind == "withdrawn case" ? read(withdrawn.handle(), withdrawn.signing_key())
                                     : read(standing.handle(), stranger);
      const auto begun = Clock::now();
      if (kind == plant.kind) std::this_thread::sleep_for(plant.wait);
      const auto answer = gateway.send(frame);
      const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begun);
      if (gateway.is_later()) continue;
      std::cout << kind << '\t' << took.count() << '\t' << crypto::to_hex(answer) << '\n';
    }
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4 && count != 6) return 2;
  crypto::initialise();
  const auto org = core::read_org(arguments[1]);
  if (!org) return 2;
  const auto size = std::string(arguments[3]) == "large" ? protocol::FrameSize::kLarge
                                                         : protocol::FrameSize::kSmall;
  Plant plant;
  if (count == 6) plant = {arguments[4], std::chrono::microseconds(std::stoi(arguments[5]))};
  return run(*org, std::stoi(arguments[2]), size, plant);
}
