// Makes the entries of an invented case, each after the one before, as a reporter's and advisers'
// clients would. Payloads are random bytes of the right shape: nothing is sealed here.
//
// A copy is another client on the same case, so two of them can race.
#pragma once

#include <functional>

#include "protocol/operations.h"
#include "tests/kit/organisation.h"

namespace omzien::kit {

// Changes a header before it is signed, to make one that is wrong in one way.
using Tweak = std::function<void(protocol::Header&)>;

struct Granted {
  std::string name;
  std::vector<rules::Compartment> compartments;
  bool holder = false;
  protocol::Day last_day = 0;
};

class CaseBuilder {
 public:
  // Made under `organisation`'s directory of now, on its day.
  CaseBuilder(const Organisation& organisation, std::string_view seed);

  const protocol::Handle& handle() const { return handle_; }
  const crypto::SigningKey& owner() const { return *owner_; }
  const crypto::Bytes& share() const { return share_; }
  std::uint64_t next_seq() const { return next_seq_; }
  const crypto::Digest& head_hash() const { return head_hash_; }

  // The directory and the day that entries are made under from here on.
  void under(const Organisation& organisation) {
    directory_hash_ = organisation.directory().hash();
  }
  void on(protocol::Day day) { day_ = day; }

  // After another client's entries: what comes next follows this head.
  void after(std::uint64_t head_seq, const crypto::Digest& head_hash) {
    next_seq_ = head_seq + 1;
    head_hash_ = head_hash;
  }

  protocol::SubmittedEntry open(const Tweak& tweak = {});
  protocol::SubmittedEntry event(const crypto::SigningKey& author, rules::Compartment compartment,
                                 std::size_t payload_bytes = 1'065, const Tweak& tweak = {});
  protocol::SubmittedEntry milestone(const crypto::SigningKey& author, rules::Milestone milestone);
  protocol::SubmittedEntry grant(const std::vector<Granted>& granted, const Tweak& tweak = {});
  // `name` stands in for `for_name`.
  protocol::SubmittedEntry dormant_grant(const Granted& granted, std::string_view for_name);
  // Any entry at all; advances the chain.
  protocol::SubmittedEntry entry(const crypto::SigningKey& author, rules::EntryKind kind,
                                 protocol::Fields fields, crypto::Bytes payload,
                                 const Tweak& tweak = {});

  // An entry of these fields with a payload of random bytes in the shape of its kind.
  protocol::SubmittedEntry move(const crypto::SigningKey& author, const protocol::Fields& fields);

  // Open, a grant of story, people, talk and summary to `advisers` (the first is the holder), and a
  // story.
  protocol::OpenCase opening(const std::vector<std::string>& advisers);

  crypto::Bytes random_bytes(std::size_t size);

 private:
  const Organisation* organisation_;
  crypto::FixedRandom random_;
  SharedKey owner_;
  protocol::Handle handle_;
  crypto::Bytes share_;
  crypto::Digest directory_hash_;
  protocol::Day day_;
  std::uint64_t next_seq_ = 0;
  crypto::Digest head_hash_;
};

// The parts of an entry that stands in the same case under another upload.
protocol::SubmittedEntry staged(protocol::SubmittedEntry entry, const protocol::UploadId& upload);

}  // namespace omzien::kit
