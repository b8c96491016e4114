// The reporter's keys of one case: all grow from the access phrase, so nothing has to be kept.
//
//   root            = HKDF-Extract(salt = service id, ikm = phrase in normal form)
//   of a complaint  : root = HKDF-Expand(the root above, tag phrase_complaint)          32 bytes
//   signing seed    = HKDF-Expand(root, tag phrase_signing)                             32, Ed25519
//   X-Wing seed     = HKDF-Expand(root, tag phrase_xwing)                               32 bytes
//   compartment key = HKDF-Expand(root, tag phrase_compartment ‖
//                                 fields (u32 compartment, u32 epoch, prev_hash))       32 bytes
//   local key       = HKDF-Expand(root, tag phrase_outbox)                              32 bytes
//   local name      = HKDF-Expand(root, tag phrase_outbox_name)                         16, public
//
// A complaint about how a case is handled is a case by itself, that nobody who reads the first one
// hears of; the same words open both. Without the words the two keys have nothing to do with each
// other.
//
// No password hash: at 103 bits or more a phrase needs none (protocol §7).
#pragma once

#include "crypto/open/commitment.h"
#include "crypto/open/local_seal.h"
#include "crypto/open/phrase.h"
#include "crypto/open/xwing.h"
#include "crypto/verify/hkdf.h"
#include "crypto/verify/signing.h"
#include "protocol/ids.h"

namespace omzien::crypto {

// Which of a phrase's two cases.
enum class PhraseCase : std::uint8_t { kReport, kComplaint };

class CaseKeys {
 public:
  CaseKeys(const Phrase& phrase, const protocol::ServiceId& service_id,
           PhraseCase which = PhraseCase::kReport);

  const SigningKey& signing_key() const { return signing_key_; }
  const SigningPublicKey& public_key() const { return signing_key_.public_key(); }
  const XWingSeed& xwing_seed() const { return xwing_seed_; }
  XWingPublicKey xwing_public_key() const { return crypto::xwing_public_key(xwing_seed_); }

  // A key of an epoch that the reporter starts. `prev_hash` is the one in the header of the entry
  // that starts it (zeros for Open), so a key belongs to one history: after a rolled-back log
  // another key comes.
  CompartmentKey compartment_key(std::uint32_t compartment, std::uint32_t epoch,
                                 const Digest& prev_hash) const;

  const LocalKey& local_key() const { return local_key_; }
  const LocalName& local_name() const { return local_name_; }

 private:
  PseudorandomKey root_;
  SigningKey signing_key_;
  XWingSeed xwing_seed_;
  LocalKey local_key_;
  LocalName local_name_;
};

}  // namespace omzien::crypto
