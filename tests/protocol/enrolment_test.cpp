#include "protocol/enrolment.h"

#include <gtest/gtest.h>

#include "tests/kit/organisation.h"

namespace omzien::protocol {
namespace {

class EnrolmentTest : public testing::Test {
 protected:
  EnrolmentTest() { crypto::initialise(); }

  // A request for the keys of `keys`, signed by `signer`.
  std::string request(const kit::Member& keys, const kit::Member& signer) const {
    const MemberCard card{keys.id, keys.key->public_key(), organisation_.certificate(keys)};
    const auto content = encode_enrolment_content(organisation_.service(), card, token_);
    return enrolment_text(content, signer.key->sign(rules::kTagEnrolmentSignature, content));
  }

  kit::Organisation organisation_{"organisation", 20'000};
  crypto::FixedRandom random_{"enrolment"};
  InvitationToken token_ = crypto::random_value<InvitationToken>(random_);
  const kit::Member& mieke_ = organisation_.member("mieke");
};

TEST_F(EnrolmentTest, ComesBackAsItWasMadeWhateverWhiteSpaceItTravelledWith) {
  auto text = request(mieke_, mieke_);
  text.insert(40, " \r\n\t");
  const auto parsed = EnrolmentRequest::parse(text, organisation_.service());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->card().signing_key, mieke_.key->public_key());
  EXPECT_EQ(parsed->card().member_id, mieke_.id);
}

// Or somebody could ask for a place with a key that is not theirs to use.
TEST_F(EnrolmentTest, IsSignedByTheKeyThatItAsksAPlaceFor) {
  EXPECT_EQ(EnrolmentRequest::parse(request(mieke_, organisation_.member("youssef")),
                                    organisation_.service())
                .error(),
            EnrolmentError::kSignature);
  EXPECT_EQ(
      EnrolmentRequest::parse(request(mieke_, mieke_), kit::Organisation("other", 20'000).service())
          .error(),
      EnrolmentError::kOtherOrganisation);
}

TEST_F(EnrolmentTest, AnswersTheInvitationItWasMadeWithAndNoOther) {
  const auto parsed = EnrolmentRequest::parse(request(mieke_, mieke_), organisation_.service());
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->answers(token_));
  EXPECT_FALSE(parsed->answers(crypto::random_value<InvitationToken>(random_)));
}

TEST_F(EnrolmentTest, AnInvitationComesBackFromItsLink) {
  const Invitation made{organisation_.service(),
                        token_,
                        "Sanne",
                        rules::Role::kAdviser,
                        "Noord",
                        std::nullopt,
                        20'014};
  const auto back = parse_invitation("https://desk.example/" + invitation_fragment(made));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->token, token_);
  EXPECT_EQ(back->name, "Sanne");
  EXPECT_EQ(back->last_day, 20'014U);
  auto nameless = made;
  nameless.name.clear();
  EXPECT_FALSE(parse_invitation(invitation_fragment(nameless)));
}

}  // namespace
}  // namespace omzien::protocol
