// What the public headers of a case say: its head, and who may do what in it. Folding a log costs
// its length, so the outcome is remembered as long as head and directory stay the same.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "protocol/access.h"
#include "storage/store.h"

namespace omzien::gateway {

// One state of a case: what the store keeps about it, and the rules' view as of `info`'s head.
struct CaseState {
  storage::CaseInfo info;
  std::shared_ptr<const protocol::Access> access;

  // Withdrawn, purged, or destroyed in a store that an older copy was put in place of: nothing is
  // added to it.
  bool gone() const {
    return info.destroyed || access->withdrawn().has_value() || access->purged().has_value();
  }
  // Gone without leaving its owner anything to see. That a case was purged its owner is told: they
  // did not ask for it.
  bool gone_for_its_owner() const { return gone() && !access->purged().has_value(); }
};

// Somebody who may see the case: its owner, or a member with a live grant.
struct Insider {
  const protocol::Person* member = nullptr;  // null: the owner

  bool owner() const { return member == nullptr; }
};

// Nothing for everybody else. Of a case that is gone its members see that it is; of one that was
// withdrawn its owner is nobody any more, so that whoever finds the phrase finds nothing.
std::optional<Insider> insider(const CaseState&, const crypto::SigningPublicKey& key,
                               const protocol::Directory&, protocol::Day today);

// Whether the key is a stand-in's, who may wake today because a term was missed.
bool may_step_in(const CaseState&, const crypto::SigningPublicKey& key, const protocol::Directory&,
                 protocol::Day today);

// Whether the insider may have the payload of an entry in the case:
//   - the owner: all;
//   - a member: events of compartments and epochs granted to them; the entries that hold keys of a
//     grant of theirs, once it is live and not dormant (the other wraps in them are sealed to
//     others); what has no payload.
bool may_have_payload(const protocol::Access&, const Insider&, const protocol::Header&,
                      protocol::Day today);

class Cases {
 public:
  explicit Cases(std::size_t remembered_max) : remembered_max_(remembered_max) {}

  // Nothing when there is no such case. For the gateway itself: whoever asks from outside is judged
  // first (claim.h).
  storage::Result<std::optional<CaseState>> find(storage::Reader&, const protocol::Handle&,
                                                 const protocol::Directory&);

  // Access as of `info`'s head. A fold that is not remembered is taken off what a frame has left
  // (handled.h); null, and nothing was read, when that is not enough.
  storage::Result<std::shared_ptr<const protocol::Access>> access(storage::Reader&,
                                                                  const protocol::Handle&,
                                                                  const storage::CaseInfo& info,
                                                                  const protocol::Directory&,
                                                                  std::uint64_t& handled_left);

  // What a reader would find after an append, to spare it the fold. Wrong only for a head that does
  // not come to be (the commit failed), which nobody will ask for.
  void remember(const protocol::Handle&, const crypto::Digest& head_hash,
                const protocol::Directory&, std::shared_ptr<const protocol::Access>);

 private:
  struct Remembered {
    protocol::Handle handle;
    crypto::Digest head_hash;
    crypto::Digest directory_hash;
    std::shared_ptr<const protocol::Access> access;
  };

  std::shared_ptr<const protocol::Access> remembered(const protocol::Handle&,
                                                     const crypto::Digest& head_hash,
                                                     const protocol::Directory&);

  std::size_t remembered_max_;
  std::mutex mutex_;
  std::list<Remembered> recent_;  // last used first
  // An ordered map, since strangers choose handles.
  std::map<protocol::Handle, std::list<Remembered>::iterator> by_handle_;
};

}  // namespace omzien::gateway
