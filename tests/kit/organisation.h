// An invented organisation for tests: a root key, members with signing keys, its signed directory.
// The same seed gives the same organisation.
//
// X-Wing keys are random bytes: good for a gateway, which never looks into them. A test that opens
// what was sealed gives its members keys of its own (Member::xwing_key is not const).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/verify/signing.h"
#include "protocol/certificate.h"
#include "tests/crypto/fixed_random.h"

namespace omzien::kit {

using SharedKey = std::shared_ptr<const crypto::SigningKey>;

SharedKey make_key(crypto::Random& random);

struct Member {
  std::string name;
  rules::Role role;
  protocol::MemberId id;
  SharedKey key;
  crypto::XWingPublicKey xwing_key;
  std::optional<protocol::Day> key_until = std::nullopt;  // another last day than the usual one
};

class Organisation {
 public:
  // Advisers mieke, youssef and anouk, stand-in ruud, triage ilse, tarik and bram, who all have
  // their keys since `day`.
  explicit Organisation(std::string_view seed, protocol::Day day);

  const protocol::ServiceId& service() const { return service_; }
  protocol::Day day() const { return day_; }
  const crypto::SigningKey& root() const { return *root_; }
  const Member& member(std::string_view name) const;
  std::vector<Member>& members() { return members_; }
  const std::vector<Member>& members() const { return members_; }
  // Advisers "extra 1" to "extra `count`", for tests that need a crowd.
  void add_extras(std::size_t count);

  // Made to every content from then on.
  std::function<void(protocol::DirectoryContent&)> change;
  // What the next calls sign; a test changes it to its liking.
  protocol::DirectoryContent content() const;
  // The directory's next version: everything made before is made under a stale one.
  void next_version();

  crypto::Bytes sign(const protocol::DirectoryContent&) const;  // SignedDirectory
  protocol::Directory directory() const;
  crypto::Bytes certificate(const Member&, std::uint32_t number = 1) const;
  crypto::Bytes bundle() const;  // the file the gateway reads, with everybody's first certificate

 private:
  protocol::Day day_;
  SharedKey root_;
  protocol::ServiceId service_;
  std::vector<Member> members_;  // ascending by id
  std::uint32_t version_ = 1;
  std::vector<crypto::Digest> previous_hashes_;
};

}  // namespace omzien::kit
