// Entries to add to a case, each after the one before, and the case as it will be once they are
// accepted. Every entry is held against the rules as it is made: what the gateway would refuse is
// never sent, and the person hears why.
#pragma once

#include <functional>

#include "clients/core/case_log.h"
#include "clients/core/lead/next_epochs.h"
#include "clients/core/lead/seal_lead.h"

namespace omzien::core {

// The newest certificate of each, in order: Connection::certificates, but in tests. One that lapsed
// is for who carries on; nobody is let in with it.
using protocol::Lapsed;
using Certificates = std::function<Result<std::vector<protocol::Certificate>>(
    const std::vector<protocol::MemberId>&, Lapsed)>;

// What stands in an event's header beside where it is sealed.
struct Told {
  rules::Milestone milestone = rules::Milestone::kNone;
  bool urgent = false;
  std::uint64_t dispute = 0;  // by the owner: the seq of the milestone disputed; 0: none
};

class Addition {
 public:
  Addition(OpenedCase opened, const Identity& author, const protocol::Directory& directory,
           protocol::Day today, crypto::Random& random, Certificates certificates);

  const Identity& author() const { return author_; }
  const protocol::Directory& directory() const { return directory_; }
  protocol::Day day() const;  // of the next entry
  crypto::Random& random() const { return random_; }
  const Certificates& certificates() const { return certificates_; }

  const std::vector<SealedEntry>& added() const { return entries_; }

  // With what was added so far; all but the chain, which is the place's.
  const OpenedCase& opened() const { return opened_; }
  const protocol::Access& access() const { return opened_.access; }
  const KeyRing& keys() const { return opened_.keys; }
  // What is the owner's to write in, and has a newest epoch that the owner got no key to; for a
  // member nothing.
  Compartments shut_out() const;
  // Where the next entry is sealed for; sealing advances it, and take() must follow.
  Place& place() { return place_; }

  // The entry that was just sealed here, and keys it started. kRefused when the rules forbid it;
  // what was added before stands, and nothing can be added any more.
  Result<void> take(SealedEntry, KeyRing started = {}, std::optional<Event> event = std::nullopt);
  // Seals an event under the compartment's newest epoch, and takes it. kRefused, too, where the
  // case does not stand any more as its writer saw it: a step that the table of states forbids
  // would be an alarm, for good.
  Result<void> tell(rules::Compartment, const Event&, const Told& how = {});

  std::vector<SealedEntry> entries() && { return std::move(entries_); }

 private:
  OpenedCase opened_;
  const Identity& author_;
  const protocol::Directory& directory_;
  crypto::Random& random_;
  Certificates certificates_;
  Place place_;
  std::vector<SealedEntry> entries_;
};

// Why the rules say no, for whoever asked.
std::string words_for(protocol::Breach);

}  // namespace omzien::core
