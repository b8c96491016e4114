// Asks a running gateway for cases that it must say nothing of, in an order by chance, and prints
// how long each answer took and what it was. For same_answer_test.py.
//
//   omzien-ask-for-nothing ORG OPERATION ROUNDS small|large [KIND FAULT NUMBER]...
//
// OPERATION as in nothing_operations.h. stdin, two lines for each pair of cases, which take turns:
// the phrase of one that stands, and of one that was withdrawn. stdout, a line a try: the kind,
// nanoseconds, and the answer: "later", or hexadecimal without what is new each minute (beacon) or
// follows the load (pace).
//
// What follows plants in one kind of asking what a gateway might do there: FAULT is `wait`, NUMBER
// microseconds before it is asked; or in one try of NUMBER, `later` for an answer, or `other`.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <stdexcept>
#include <thread>

#include "clients/core/identity.h"
#include "clients/core/transport.h"
#include "crypto/open/phrase.h"
#include "protocol/entry.h"
#include "tests/hostile/nothing_operations.h"

namespace {

using namespace omzien;
using Clock = std::chrono::steady_clock;

crypto::SystemRandom randomness;

crypto::SigningKey fresh_key() {
  return crypto::SigningKey(crypto::random_key<crypto::SigningSeed>(randomness));
}

struct Plant {
  std::string kind;
  std::string fault;
  std::uint32_t number = 1;
};

class Gateway {
 public:
  Gateway(const core::Org& org, protocol::FrameSize size)
      : size_(size), transport_(core::http_transport(org)), now_{org.service_id, 0, {}} {
    send(*protocol::encode_request({rules::kProtocolVersion, {}}, size_));
  }

  crypto::Bytes frame(rules::OperationKind kind, const protocol::Handle& handle,
                      const crypto::SigningKey& key) const {
    auto body = hostile::body_of(kind, handle, key, now_, randomness);
    const auto bytes = protocol::operation_bytes(now_.service_id, beacon_, kind, body);
    const protocol::Operation operation{kind, std::move(body), key.public_key(), beacon_,
                                        key.sign(rules::kTagOperationSignature, bytes)};
    return *protocol::encode_request({rules::kProtocolVersion, {operation}}, size_);
  }

  // The answer, as it would be at any minute and under any load. `later`: the gateway had no time
  // for it before the tick. That tells of its load, if it comes to every kind as often.
  std::string send(const crypto::Bytes& frame) {
    auto response = protocol::parse_response(transport_->exchange(frame).value()).value();
    beacon_ = response.beacon;
    now_.day = response.day;
    now_.directory_hash = response.directory_hash;
    status_ = response.results.empty() ? rules::Status::kDone : response.results[0].status;
    if (status_ == rules::Status::kLater) return "later";
    response.beacon = {};
    response.pace_ms = 0;
    const auto again = *protocol::encode_response(response, protocol::FrameSize::kSmall);
    return crypto::to_hex({again.data(), 256});
  }

  // What cannot be staged would be no empty case, but one more that never was.
  void stage(const crypto::SigningKey& key) {
    const auto asked =
        frame(rules::OperationKind::kPutChunk, protocol::handle_of(key.public_key()), key);
    do send(asked);
    while (status_ == rules::Status::kLater);
    if (status_ != rules::Status::kDone) throw std::runtime_error("nothing was staged");
  }

 private:
  protocol::FrameSize size_;
  std::unique_ptr<core::Transport> transport_;
  hostile::Now now_;
  protocol::Beacon beacon_;
  rules::Status status_ = rules::Status::kDone;
};

// Two cases, and one that was never opened and has something staged: the nearest to an empty case
// there is.
struct Cases {
  core::Reporter standing;
  core::Reporter withdrawn;
  crypto::SigningKey staged = fresh_key();
};

std::vector<Cases> cases_from(std::istream& in, const core::Org& org, Gateway& gateway) {
  std::vector<Cases> all;
  std::string standing;
  std::string withdrawn;
  while (std::getline(in, standing) && std::getline(in, withdrawn)) {
    all.push_back({core::Reporter(crypto::parse_phrase(standing).value(), org.service_id),
                   core::Reporter(crypto::parse_phrase(withdrawn).value(), org.service_id)});
    gateway.stage(all.back().staged);
  }
  return all;
}

crypto::Bytes ask(const Gateway& gateway, rules::OperationKind operation, const std::string& kind,
                  const Cases& cases) {
  const auto stranger = fresh_key();
  const auto own = [](const crypto::SigningKey& key) {
    return protocol::handle_of(key.public_key());
  };
  if (kind == "wrong phrase") return gateway.frame(operation, own(stranger), stranger);
  if (kind == "empty case") return gateway.frame(operation, own(cases.staged), cases.staged);
  if (kind == "withdrawn case")
    return gateway.frame(operation, cases.withdrawn.handle(), cases.withdrawn.signing_key());
  if (kind == "unknown handle")
    return gateway.frame(operation, crypto::random_value<protocol::Handle>(randomness), stranger);
  // An inbox is asked for by its key alone. That of a reporter is another's there.
  const bool by_key = operation == rules::OperationKind::kInbox;
  return gateway.frame(operation, cases.standing.handle(),
                       by_key ? cases.standing.signing_key() : stranger);
}

int run(const core::Org& org, rules::OperationKind operation, std::size_t rounds,
        protocol::FrameSize size, const std::vector<Plant>& plants) {
  Gateway gateway(org, size);
  const auto all = cases_from(std::cin, org, gateway);
  if (all.empty()) return 2;
  std::mt19937 chance(std::random_device{}());
  std::vector<std::string> kinds{"wrong phrase", "unknown handle", "empty case", "withdrawn case",
                                 "another's case"};
  for (std::size_t round = 0; round < rounds; ++round) {
    std::shuffle(kinds.begin(), kinds.end(), chance);
    for (const auto& kind : kinds) {
      const auto frame = ask(gateway, operation, kind, all[round % all.size()]);
      const auto planted = [&](std::string_view fault, auto act) {
        for (const auto& plant : plants)
          if (plant.kind == kind && plant.fault == fault) act(plant.number);
      };
      const auto begun = Clock::now();
      planted("wait", [](std::uint32_t number) {
        std::this_thread::sleep_for(std::chrono::microseconds(number));
      });
      auto answer = gateway.send(frame);
      const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begun);
      planted("later", [&](std::uint32_t number) {
        if (chance() % number == 0) answer = "later";
      });
      planted("other", [&](std::uint32_t number) {
        if (chance() % number == 0) answer += "00";
      });
      std::cout << kind << '\t' << took.count() << '\t' << answer << '\n';
    }
  }
  return 0;
}

std::uint32_t number_from(const char* text) {
  return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::stoul(text)));
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 5 || (count - 5) % 3 != 0) return 2;
  crypto::initialise();
  const auto org = core::read_org(arguments[1]);
  const auto operation = omzien::hostile::operation_named(arguments[2]);
  if (!org || !operation) return 2;
  const auto size = std::string(arguments[4]) == "large" ? protocol::FrameSize::kLarge
                                                         : protocol::FrameSize::kSmall;
  std::vector<Plant> plants;
  for (int at = 5; at < count; at += 3)
    plants.push_back({arguments[at], arguments[at + 1], number_from(arguments[at + 2])});
  return run(*org, *operation, number_from(arguments[3]), size, plants);
}
