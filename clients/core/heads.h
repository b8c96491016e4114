// What was seen last of every case, so that a gateway that shows less, or something else, is
// noticed.
#pragma once

#include <map>

#include "clients/core/case_log.h"
#include "clients/core/local_folder.h"

namespace omzien::core {

struct Head {
  std::uint64_t seq = 0;
  crypto::Digest hash;
  std::uint64_t read_seq = 0;  // how far the person has read
};

class Heads {
 public:
  static Result<Heads> load(const LocalFolder&, const Identity&);
  Result<void> save(const LocalFolder&, const Identity&, crypto::Random&) const;

  const Head* find(const protocol::Handle&) const;

  // kVerification when the case no longer holds the head that was seen.
  Result<void> check(const OpenedCase&) const;
  // Never goes back.
  void note(const protocol::Handle&, std::uint64_t seq, const crypto::Digest&);
  void note(const OpenedCase&);
  // Both: kVerification, too, when the directory goes back or is of another line. Otherwise
  // remembers the newer one.
  Result<void> check_and_note(const OpenedCase&);
  Result<void> check_and_note(const protocol::Directory&);
  void note_read(const protocol::Handle&, std::uint64_t seq);

 private:
  friend class Seen;
  std::map<protocol::Handle, Head> heads_;
  std::uint32_t directory_version_ = 0;  // 0: none seen
  crypto::Digest directory_hash_;
};

// The head that was seen last of each case, by this program and, where the person keeps a trace, by
// the ones before it: a connection holds every case that it fetches against it, before anything is
// shown or added. A gateway that goes back to the log from before a revocation would have the next
// word sealed to whoever was let out.
class Seen {
  struct Place {
    const LocalFolder* folder = nullptr;  // none: what this program saw itself is all there is
    crypto::Random* random = nullptr;
    bool adds = false;  // cases of which nothing stands there
  };

 public:
  // As long as it lives, what stands on the device counts also where no trace is kept; see
  // reading().
  class Reading {
   public:
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading() { seen_.place_ = before_; }

   private:
    friend class Seen;
    Reading(Seen& seen, const Place& now) : seen_(seen), before_(seen.place_) {
      if (!before_.adds) seen_.place_ = now;
    }
    Seen& seen_;
    Place before_;
  };

  // From now on; both outlive this.
  void keep_in(const LocalFolder& folder, crypto::Random& random) {
    place_ = {&folder, &random, true};
  }
  // For what was written by somebody who kept a trace: held against it, and it goes on; no case
  // begins to stand there.
  [[nodiscard]] Reading reading(const LocalFolder& folder, crypto::Random& random) {
    return {*this, {&folder, &random, false}};
  }

  // To be asked before a log is: what another program sees meanwhile makes no case look cut short.
  Result<Heads> of(const Identity&) const;
  void note(const OpenedCase& opened) { here_.note(opened); }
  // What the gateway accepted from this identity: on the device before it returns.
  Result<void> note_accepted(const Identity&, const protocol::Entry& last);

 private:
  Heads here_;
  Place place_;
};

}  // namespace omzien::core
