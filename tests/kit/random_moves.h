// Random moves on a case by random people, legal and illegal ones alike: what honest clients would
// write, and what a cheat might make of it. The same seed gives the same moves with any standard
// library.
#pragma once

#include <optional>
#include <random>

#include "tests/kit/moves.h"

namespace omzien::kit {

using Author = std::optional<std::string>;  // a name; none: the owner

struct Move {
  Author author;
  protocol::Fields fields;
};

class RandomMoves {
 public:
  RandomMoves(const Organisation& organisation, unsigned seed)
      : organisation_(organisation), engine_(seed) {}

  // `next_seq`: of the entry to come. A withdrawal comes up once in a while when `may_withdraw`.
  Move next(const protocol::Access&, protocol::Day today, std::uint64_t next_seq,
            bool may_withdraw);

  std::size_t below(std::size_t limit) { return engine_() % limit; }
  bool once_in(std::size_t times) { return below(times) == 0; }

 private:
  std::string somebody();
  std::string somebody_in(const protocol::Access&);
  Names two_people(const protocol::Access&);
  Compartments some_of_the_owners();
  Compartments notes_if_any(const protocol::Access&);
  protocol::Day soon(protocol::Day today) { return today + static_cast<protocol::Day>(below(12)); }

  protocol::Fields fields(const protocol::Access&, protocol::Day, std::uint64_t next_seq);
  protocol::Grant grant(const protocol::Access&, protocol::Day);
  protocol::Event event(const protocol::Access&, std::uint64_t next_seq);
  protocol::Event milestone_or_dispute(const protocol::Access&);
  protocol::Release random_release(const protocol::Access&);
  // By its delegate, whatever else is drawn.
  protocol::Grant delegated_grant(const protocol::Access&, protocol::Day);
  // By somebody who is in, for themself: what they hold, sealed to another key.
  protocol::Grant reseal(const protocol::Access&);
  // By the lead adviser, for who stands in for them: the newest notes.
  protocol::Grant stand_ins_notes(const protocol::Access&, protocol::Day);

  // In a way that a cheat might try.
  void spoil(const protocol::Access&, protocol::Grant&);
  void spoil(const protocol::Access&, protocol::Revoke&);
  void add_stranger(const protocol::Access&, std::vector<protocol::GrantMember>&);

  const Organisation& organisation_;
  std::mt19937 engine_;
  std::optional<Author> author_;  // who is to write the move that was drawn, if that matters
};

}  // namespace omzien::kit
