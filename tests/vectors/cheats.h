// Members, and a gateway, that cheat: each makes an entry of its own with the keys it really holds,
// which no honest client would make. What must become of it stands beside it: what a gateway that
// keeps the rules answers, and what the clients say when one lets it through on purpose.
//
// Used by the gateway's tests, and written to cheats.json for the browser's core.
#pragma once

#include "clients/core/lead/next_epochs.h"
#include "tests/vectors/case_alarms.h"

namespace omzien::crypto::vectors {

// Mieke's last day to let tarik read the summary, days after the first.
inline constexpr protocol::Day kDelegatedDays = 3;

struct Forbidden {
  std::uint64_t seq;
  protocol::Breach breach;
  bool operator==(const Forbidden&) const = default;
};

struct Cheat {
  std::string name;
  Log log;                           // with the cheat in it; and perhaps an honest entry after it
  std::vector<Forbidden> forbidden;  // entries that change nothing
  Expected alarms;                   // of each reader who must see it, and of who must not
  // What a gateway that keeps the rules answers to the first entry at or after `at`.
  std::uint64_t at = 0;
  rules::Status answer = rules::Status::kForbidden;
  bool by_gateway = false;  // nobody sends it: what is stored or handed over is changed
  bool broken = false;      // the log is not whole any more, and nothing of it is shown
};

class Cheats {
 public:
  explicit Cheats(const Scene& scene);

  const Scene& scene() const { return scene_; }
  // The log "the lead": mieke leads and keeps notes, youssef reads along, ruud stands in for mieke,
  // ilse reads the summary that the reporter approved, mieke may let tarik read it.
  const Log& base() const { return base_; }
  Log log() const { return base_.fork(); }

  // The log's last entries, as many as there are breaches, are forbidden. The reporter and youssef
  // see it, and go on.
  void forbidden(std::string name, Log log, std::vector<protocol::Breach> breaches,
                 rules::Status answer = rules::Status::kForbidden);
  // The gateway can't see that it is one: it is blind to what stands inside. The clients do.
  void unseen(std::string name, Log log, Expected alarms);
  // By the gateway itself.
  void served(std::string name, Log log, Expected alarms);
  void broken(std::string name, Log log);

  std::vector<Cheat> all;

 private:
  const Scene& scene_;
  Log base_;
};

// Grants of what `self` holds, sealed to these people.
Log::Seal sealed_grant(const Scene&, std::vector<std::string> names,
                       const core::Compartments& compartments, bool holder = false);
// An epoch of `compartments`, for these people and, unless it is left out, the owner.
Log::Seal sealed_epoch(const Scene&, std::vector<std::string> names,
                       const core::Compartments& compartments, bool to_owner = true);
// An event under this epoch, by whoever holds its key.
Log::Seal sealed_event(rules::Compartment, std::uint32_t epoch, core::Event);
// The same under keys that were made up, by who holds none.
Log::Seal made_up_grant(const Scene&, std::string name, rules::Compartment);
Log::Seal made_up_event(rules::Compartment, core::Event,
                        rules::Milestone = rules::Milestone::kNone);

void cheating_adviser(Cheats&);
void cheating_committee(Cheats&);
void cheating_gateway(Cheats&);
void cheating_together(Cheats&);

std::vector<Cheat> every_cheat(const Scene&);

// What really becomes of a log: the entries that break the rules, each reader's alarms.
std::vector<Forbidden> forbidden_in(const Log&);
Alarms alarms_seen(const Log&, const std::string& who);

}  // namespace omzien::crypto::vectors
