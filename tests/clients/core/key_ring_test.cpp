// What an owner derives opens nothing that the case did not commit to.
#include "clients/core/key_ring.h"

#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using rules::Compartment;

TEST_F(ClientTest, AnOwnersDerivedKeyThatTheCaseNeverCommittedToIsNotTaken) {
  const auto owner = reporter("owner");
  const auto stranger = reporter("stranger");
  KeyRing committed;
  for (const auto compartment : {Compartment::kStory, Compartment::kPeople, Compartment::kIdentity,
                                 Compartment::kTalk, Compartment::kSummary}) {
    const auto& whose = compartment == Compartment::kTalk ? stranger : owner;
    committed.emplace(protocol::CompartmentEpoch{compartment, 1},
                      *whose.derive(compartment, 1, {}));
  }
  const auto directory = organisation_.directory();
  Place place{protocol::Chain(directory.service(), owner.handle()), gateway::kToday,
              directory.hash()};
  const auto share = crypto::random_key<crypto::CaseShare>(random_);
  const auto opening = seal_open(owner, place, committed, share, false, random_);
  protocol::Access access;
  ASSERT_TRUE(access.admit(opening.header, directory));

  KeyRing derived;
  derive_keys(derived, access, owner);
  EXPECT_FALSE(derived.contains({Compartment::kTalk, 1}));
  EXPECT_EQ(derived.size(), committed.size() - 1);
  KeyRing of_a_member;
  derive_keys(of_a_member, access, member("mieke"));
  EXPECT_TRUE(of_a_member.empty());
}

}  // namespace
}  // namespace omzien::core
