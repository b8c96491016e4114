// Random moves by random people, legal and illegal ones alike, against a real gateway: it takes
// what the rules allow and nothing else, and serves each of them what is theirs and nothing else.
#include "tests/gateway/regie_fixture.h"
#include "tests/kit/random_moves.h"

namespace omzien::gateway {
namespace {

using rules::PayloadState;

constexpr int kMoves = 120;
constexpr int kMovesBetweenLooks = 15;

class RandomRegie : public RegieTest {
 protected:
  const crypto::SigningKey& signer(const kit::Author& author) {
    return author ? key_of(author->c_str()) : case_.owner();
  }

  void step(kit::RandomMoves& moves, bool may_withdraw) {
    if (moves.once_in(6)) on(today_ + static_cast<protocol::Day>(moves.below(3)));
    const auto move = moves.next(access_, today_, case_.next_seq(), may_withdraw);
    auto next = case_;
    const auto entry = next.move(signer(move.author), move.fields);
    const auto header = protocol::parse_header(entry.header);
    auto after = access_;
    const bool allowed = header && after.admit(*header, organisation_.directory());
    const auto answer = client().append({entry}, signer(move.author));
    ASSERT_EQ(answer.status == Status::kDone, allowed)
        << rules::name_of(kit::kind_of(move.fields)) << " by " << move.author.value_or("the owner")
        << ": " << rules::name_of(answer.status);
    if (!allowed) return;
    case_ = next;
    access_ = after;
    ++taken_;
  }

  // What the rules say of one entry for one reader.
  bool is_theirs(const protocol::MemberId& reader, const protocol::Header& header) {
    if (header.payload_size == 0) return true;
    if (const auto* event = std::get_if<protocol::Event>(&header.fields))
      return access_.may_read(reader, event->compartment, event->epoch, today_);
    return access_.may_unwrap(reader, header.seq, today_);
  }

  void look(const std::string& name) {
    SCOPED_TRACE(name);
    const auto reader = kit::id_of(organisation_, name);
    const bool is_in = !access_.live(reader, today_).empty();
    ASSERT_EQ(reads(key_of(name.c_str())), is_in ? Status::kDone : Status::kNothing);
    if (!is_in) return;
    for (const auto& entry : log_of(name.c_str()).entries) {
      const auto header = protocol::parse_header(entry.header).value();
      const bool served = entry.payload_state != PayloadState::kWithheld;
      EXPECT_EQ(served, is_theirs(reader, header)) << header.seq;
      EXPECT_TRUE(served || entry.payload.empty());
    }
  }

  std::size_t taken_ = 0;
};
OMZIEN_ON_BOTH_STORES(RandomRegie);

TEST_P(RandomRegie, TakesWhatTheRulesAllowAndServesWhatIsTheirs) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    case_ = new_case("case " + std::to_string(seed));
    case_.on(today_);
    access_ = {};
    open();
    kit::RandomMoves moves(organisation_, seed);
    for (int i = 1; i <= kMoves && !HasFatalFailure(); ++i) {
      step(moves, i > kMoves - kMovesBetweenLooks);
      if (access_.withdrawn()) break;
      if (i % kMovesBetweenLooks != 0) continue;
      for (const auto& member : organisation_.members()) look(member.name);
      const auto whole = client().read_all(case_.handle(), case_.owner());
      EXPECT_EQ(whole.entries.size(), case_.next_seq()) << "nothing accepted is lost";
    }
  }
  EXPECT_GT(taken_, 100U) << "worth something";
}

}  // namespace
}  // namespace omzien::gateway
