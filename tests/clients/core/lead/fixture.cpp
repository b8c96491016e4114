#include "tests/clients/core/lead/fixture.h"

#include <algorithm>

namespace omzien::core {

using testing::IsEmpty;

void LeadTest::SetUp() {
  ClientTest::SetUp();
  report(owner_, draft("The story."));
  say(owner_, "before");
}

LeadTest::Outcome LeadTest::act(const Identity& self, const Act& change) {
  auto connection = connect();
  return core::act(connection, self, owner_.handle(), change, random_);
}

LeadTest::Outcome LeadTest::grant(const Identity& self, LetIn who) {
  return act(self, [&](Addition& addition, const Certificates& certificates) {
    return let_in(addition, who, certificates);
  });
}

LeadTest::Outcome LeadTest::revoke(std::vector<protocol::MemberId> out) {
  return act(owner_, [&](Addition& addition, const Certificates& certificates) {
    return core::revoke(addition, out, certificates);
  });
}

LeadTest::Outcome LeadTest::renew(const Identity& self, Renewed* renewed) {
  return act(self, [&](Addition& addition, const Certificates& certificates) -> Result<void> {
    const auto done = core::renew(addition, certificates);
    if (!done) return tl::unexpected(done.error());
    if (renewed != nullptr) *renewed = *done;
    return {};
  });
}

void LeadTest::say(const Identity& self, std::string text) {
  const auto said = ClientTest::say(self, owner_.handle(), std::move(text));
  ASSERT_TRUE(said) << said.error().message;
}

OpenedCase LeadTest::seen(const Identity& self) {
  auto opened = open(self, owner_.handle());
  EXPECT_TRUE(opened) << opened.error().message;
  return std::move(*opened);
}

bool LeadTest::is_out(const Identity& self) {
  const auto opened = open(self, owner_.handle());
  return !opened && opened.error().kind == ErrorKind::kRefused;
}

void LeadTest::expect_no_alarms(const std::vector<const char*>& members) {
  EXPECT_THAT(seen(owner_).alarms, IsEmpty());
  for (const auto* name : members) EXPECT_THAT(seen(member(name)).alarms, IsEmpty()) << name;
}

void LeadTest::run_out(const std::vector<std::string>& names) {
  for (auto& member : organisation_.members())
    if (std::find(names.begin(), names.end(), member.name) != names.end())
      member.key_until = gateway::kToday;
  publish_directory();
  clock_.advance(gateway::kSecondsPerDay);
  gateway().tend();
}

Member LeadTest::rotated(std::string_view name) {
  const auto newer = crypto::hash_fields(crypto::FieldList().append(name).append("newer"));
  auto changed = organisation_.member(name);
  changed.xwing_key = crypto::xwing_public_key(*crypto::XWingSeed::from(newer.view()));
  auto connection = connect();
  const auto published = connection.call(
      rules::OperationKind::kPublishKey,
      encode(protocol::PublishKey{organisation_.certificate(changed, 2)}), changed.key.get());
  EXPECT_TRUE(published) << published.error().message;
  return member_with(name, newer);
}

}  // namespace omzien::core
