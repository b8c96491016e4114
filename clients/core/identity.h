// Who acts on a case: a reporter with their phrase, or a member with their key file.
#pragma once

#include <optional>
#include <vector>

#include "crypto/open/case_keys.h"
#include "crypto/open/key_file.h"
#include "protocol/ids.h"

namespace omzien::core {

class Identity {
 public:
  virtual ~Identity() = default;
  virtual const crypto::SigningKey& signing_key() const = 0;
  virtual const crypto::LocalKey& local_key() const = 0;
  virtual const crypto::LocalName& local_name() const = 0;

  // The member's id; empty for a reporter.
  virtual std::optional<protocol::MemberId> member_id() const = 0;
  // The seed whose public key has this hash; null when it is none of theirs.
  virtual const crypto::XWingSeed* seed_for(const crypto::Digest& xwing_key_hash) const = 0;
  // A key that the reporter derives; a member derives none.
  virtual std::optional<crypto::CompartmentKey> derive(
      rules::Compartment, std::uint32_t epoch, const crypto::Digest& started_after) const = 0;
};

// The owner of one case.
class Reporter final : public Identity {
 public:
  Reporter(const crypto::Phrase&, const protocol::ServiceId&,
           crypto::PhraseCase = crypto::PhraseCase::kReport);

  const protocol::Handle& handle() const { return handle_; }
  const crypto::XWingPublicKey& xwing_key() const { return xwing_key_; }

  const crypto::SigningKey& signing_key() const override { return keys_.signing_key(); }
  const crypto::LocalKey& local_key() const override { return keys_.local_key(); }
  const crypto::LocalName& local_name() const override { return keys_.local_name(); }
  std::optional<protocol::MemberId> member_id() const override { return std::nullopt; }
  const crypto::XWingSeed* seed_for(const crypto::Digest&) const override;
  std::optional<crypto::CompartmentKey> derive(rules::Compartment, std::uint32_t epoch,
                                               const crypto::Digest& started_after) const override;

 private:
  crypto::CaseKeys keys_;
  crypto::XWingPublicKey xwing_key_;
  protocol::Handle handle_;
};

// An adviser, or another person of the directory.
class Member final : public Identity {
 public:
  Member(crypto::KeyFile file, const protocol::ServiceId&);

  const protocol::MemberId& id() const { return file_.member_id; }

  const crypto::SigningKey& signing_key() const override { return signing_key_; }
  const crypto::LocalKey& local_key() const override { return local_key_; }
  const crypto::LocalName& local_name() const override { return local_name_; }
  std::optional<protocol::MemberId> member_id() const override { return file_.member_id; }
  const crypto::XWingSeed* seed_for(const crypto::Digest&) const override;
  std::optional<crypto::CompartmentKey> derive(rules::Compartment, std::uint32_t,
                                               const crypto::Digest&) const override;

 private:
  crypto::KeyFile file_;
  crypto::SigningKey signing_key_;
  crypto::LocalKey local_key_;
  crypto::LocalName local_name_;
  std::vector<crypto::Digest> key_hashes_;  // of the public key of each of file_.xwing_seeds
};

}  // namespace omzien::core
