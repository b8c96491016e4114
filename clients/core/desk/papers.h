// What a desk's person keeps for themself about their cases: labels, "belongs with", how far they
// have read. Sealed under a key that only their key file grows (decisions/0022), and kept by the
// gateway as ciphertext, so that a second browser finds it.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "clients/core/connection.h"
#include "clients/core/identity.h"

namespace omzien::core {

struct CasePapers {
  std::set<std::string> labels;  // at most labels_per_case_max, of 1 to label_bytes_max bytes each
  std::set<protocol::Handle> belongs_with;  // at most belongs_with_max
  std::uint64_t read_seq = 0;

  bool empty() const { return labels.empty() && belongs_with.empty() && read_seq == 0; }
};
using Papers = std::map<protocol::Handle, CasePapers>;

struct KeptPapers {
  Papers papers;
  std::uint64_t number = 0;  // 0: nothing is kept yet
};

// Whether it is text that a case may be labelled with.
bool good_label(std::string_view label);

// The plaintext to seal, without cases of which nothing is kept; wiped when it goes.
crypto::SecretBytes encode_papers(const Papers&);
std::optional<Papers> parse_papers(crypto::ByteView plaintext);

// kVerification: what is kept was not sealed by this person.
Result<KeptPapers> fetch_papers(Connection&, const Identity&);

// Fetches, changes, puts back; again when a second browser was faster. kBadInput: more than there
// is room for; what is kept stays as it was.
Result<KeptPapers> change_papers(Connection&, const Identity&, crypto::Random&,
                                 const std::function<void(Papers&)>& change);

}  // namespace omzien::core
