// Random sequences of legal and illegal moves by random people. Whatever the rules let through,
// what design §1 promises must hold; the promises are kept here with books of their own.
#include <random>

#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using enum rules::Compartment;
using rules::Compartment;

constexpr const char* kNames[] = {"mieke", "youssef", "anouk", "ruud",
                                  "ilse",  "tarik",   "bram",  "coordinator"};

class RandomMoves : public AccessTest, public testing::WithParamInterface<unsigned> {
 protected:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_);
  }
  bool once_in(std::size_t times) { return below(times) == 0; }
  const char* somebody() { return kNames[below(std::size(kNames))]; }
  const char* somebody_in() {
    if (access_.grants().empty()) return somebody();
    const auto& id = access_.grants()[below(access_.grants().size())].member_id;
    for (const char* name : kNames)
      if (kit::id_of(organisation_, name) == id) return name;
    return somebody();
  }
  kit::Compartments some_of_the_owners() {
    kit::Compartments some;
    for (const auto compartment : kOwnersCompartments)
      if (once_in(2)) some.push_back(compartment);
    return some.empty() ? kit::Compartments{kTalk} : some;
  }
  kit::Compartments notes_if_any() {
    return epoch(kNotes) == 0 ? some_of_the_owners() : kit::Compartments{kNotes};
  }

  Grant random_grant() {
    Grant made = once_in(4) ? stand_in(somebody(), somebody_in(),
                                       once_in(3) ? notes_if_any() : some_of_the_owners())
                            : grant(somebody(), some_of_the_owners());
    made.members[0].holder = once_in(4);
    if (once_in(4)) made.members[0].last_day = day_ + static_cast<Day>(below(12));
    if (once_in(6)) made.members[0].xwing_key_hash = crypto::sha256(crypto::as_bytes("another"));
    return made;
  }
  Fields random_move() {
    switch (below(12)) {
      case 0: return revoke(once_in(3) ? two_people() : kit::Names{somebody_in()});
      case 1: return keep_alive(some_of_the_owners());
      case 2: {
        auto made = keep_alive(some_of_the_owners());
        made.owner_keys.clear();
        return made;
      }
      case 3: return notes(once_in(2) ? kit::Names{somebody_in()} : two_people());
      case 4: {
        auto made = delegate(somebody_in(), {somebody()}, some_of_the_owners(),
                             day_ + static_cast<Day>(below(12)));
        made.may_move_holder = once_in(2);
        return made;
      }
      case 5: return kit::take_back(organisation_, somebody_in());
      case 6: return release(somebody_in(), once_in(2) ? Cause::kOwn : Cause::kDeadline);
      case 7: return milestone(rules::Milestone{static_cast<std::uint32_t>(below(4))});
      case 8: {
        Event event{Compartment{static_cast<std::uint32_t>(1 + below(7))},
                    static_cast<std::uint32_t>(1 + below(3)),
                    {},
                    once_in(9),
                    {}};
        event.dispute = once_in(4) ? below(case_.next_seq()) : 0;
        return event;
      }
      case 9:
        if (access_.delegations().empty()) return random_grant();
        return delegated_grant(access_.delegations()[below(access_.delegations().size())]);
      default: return random_grant();
    }
  }
  // By its delegate, whatever else is drawn.
  Grant delegated_grant(const Delegation& by) {
    for (const char* name : kNames)
      if (id(name) == by.delegate_id) delegate_ = name;
    const auto& person = by.people[below(by.people.size())];
    for (const char* name : kNames)
      if (id(name) == person) return grant(name, by.compartments);
    return random_grant();
  }
  kit::Names two_people() {
    const char* one = somebody_in();
    const char* other = somebody_in();
    return std::string(one) == other ? kit::Names{one} : kit::Names{one, other};
  }

  // Spoils a move in a way that a cheat might try.
  void spoil(Fields& fields) {
    if (auto* grant = std::get_if<Grant>(&fields); grant != nullptr && !grant->members.empty()) {
      switch (below(5)) {
        case 0: grant->members.pop_back(); break;
        case 1: add_stranger(grant->members); break;
        case 2: grant->starts.clear(); break;
        case 3: grant->members[0].keys.back().epoch += 1; break;
        default:
          if (!grant->starts.empty()) grant->starts[0].epoch += 1;
      }
      if (grant->members.empty()) add_stranger(grant->members);
    } else if (auto* revoke = std::get_if<Revoke>(&fields)) {
      switch (below(4)) {
        case 0:
          if (!revoke->remaining.empty()) revoke->remaining.pop_back();
          break;
        case 1: add_stranger(revoke->remaining); break;
        case 2:
          if (!revoke->starts.empty()) revoke->starts.pop_back();
          break;
        default: revoke->starts.clear(); revoke->remaining.clear();
      }
    }
  }
  void add_stranger(std::vector<GrantMember>& members) {
    const auto stranger = kit::sealed_to(organisation_, somebody(), kit::newest(access_, {kStory}));
    for (const auto& member : members)
      if (member.member_id == stranger.member_id) return;
    members.push_back(stranger);
  }

  void step() {
    if (once_in(5)) on(day_ + static_cast<Day>(below(4)));
    const bool late = case_.next_seq() > 300;
    auto fields = late && once_in(40) ? Fields(Withdraw{}) : random_move();
    if (once_in(4)) spoil(fields);
    const char* name = once_in(3) ? somebody() : somebody_in();
    if (delegate_ != nullptr) name = delegate_;
    const bool owners = delegate_ == nullptr && once_in(2);
    delegate_ = nullptr;
    const auto& author = owners ? case_.owner() : key(name);
    const auto before = access_;
    auto next = case_;
    const auto entry = next.move(author, fields);
    const auto header = parse_header(entry.header);
    if (!header) return;
    if (!access_.admit(*header, directory_)) return;
    case_ = next;
    ++admitted_[static_cast<std::size_t>(header->kind)];
    EXPECT_FALSE(before.withdrawn()) << "nothing after a withdrawal";
    note(before, owners ? std::nullopt : std::optional(id(name)), *header);
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

  std::mt19937 engine_{GetParam()};
  const char* delegate_ = nullptr;  // who is to write the move that was drawn
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
