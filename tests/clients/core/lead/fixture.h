// A case of mieke (holder) and youssef, with ruud standing in for mieke; moves by their clients,
// all by way of the gateway.
#pragma once

#include "clients/core/lead/act.h"
#include "clients/core/lead/moves.h"
#include "clients/core/lead/renewal.h"
#include "clients/core/lead/replace.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {

class LeadTest : public ClientTest {
 protected:
  using Compartment = rules::Compartment;

  void SetUp() override;

  protocol::MemberId id(std::string_view name) { return organisation_.member(name).id; }
  using Outcome = Result<std::optional<protocol::Accepted>>;
  // By the gateway; what was refused gives its error.
  Outcome act(const Identity& self, const Act& change);
  Outcome grant(const Identity& self, LetIn who);
  Outcome revoke(std::vector<protocol::MemberId> out);
  Outcome renew(const Identity& self, Renewed* renewed = nullptr);
  void say(const Identity& self, std::string text);

  OpenedCase seen(const Identity& self);
  std::vector<std::string> talk(const Identity& self) {
    return texts(seen(self), Compartment::kTalk);
  }
  bool is_out(const Identity& self);
  void expect_no_alarms(const std::vector<const char*>& members);
  // A day passes, and their keys have run out.
  void run_out(const std::vector<std::string>& names);
  // Somebody's second X-Wing key, published; the key file that has both.
  Member rotated(std::string_view name);

  Reporter owner_ = reporter("owner");
};

}  // namespace omzien::core
