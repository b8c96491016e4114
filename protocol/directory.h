// The directory: who there is, signed offline by the organisation's root key (protocol §4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "crypto/verify/signature.h"
#include "protocol/ids.h"

namespace omzien::protocol {

struct Unit {
  std::uint32_t id = 0;  // from 1
  std::string name;
};

struct SigningKeyEntry {
  crypto::SigningPublicKey key;
  Day from_day = 0;
  std::optional<crypto::Signature> signed_by_previous;  // checked; absent: show "changed on (day)"
};

struct Person {
  MemberId member_id;
  std::string name;
  rules::Role role{};
  std::uint32_t unit_id = 0;
  std::vector<std::string> languages;
  std::string line;
  std::vector<SigningKeyEntry> signing_keys;  // oldest first, at least one
  rules::Position position{};
  Day left_day = 0;                // 0: still here
  std::uint32_t working_days = 0;  // a mask, see works_on(); what they said since: availability.h
  std::optional<MemberId> stand_in;

  bool gone(Day today) const { return left_day != 0 && today >= left_day; }
  const crypto::SigningPublicKey& signing_key() const { return signing_keys.back().key; }
};

struct Terms {
  std::uint32_t acknowledge_days = rules::kAcknowledgeDays;
  std::uint32_t feedback_months = rules::kFeedbackMonths;
  std::uint32_t retention_days = rules::kRetentionDays;
  std::uint32_t silence_days = rules::kSilenceDays;  // 0 in a directory from before: the rules' own
  std::uint32_t further_days = rules::kFurtherDays;  // the same

  std::uint32_t days_of_silence() const {
    return silence_days == 0 ? rules::kSilenceDays : silence_days;
  }
  std::uint32_t days_until_further() const {
    return further_days == 0 ? rules::kFurtherDays : further_days;
  }
};

struct Text {
  std::string key;
  std::string language;
  std::string text;
};

// What the root signs. Plain data: an administrator builds one, Directory holds one that was
// checked.
struct DirectoryContent {
  std::uint32_t version = 1;
  crypto::SigningPublicKey root_key;
  std::vector<crypto::Digest> previous_hashes;  // newest first
  Day made_day = 0;
  Day review_day = 0;
  std::string name;
  std::vector<Unit> units;     // ascending by id
  std::vector<Person> people;  // ascending by member id
  Terms terms;
  std::vector<Text> texts;  // ascending by key, then language
  std::optional<crypto::Digest> handbook_hash;
  std::vector<rules::Role> alert_roles;          // ascending; none: the coordinator
  std::vector<rules::Role> further_alert_roles;  // ascending; none: the CDO
  std::vector<std::string> sensitive_steps;      // good_key()s, ascending
};

// a-z, 0-9 and _, 1 to kStepKeyBytesMax of them: the key of a step, a term, a snippet.
bool good_key(std::string_view key);

enum class DirectoryError {
  kMalformed,
  kNewerVersion,
  kOtherOrganisation,  // signed by another root than the service id names
  kSignature,
  kInvalid,  // signed, but it breaks its own rules: an adviser who manages, a name twice, …
};

ServiceId service_id_of(const crypto::SigningPublicKey& root);

// The bytes the root signs, tag directory_signature before them.
crypto::Bytes encode_directory(const DirectoryContent&);
// SignedDirectory: what is published.
crypto::Bytes encode_signed_directory(crypto::ByteView directory, const crypto::Signature&);
// What a new signing key's predecessor signs, tag signing_key_succession before it:
// the field list (service id, member id, new key, from day u32).
crypto::Bytes succession_bytes(const ServiceId&, const MemberId&,
                               const crypto::SigningPublicKey& next, Day from);

// Whose directory these bytes say they are; nothing is checked. For a gateway that was not told.
std::optional<ServiceId> claimed_service(crypto::ByteView signed_directory);

// A directory whose signature, root and rules were checked.
class Directory {
 public:
  static tl::expected<Directory, DirectoryError> parse(crypto::ByteView signed_directory,
                                                       const ServiceId&);

  const DirectoryContent& content() const { return content_; }
  const crypto::Digest& hash() const { return hash_; }  // of the SignedDirectory's bytes
  const crypto::Bytes& bytes() const { return bytes_; }
  const ServiceId& service() const { return service_; }

  // This version, or one before it.
  bool knows(const crypto::Digest& hash) const;
  // Whether this one comes after `older` in the same chain of versions.
  bool follows(const Directory& older) const;

  const Person* person(const MemberId&) const;
  const Person* person_named(std::string_view name) const;  // among those who are still here
  // Whose signing key it was on that day: from its day until the next one's, and not after leaving.
  const Person* person_with_key(const crypto::SigningPublicKey&, Day) const;
  // The same for entries of a log, which name the version they were made under. Under an earlier
  // version somebody is still here for kDirectoryGraceDays after leaving, an old key theirs after a
  // new one began: what was written before the gateway had this version does not become a breach.
  const Person* author(const crypto::SigningPublicKey&, Day,
                       const crypto::Digest& made_under) const;
  bool was_here(const Person&, Day, const crypto::Digest& made_under) const;
  const Unit* unit(std::uint32_t id) const;
  const Unit* unit_named(std::string_view name) const;
  // Text in the language asked for, else in any; empty when the organisation wrote none.
  std::string_view text(std::string_view key, std::string_view language) const;
  // Who is told of a missed term: at once, or once the further term has passed, too.
  std::vector<rules::Role> told(bool further) const;
  // Whether a yes to this step makes a case sensitive.
  bool sensitive(std::string_view step) const;

 private:
  Directory(DirectoryContent content, crypto::Bytes bytes, ServiceId service);

  DirectoryContent content_;
  crypto::Bytes bytes_;
  ServiceId service_;
  crypto::Digest hash_;
};

}  // namespace omzien::protocol
