// What is left of a case that was withdrawn: it checks out as it was made, and in no other way.
#include "clients/core/lead/withdrawal_proof.h"

#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

class Proof : public LeadTest {
 protected:
  // After this move, whatever it is.
  WithdrawalProof proof_after(Result<void> (*move)(Addition&)) {
    WithdrawalProof proof;
    const auto done = act(owner_, [&](Addition& addition, const Certificates&) -> Result<void> {
      if (auto moved = move(addition); !moved) return moved;
      proof = withdrawal_proof(addition);
      return {};
    });
    EXPECT_TRUE(done) << done.error().message;
    return proof;
  }
  static ErrorKind refused(const WithdrawalProof& proof) {
    const auto checked = check(proof);
    EXPECT_FALSE(checked);
    return checked ? ErrorKind::kDefect : checked.error().kind;
  }
};

TEST_F(Proof, OfAWithdrawalChecksOutAndSaysWhichCaseAndWhen) {
  const auto entries = seen(owner_).entries.size();
  const auto proof = proof_after(withdraw);
  const auto header = check(proof);
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->handle, owner_.handle());
  EXPECT_EQ(header->seq, entries);
  EXPECT_EQ(proof.before.size(), entries);
}

TEST_F(Proof, ThatWasChangedInWhatItProvesIsNone) {
  const auto proof = proof_after(withdraw);
  auto changed = proof;
  changed.header.back() ^= 1;
  EXPECT_EQ(refused(changed), ErrorKind::kVerification);
  changed = proof;
  changed.signature.data()[0] ^= 1;
  EXPECT_EQ(refused(changed), ErrorKind::kVerification);
  changed = proof;
  changed.before.back().data()[0] ^= 1;
  EXPECT_EQ(refused(changed), ErrorKind::kVerification) << "after another entry";
  changed = proof;
  changed.before.erase(changed.before.begin());
  EXPECT_EQ(refused(changed), ErrorKind::kVerification) << "in another place";
  changed.before.clear();
  EXPECT_EQ(refused(changed), ErrorKind::kVerification) << "after nothing";
}

// Only a log says what stands before the last one.
TEST_F(Proof, SaysNothingOfTheHashesBeforeTheLast) {
  auto proof = proof_after(withdraw);
  ASSERT_GT(proof.before.size(), 1U);
  proof.before.front().data()[0] ^= 1;
  EXPECT_TRUE(check(proof));
}

TEST_F(Proof, OfAnythingElseIsNone) {
  const auto proof = proof_after(
      [](Addition& addition) { return addition.tell(Compartment::kTalk, Message{"still here"}); });
  EXPECT_EQ(refused(proof), ErrorKind::kVerification);
}

}  // namespace
}  // namespace omzien::core
