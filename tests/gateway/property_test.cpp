// Random sessions against a model: whatever clients send, in whatever order and however often, the
// log that comes back is a chain in which every rule holds, has everything that was accepted and no
// more.
#include <random>

#include "protocol/access.h"
#include "protocol/chain.h"
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

struct Session {
  bool on_disk;  // on SQLCipher, else in memory
  unsigned seed;
};

class RandomSession : public GatewayTest, public testing::WithParamInterface<Session> {
 protected:
  RandomSession() {
    if (GetParam().on_disk) store_in(folder_);
  }
  void TearDown() override { restart(); }

  struct Model {
    kit::CaseBuilder builder;
    std::vector<protocol::SubmittedEntry> accepted;
  };

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_);
  }

  const crypto::SigningKey& somebody(const Model& model) {
    constexpr const char* kNames[] = {"mieke", "youssef", "anouk", "bram"};
    const auto who = below(6);
    return who < 2 ? model.builder.owner() : key_of(kNames[who - 2]);
  }

  protocol::SubmittedEntry random_entry(kit::CaseBuilder& builder,
                                        const crypto::SigningKey& author) {
    constexpr Compartment kAll[] = {Compartment::kStory, Compartment::kTalk, Compartment::kSummary,
                                    Compartment::kNotes};
    if (below(6) == 0)
      return builder.grant({{below(2) == 0 ? "anouk" : "mieke", {Compartment::kTalk}, false, 0}});
    return builder.event(author, kAll[below(4)], 42 + below(500));
  }

  // Spoils a list in one of the ways a bad client or a bad line could.
  void spoil(std::vector<protocol::SubmittedEntry>& list) {
    auto& one = list[below(list.size())];
    switch (below(5)) {
      case 0: one.header[below(one.header.size())] ^= 1; break;
      case 1: one.signature[below(64)] ^= 1; break;
      case 2: one.payload.push_back(0); break;
      case 3: one.header.resize(one.header.size() / 2); break;
      default: std::swap(list.front(), list.back()); break;
    }
  }

  void step(Model& model) {
    auto next = model.builder;
    next.random_bytes(1 + below(50));  // copies must not write the same
    const auto& author = somebody(model);
    if (!model.accepted.empty() && below(5) == 0) {  // a lost answer: an old entry again
      const auto& old = model.accepted[below(model.accepted.size())];
      const auto key = protocol::parse_header(old.header)->author;
      if (key != model.builder.owner().public_key() || key != author.public_key()) return;
      EXPECT_EQ(client().append({old}, author).status, Status::kDone);
      return;
    }
    std::vector<protocol::SubmittedEntry> list;
    for (auto left = 1 + below(3); left > 0; --left) list.push_back(random_entry(next, author));
    const bool spoiled = below(4) == 0;
    const auto good = list;
    if (spoiled) spoil(list);
    const auto status = client().append(list, author).status;
    if (status != Status::kDone) return;
    EXPECT_TRUE(!spoiled || list.size() == 1 || list.front().header == good.front().header);
    model.accepted.insert(model.accepted.end(), good.begin(), good.end());
    model.builder = next;
  }

  void check(const Model& model) {
    const auto directory = organisation_.directory();
    const auto log = client().read_all(model.builder.handle(), model.builder.owner());
    ASSERT_EQ(log.entries.size(), model.accepted.size());
    protocol::Chain chain(organisation_.service(), model.builder.handle());
    protocol::Access access;
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
      EXPECT_EQ(log.entries[i].header, model.accepted[i].header);
      EXPECT_EQ(log.entries[i].payload, model.accepted[i].payload);
      const auto entry =
          protocol::Entry::parse(log.entries[i].header, log.entries[i].signature).value();
      EXPECT_TRUE(entry.payload_matches(log.entries[i].payload));
      EXPECT_TRUE(chain.extend(entry.header(), entry.hash()).has_value());
      EXPECT_TRUE(access.admit(entry.header(), directory).has_value());
    }
    EXPECT_EQ(chain.head_hash(), log.head_hash);
  }

  std::mt19937 engine_{GetParam().seed};
};

TEST_P(RandomSession, KeepsExactlyWhatItAccepted) {
  std::vector<Model> models;
  for (int i = 0; i < 3; ++i) {
    Model model{new_case("case " + std::to_string(i)), {}};
    model.builder.on(kToday);
    const auto opening = model.builder.opening({"mieke", "youssef"});
    ASSERT_EQ(client().open(opening, model.builder.owner()).status, Status::kDone);
    model.accepted = opening.entries;
    models.push_back(std::move(model));
  }
  for (int i = 0; i < 120; ++i) step(models[below(models.size())]);
  for (const auto& model : models) check(model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSession,
                         testing::Values(Session{false, 1}, Session{false, 2}, Session{false, 3},
                                         Session{false, 4}, Session{true, 5}, Session{true, 6}),
                         [](const auto& session) {
                           return (session.param.on_disk ? "Sqlcipher" : "Memory") +
                                  std::to_string(session.param.seed);
                         });

}  // namespace
}  // namespace omzien::gateway
