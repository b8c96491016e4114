// A case that mieke (holder) and youssef hold in story, people, talk and summary, and the rules'
// view of it.
#pragma once

#include <gtest/gtest.h>

#include "protocol/access.h"
#include "tests/kit/case_builder.h"
#include "tests/kit/moves.h"

namespace omzien::protocol {

class AccessTest : public testing::Test {
 protected:
  using Compartment = rules::Compartment;
  using Cause = rules::ReleaseCause;
  static constexpr Day kFirstDay = 20'000;

  AccessTest()
      : organisation_((crypto::initialise(), "organisation"), kFirstDay),
        case_(organisation_, "case") {
    for (const auto& entry : case_.opening({"mieke", "youssef"}).entries) EXPECT_TRUE(admit(entry));
  }

  tl::expected<void, Breach> admit(const SubmittedEntry& entry) {
    return access_.admit(parse_header(entry.header).value(), organisation_.directory());
  }
  void on(Day day) {
    day_ = day;
    case_.on(day);
  }

  // Tries the move; a breach must leave everything as it was, the builder included.
  std::optional<Breach> tried(const crypto::SigningKey& author, const Fields& fields) {
    const auto builder_before = case_;
    const auto before = access_;
    const auto admitted = admit(case_.move(author, fields));
    if (admitted) return std::nullopt;
    case_ = builder_before;
    EXPECT_EQ(access_.grants().size(), before.grants().size());
    EXPECT_EQ(access_.ended_grants().size(), before.ended_grants().size());
    EXPECT_EQ(access_.delegations().size(), before.delegations().size());
    EXPECT_EQ(access_.milestones().all().size(), before.milestones().all().size());
    for (std::size_t i = 0; i < before.grants().size(); ++i) {
      EXPECT_EQ(access_.grants()[i].keys, before.grants()[i].keys);
      EXPECT_EQ(access_.grants()[i].holder, before.grants()[i].holder);
      EXPECT_EQ(access_.grants()[i].dormant, before.grants()[i].dormant);
    }
    for (const auto& [compartment, epochs] : before.epochs())
      EXPECT_EQ(access_.newest_epoch(compartment)->number, epochs.back().number);
    return admitted.error();
  }
  std::optional<Breach> by_owner(const Fields& fields) { return tried(case_.owner(), fields); }
  std::optional<Breach> by(const char* name, const Fields& fields) {
    return tried(key(name), fields);
  }

  const crypto::SigningKey& key(const char* name) { return *organisation_.member(name).key; }
  MemberId id(const char* name) { return kit::id_of(organisation_, name); }
  std::uint32_t epoch(Compartment compartment) {
    const auto* newest = access_.newest_epoch(compartment);
    return newest == nullptr ? 0 : newest->number;
  }
  Event talk() { return {Compartment::kTalk, epoch(Compartment::kTalk), {}, false, {}}; }
  Event milestone(rules::Milestone which) {
    auto event = talk();
    event.milestone = which;
    return event;
  }

  bool reads(const char* name, Compartment compartment, std::uint32_t epoch) {
    return access_.may_read(id(name), compartment, epoch, day_);
  }
  bool reads(const char* name, Compartment compartment) {
    return reads(name, compartment, epoch(compartment));
  }
  bool is_in(const char* name) { return !access_.live(id(name), day_).empty(); }
  bool holds_the_mark(const char* name) { return access_.holder(day_) == id(name); }

  // Moves by honest clients, from the state of now.
  Grant grant(const char* name, const kit::Compartments& compartments) {
    return kit::grant(access_, organisation_, name, compartments);
  }
  Grant stand_in(const char* name, const char* for_name,
                 const kit::Compartments& compartments = {Compartment::kStory,
                                                          Compartment::kTalk}) {
    return kit::stand_in(access_, organisation_, name, compartments, for_name);
  }
  Revoke revoke(const kit::Names& names) {
    return kit::revoke(access_, organisation_, names, day_);
  }
  Grant keep_alive(const kit::Compartments& compartments) {
    return kit::keep_alive(access_, organisation_, compartments, day_);
  }
  Grant notes(const kit::Names& names) { return kit::notes(access_, organisation_, names); }
  Delegate delegate(const char* name, const kit::Names& people,
                    const kit::Compartments& compartments, Day last_day) {
    return kit::delegate(organisation_, name, people, compartments, last_day);
  }
  Release release(const char* name, Cause cause) {
    return kit::release(organisation_, name, cause);
  }

  kit::Organisation organisation_;
  kit::CaseBuilder case_;
  Access access_;
  Day day_ = kFirstDay;
};

}  // namespace omzien::protocol
