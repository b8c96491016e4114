// A real gateway in this process (use cases, memory engine), an invented organisation whose members
// can open what is sealed to them, and a wire between them that can be cut.
#pragma once

#include "clients/core/delivery.h"
#include "clients/core/fetch.h"
#include "clients/core/heads.h"
#include "tests/gateway/fixture.h"

namespace omzien::core {

// What happens to the next frames on the wire.
class Wire {
 public:
  enum class Fault { kNone, kLostRequest, kLostAnswer };

  explicit Wire(gateway::Exchange& exchange) : exchange_(exchange) {}
  std::unique_ptr<Transport> transport();

  // The next `after` frames pass, then one is lost.
  void cut(Fault fault, int after = 0) {
    fault_ = fault;
    passes_ = after;
  }
  // Changes answers before the client sees them: a gateway that lies.
  std::function<void(protocol::Request&, protocol::Response&)> lie;
  int frames = 0;

  Result<crypto::Bytes> exchange(const crypto::Bytes& frame);

 private:
  gateway::Exchange& exchange_;
  Fault fault_ = Fault::kNone;
  int passes_ = 0;
};

class ClientTest : public gateway::GatewayTest {
 protected:
  void SetUp() override;

  Member member(std::string_view name);
  // With a newer X-Wing seed beside the first.
  Member member_with(std::string_view name, const crypto::Digest& newer_seed);
  // A new reporter; the same seed gives the same phrase.
  Reporter reporter(std::string_view seed = "reporter");
  // Greeted, on the wire.
  Connection connect(protocol::FrameSize size = protocol::FrameSize::kSmall);
  LocalFolder folder() { return LocalFolder(scratch_ / "state"); }

  static OpeningDraft draft(std::string story = "It happened again today.");
  // By a program that was started for this, through its outbox.
  Result<protocol::Accepted> deliver(const Identity&, Draft);
  // Opens a case through outbox and delivery; fails the test when that fails.
  void report(const Reporter&, const OpeningDraft& = draft());
  Result<protocol::Accepted> say(const Identity&, const protocol::Handle&, std::string text,
                                 rules::Milestone = rules::Milestone::kNone);
  Result<OpenedCase> open(const Identity&, const protocol::Handle&);
  FetchedLog fetch(const Identity&, const protocol::Handle&);

  crypto::KeyFile key_file(std::string_view name);

  crypto::SystemRandom random_;
  std::unique_ptr<Wire> wire_;
  gateway::ScratchFolder scratch_;
  // The device's own day, on the reporter's phone as at a desk; nothing: the gateway's.
  std::optional<protocol::Day> day_here_;
  std::map<std::string, crypto::Bytes> seeds_;  // X-Wing seeds by name
};

// Every readable text of this kind, in order.
std::vector<std::string> texts(const OpenedCase&, rules::Compartment);

}  // namespace omzien::core
