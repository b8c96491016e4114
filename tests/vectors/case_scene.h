// Whole cases for case.json: an organisation whose members can open what is sealed to them, and
// logs that grow entry by entry, allowed or not. Everything is really sealed and signed; the same
// seed gives the same bytes.
#pragma once

#include <functional>

#include "clients/core/case_log.h"
#include "clients/core/lead/act.h"
#include "protocol/wraps.h"
#include "tests/kit/organisation.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

inline constexpr protocol::Day kCaseDay = 20'600;

class Scene {
 public:
  Scene();

  const kit::Organisation& organisation() const { return organisation_; }
  const protocol::Directory& directory() const { return directory_; }
  core::Member member(std::string_view name) const;
  protocol::Certificate certificate(std::string_view name) const;
  // What a grant to them says; the keys, without the rest.
  protocol::GrantMember grantee(std::string_view name,
                                std::vector<protocol::CompartmentEpoch> keys) const;
  Json people() const;

 private:
  kit::Organisation organisation_{"case vectors", kCaseDay};
  protocol::Directory directory_;
};

// Changes a header before it is hashed and signed, to make one that is wrong in one way.
using Tweak = std::function<void(protocol::Header&)>;

// A case while it is made.
class Log {
 public:
  // Told to `advisers`, the first of whom is the holder; `stand_in` may be empty.
  Log(const Scene& scene, const std::string& seed, core::Story story,
      const std::vector<std::string>& advisers, std::string_view stand_in = {});

  const Scene& scene() const { return *scene_; }
  const core::Reporter& owner() const { return owner_; }
  const core::FetchedLog& fetched() const { return fetched_; }
  const std::string& phrase() const { return phrase_; }
  protocol::Day day() const { return day_; }
  std::size_t size() const { return fetched_.entries.size(); }
  std::size_t opened_with() const { return opened_with_; }  // entries that stood at once
  core::Result<core::OpenedCase> opened(const core::Identity&) const;
  std::unique_ptr<core::Identity> identity(std::string_view name) const;

  // Goes on. `by` is "owner", "gateway" or a name.
  void on(protocol::Day days_after) { day_ = kCaseDay + days_after; }
  void say(std::string_view by, rules::Compartment compartment, const core::Event& event,
           const Tweak& tweak = {});
  void talk(std::string_view by, const core::Event& event, const Tweak& tweak = {}) {
    say(by, rules::Compartment::kTalk, event, tweak);
  }
  // The owner lets members in; the wraps hold the case's own keys.
  void grant(const std::vector<protocol::GrantMember>& members, const Tweak& tweak = {});
  // As an honest client acts, by the rules.
  void did(std::string_view by, const core::Act& change);
  // What a client would seal here that knows no rules.
  using Seal = std::function<core::SealedEntry(const core::Identity& self, core::Place& place,
                                               const core::OpenedCase& seen, Random& random)>;
  void smuggle(std::string_view by, const Seal& seal);
  // Any entry at all.
  void add(std::string_view by, rules::EntryKind kind, protocol::Fields fields, Bytes payload,
           const Tweak& tweak = {});
  // The payload as this event is sealed, in the place of the next entry.
  Bytes sealed(std::string_view by, const protocol::Event& fields, ByteView plaintext);
  // One member's wrap of a plaintext of the caller's.
  protocol::Wrap wrap(const protocol::GrantMember& member, ByteView plaintext);

  // Another that has gone the same way so far.
  Log fork() const;
  core::FetchedLog& change() { return fetched_; }

 private:
  Log(const Log& other, FixedRandom random);
  void put(const core::SealedEntry& entry);

  const Scene* scene_;
  FixedRandom random_;
  std::string phrase_;
  core::Reporter owner_;
  core::FetchedLog fetched_;
  protocol::Day day_ = kCaseDay;
  std::size_t opened_with_ = 0;
};

core::Reporter reporter_of(const std::string& phrase, const protocol::ServiceId& service);

// The log "ordinary" of case_ordinary.cpp, from which others begin.
Log ordinary_log(const Scene& scene);

Json ordinary_cases(const Scene& scene);
Json forbidden_cases(const Scene& scene);
Json broken_cases(const Scene& scene);

// One log as it stands in a file of logs. Entries that `base` has too, the log that the file begins
// with, are named "BASE/N".
Json log_json(std::string_view name, const Log& log, std::string_view base_name, const Log& base);
// The same in case.json, which begins with "ordinary".
Json log_json(std::string_view name, const Log& log);

// What `who` sees of it, under the directory it was made under or another: {"case": …} or {"error":
// …}.
Json read_of(const Log& log, const std::string& who, const protocol::Directory& directory);

}  // namespace omzien::crypto::vectors
