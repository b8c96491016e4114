// Random sequences of legal and illegal moves by random people. Whatever the rules let through,
// what design §1 promises must hold; the promises are kept here with books of their own.
#include "tests/kit/random_moves.h"
#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using enum rules::Compartment;
using rules::Compartment;

constexpr const char* kNames[] = {"mieke", "youssef", "anouk", "ruud",
                                  "ilse",  "tarik",   "bram",  "coordinator"};

class RandomMoves : public AccessTest, public testing::WithParamInterface<unsigned> {
 protected:
  void step() {
    if (moves_.once_in(5)) on(day_ + static_cast<Day>(moves_.below(4)));
    const auto move = moves_.next(access_, day_, case_.next_seq(), case_.next_seq() > 300);
    const auto author =
        move.author ? std::optional(kit::id_of(organisation_, *move.author)) : std::nullopt;
    const auto& signer = move.author ? key(move.author->c_str()) : case_.owner();
    const auto before = access_;
    auto next = case_;
    const auto entry = next.move(signer, move.fields);
    const auto header = parse_header(entry.header);
    if (!header) return;
    if (!access_.admit(*header, directory_)) return;
    case_ = next;
    ++admitted_[static_cast<std::size_t>(header->kind)];
    EXPECT_FALSE(before.withdrawn()) << "nothing after a withdrawal";
    note(before, author, *header);
    check();
  }

  // The books: whom the owner named, who was told which key, what nobody may read any more.
  void note(const Access& before, std::optional<MemberId> author, const Header& header) {
    if (const auto* delegate = std::get_if<Delegate>(&header.fields)) {
      EXPECT_FALSE(author);
      if (delegate->ended) named_.erase(delegate->delegate_id);
      for (const auto& person : delegate->people)
        named_[delegate->delegate_id].insert({person, delegate->last_day});
    }
    if (const auto* revoke = std::get_if<Revoke>(&header.fields)) {
      EXPECT_FALSE(author);
      for (const auto& gone : revoke->member_ids) {
        forget(gone);
        for (auto& [delegate, people] : named_)
          std::erase_if(people, [&](const auto& one) { return one.first == gone; });
      }
      for (const auto& member : revoke->remaining) tell(member);
    }
    if (const auto* grant = std::get_if<Grant>(&header.fields)) note_grant(author, *grant);
    if (const auto* event = std::get_if<Event>(&header.fields)) {
      EXPECT_EQ(event->epoch, before.newest_epoch(event->compartment)->number);
      if (author) {
        EXPECT_TRUE(before.may_read(*author, event->compartment, event->epoch, day_));
      }
    }
    if (const auto* release = std::get_if<Release>(&header.fields);
        release != nullptr && release->cause == Cause::kOwn)
      forget(release->member_id);
  }
  void note_grant(std::optional<MemberId> author, const Grant& grant) {
    for (const auto& member : grant.members) {
      if (!author) consented_.insert(member.member_id);
      if (author && !consented_.contains(member.member_id)) {
        const auto& named = named_[*author];
        const bool allowed = std::any_of(named.begin(), named.end(), [&](const auto& one) {
          return one.first == member.member_id && day_ <= one.second;
        });
        EXPECT_TRUE(allowed) << "let in by somebody the owner never named for it";
        consented_.insert(member.member_id);
      }
      tell(member);
    }
    std::vector<CompartmentEpoch> for_owner;  // whom a member never leaves out, but of notes
    for (const auto& start : grant.starts)
      if (author && start.compartment != kNotes)
        for_owner.push_back({start.compartment, start.epoch});
    EXPECT_EQ(grant.owner_keys, for_owner);
  }
  // Out: whatever they read from here on must be sealed to them anew.
  void forget(const MemberId& member) {
    named_.erase(member);
    consented_.erase(member);
    told_[member].clear();
  }
  void tell(const GrantMember& member) {
    told_[member.member_id].insert(member.keys.begin(), member.keys.end());
  }

  void check() {
    std::size_t holders = 0;
    std::set<MemberId> in;
    for (const auto& grant : access_.grants()) {
      in.insert(grant.member_id);
      EXPECT_EQ(grant.key_hashes.size(), grant.keys.size());
      if (!grant.live(day_)) continue;
      EXPECT_TRUE(consented_.contains(grant.member_id));
      holders += grant.holder ? 1 : 0;
    }
    EXPECT_LE(holders, 1U);
    EXPECT_LE(in.size(), rules::kMembersPerCaseMax);
    for (const auto& [compartment, epochs] : access_.epochs())
      for (std::size_t i = 0; i < epochs.size(); ++i) {
        EXPECT_EQ(epochs[i].number, i + 1);
        for (const char* name : kNames) check_reader(id(name), compartment, epochs[i].number);
      }
  }
  void check_reader(const MemberId& member, Compartment compartment, std::uint32_t epoch) {
    if (!access_.may_read(member, compartment, epoch, day_)) return;
    EXPECT_TRUE(consented_.contains(member));
    EXPECT_TRUE(told_[member].contains({compartment, epoch})) << "sealed to them by nobody";
  }

  kit::RandomMoves moves_{organisation_, GetParam()};
  Directory directory_ = organisation_.directory();
  std::map<MemberId, std::set<std::pair<MemberId, Day>>> named_;
  std::set<MemberId> consented_{kit::id_of(organisation_, "mieke"),
                                kit::id_of(organisation_, "youssef")};
  std::map<MemberId, std::set<CompartmentEpoch>> told_;
  std::size_t admitted_[16] = {};
};

TEST_P(RandomMoves, KeepWhatIsPromised) {
  for (const char* name : {"mieke", "youssef"})
    tell(kit::sealed_to(organisation_, name,
                        {{kStory, 1}, {kPeople, 1}, {kTalk, 1}, {kSummary, 1}}));
  for (int i = 0; i < 1500 && !access_.withdrawn(); ++i) step();
  for (int i = 0; i < 20; ++i) step();
  using rules::EntryKind;  // the sequence must have been worth something
  for (const auto kind :
       {EntryKind::kEvent, EntryKind::kGrant, EntryKind::kRevoke, EntryKind::kDelegate})
    EXPECT_GT(admitted_[static_cast<std::size_t>(kind)], 0U) << rules::name_of(kind);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMoves, testing::Range(1U, 21U));

}  // namespace
}  // namespace omzien::protocol
