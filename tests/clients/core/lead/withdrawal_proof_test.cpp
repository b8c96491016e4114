// What is left of a case that was withdrawn, and a copy of one that was not: they check out as they
// were made, and in no other way.
#include "clients/core/lead/withdrawal_proof.h"

#include "clients/core/lead/own_copy.h"
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

using Copy = LeadTest;

// Whoever reads a text holds the key that it was sealed with, and can seal another one.
TEST_F(Copy, AnotherTextUnderTheSameKeyIsNotTakenForItsAuthors) {
  say(member("mieke"), "What she said.");
  const auto& directory = organisation_.directory();
  const auto fetched = fetch(owner_, owner_.handle());
  const auto opened = open_log(fetched, owner_.handle(), owner_, directory);
  ASSERT_TRUE(opened);
  auto copy = copy_case(fetched, *opened, directory);
  const auto whole = open_copy(copy, directory);
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(texts(*whole, Compartment::kTalk).back(), "What she said.");

  const auto& header = opened->entries.back().entry.header();
  const crypto::EventContext context{header.service_id,
                                     header.handle,
                                     header.author,
                                     static_cast<std::uint32_t>(Compartment::kTalk),
                                     1,
                                     header.seq};
  const auto& key = opened->keys.at({Compartment::kTalk, 1});
  auto& last = copy.entries.back();
  last.payload =
      crypto::seal_event(key, *opened->share, context,
                         encode_event(Message{"What she never said."}).reveal(), random_);
  last.key = *crypto::disclose_event(key, *opened->share, last.payload);
  const auto forged = open_copy(copy, directory);
  ASSERT_FALSE(forged);
  EXPECT_EQ(forged.error().kind, ErrorKind::kVerification);
}

}  // namespace
}  // namespace omzien::core
