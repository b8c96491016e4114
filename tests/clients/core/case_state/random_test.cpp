// What holds for any log at all.
#include <set>

#include "tests/clients/core/case_state/kit.h"

namespace omzien::core {
namespace {

constexpr std::uint32_t kLogs = 3000;

struct Prefix {
  CaseState state;
  std::string line;  // without alarms
};

Prefix fold_first(const kit::RandomLog& log, std::size_t count) {
  Prefix prefix{fold(std::span(log.steps).first(count), protocol::Terms{}), {}};
  auto bare = prefix.state;
  bare.alarms.clear();
  prefix.line = kit::line_of(bare);
  return prefix;
}

// Each prefix of each log, with the one before it and the step between them.
template <class Check>
void for_every_step(Check check) {
  for (std::uint32_t index = 0; index < kLogs; ++index) {
    const auto log = kit::random_log(index);
    auto before = fold_first(log, 0);
    for (std::size_t i = 0; i < log.steps.size(); ++i) {
      auto after = fold_first(log, i + 1);
      SCOPED_TRACE("log " + std::to_string(index) + ", step " + std::to_string(i));
      check(before, log.steps[i], after);
      if (testing::Test::HasFailure()) return;
      before = std::move(after);
    }
  }
}

bool broke_a_rule(const Prefix& before, const Prefix& after) {
  return after.state.alarms.size() > before.state.alarms.size() &&
         after.state.alarms.back().kind == AlarmKind::kRuleBroken;
}

TEST(RandomLogs, AForbiddenEventChangesNothing) {
  std::size_t forbidden = 0;
  for_every_step([&](const Prefix& before, const Step& step, const Prefix& after) {
    if (!broke_a_rule(before, after)) return;
    ++forbidden;
    EXPECT_EQ(after.line, before.line) << step.seq;
  });
  EXPECT_GT(forbidden, kLogs);
}

TEST(RandomLogs, NobodyButTheOwnerAnswersWithdrawsOrSummarises) {
  for_every_step([](const Prefix& before, const Step& step, const Prefix& after) {
    if (step.role == rules::StepRole::kOwner) return;
    for (std::size_t i = 0; i < before.state.proposals.size(); ++i) {
      const auto& now = after.state.proposals[i];
      EXPECT_EQ(now.decision.has_value(), before.state.proposals[i].decision.has_value());
      EXPECT_TRUE(now.standing == before.state.proposals[i].standing ||
                  now.standing != ProposalStanding::kAnswered);
    }
    if (before.state.state != rules::CaseState::kWithdrawn) {
      EXPECT_NE(after.state.state, rules::CaseState::kWithdrawn);
    }
  });
}

TEST(RandomLogs, WithdrawnIsForEver) {
  for_every_step([](const Prefix& before, const Step&, const Prefix& after) {
    if (before.state.state != rules::CaseState::kWithdrawn) return;
    EXPECT_EQ(after.state.state, rules::CaseState::kWithdrawn);
    EXPECT_EQ(after.state.proposals.size(), before.state.proposals.size());
  });
}

// They judge, and the case stays where it is.
TEST(RandomLogs, ACommitteesReaderMovesNothing) {
  for_every_step([](const Prefix& before, const Step& step, const Prefix& after) {
    if (step.role != rules::StepRole::kReader || step.event == nullptr ||
        std::holds_alternative<UnknownEvent>(*step.event))
      return;
    EXPECT_EQ(after.state.state, before.state.state);
    EXPECT_EQ(after.state.waiting_for, before.state.waiting_for);
    const auto kind = kind_of(*step.event);
    const bool judges = kind == rules::EventKind::kAssessment ||
                        kind == rules::EventKind::kTriage || kind == rules::EventKind::kSensitive ||
                        kind == rules::EventKind::kConsultation;
    EXPECT_TRUE(judges || broke_a_rule(before, after));
    if (!judges) {
      EXPECT_EQ(after.line, before.line);
    }
  });
}

TEST(RandomLogs, AReportClosesWithADecisionOrTheWishToStayAndNotBefore) {
  std::size_t closed = 0;
  for (std::uint32_t index = 0; index < kLogs; ++index) {
    if (index % 4 == 0) continue;  // what can't be read can't be held against anybody
    const auto state = fold(kit::random_log(index).steps, protocol::Terms{});
    if (state.state != rules::CaseState::kClosed) continue;
    const bool must =
        state.kind == rules::CaseKind::kReport || state.kind == rules::CaseKind::kWitness;
    ++closed;
    EXPECT_TRUE(!must || state.triage.decided) << index;
  }
  EXPECT_GT(closed, 20u);
}

// Where nobody broke a rule, whoever reads less is told of no breach: what they can't read may be
// what allowed a step.
TEST(RandomLogs, WhoReadsLessSeesNoBrokenRuleWhereThereIsNone) {
  const auto broken = [](const std::vector<Step>& steps) {
    std::set<std::uint64_t> seqs;
    for (const auto& alarm : fold(steps, protocol::Terms{}).alarms) seqs.insert(alarm.seq);
    return seqs;
  };
  std::size_t hidden = 0;
  for (std::uint32_t index = 1; index < 4 * kLogs; ++index) {
    if (index % 4 == 0) continue;
    auto log = kit::random_log(index);
    const auto forbidden = broken(log.steps);
    std::erase_if(log.steps, [&](const Step& step) { return forbidden.contains(step.seq); });
    for (std::uint32_t part = 0; part < 4; ++part) {
      auto steps = log.steps;
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool talk = steps[i].compartment == rules::Compartment::kTalk;
        // All of the talk; all before a day, as a newcomer; here and there, by chance.
        const bool gone = part == 0   ? talk
                          : part == 1 ? i < steps.size() / 2
                                      : (index * 31 + i * 17 + part) % 3 == 0;
        if (!gone || steps[i].event == nullptr) continue;
        steps[i].event = nullptr;
        ++hidden;
      }
      EXPECT_THAT(broken(steps), testing::IsEmpty()) << "log " << index << ", part " << part;
    }
  }
  EXPECT_GT(hidden, kLogs);
}

TEST(RandomLogs, WhoReadsEverythingAlwaysKnowsWhereTheCaseStands) {
  for (std::uint32_t index = 1; index < kLogs; ++index) {
    if (index % 4 == 0) continue;  // these have events that can't be read
    EXPECT_TRUE(fold(kit::random_log(index).steps, protocol::Terms{}).state) << index;
  }
}

}  // namespace
}  // namespace omzien::core
