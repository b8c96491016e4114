// A gateway that lies about people: another organisation's directory, an older one, somebody else's
// key.
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using rules::OperationKind;

class HostileGateway : public ClientTest {
 protected:
  // Answers every directory operation with these bytes, under this hash.
  void show_directory(const crypto::Bytes& bytes) {
    wire_->lie = [bytes](protocol::Request& request, protocol::Response& response) {
      response.directory_hash = crypto::sha256(bytes);
      for (std::size_t i = 0; i < request.operations.size(); ++i) {
        if (request.operations[i].kind != OperationKind::kDirectory) continue;
        const auto ask = protocol::parse<protocol::ReadDirectory>(request.operations[i].body);
        const crypto::Bytes rest(bytes.begin() + ask->offset, bytes.end());
        response.results[i].body = encode(protocol::DirectoryPart{
            crypto::sha256(bytes), static_cast<std::uint32_t>(bytes.size()), rest});
      }
    };
  }
  ErrorKind greeting() {
    Connection connection(wire_->transport(), organisation_.service(), protocol::FrameSize::kSmall,
                          [](std::uint32_t) {});
    const auto greeted = connection.greet();
    EXPECT_FALSE(greeted);
    return greeted ? ErrorKind::kDefect : greeted.error().kind;
  }
};

TEST_F(HostileGateway, ADirectoryOfAnotherOrganisationIsRefused) {
  const kit::Organisation other("another organisation", gateway::kToday - 1);
  show_directory(other.sign(other.content()));
  EXPECT_EQ(greeting(), ErrorKind::kVerification);
}

TEST_F(HostileGateway, ADirectoryTheRootDidNotSignIsRefused) {
  auto bytes = organisation_.sign(organisation_.content());
  bytes.back() ^= 1;
  show_directory(bytes);
  EXPECT_EQ(greeting(), ErrorKind::kVerification);
}

TEST_F(HostileGateway, AnOlderDirectoryThanTheOneSeenIsRefused) {
  const auto mieke = member("mieke");
  const auto first = organisation_.directory();
  organisation_.next_version();
  auto heads = *Heads::load(folder(), mieke);
  ASSERT_TRUE(heads.check_and_note(organisation_.directory()));
  const auto gone_back = heads.check_and_note(first);
  ASSERT_FALSE(gone_back);
  EXPECT_EQ(gone_back.error().kind, ErrorKind::kVerification);
}

TEST_F(HostileGateway, AnotherLineOfDirectoriesIsRefusedThoughTheRootSignedIt) {
  const auto mieke = member("mieke");
  auto heads = *Heads::load(folder(), mieke);
  ASSERT_TRUE(heads.check_and_note(organisation_.directory()));
  organisation_.next_version();
  auto content = organisation_.content();
  content.previous_hashes[0] = crypto::sha256({});
  const auto forked =
      protocol::Directory::parse(organisation_.sign(content), organisation_.service());
  ASSERT_TRUE(forked);
  EXPECT_FALSE(heads.check_and_note(*forked));
}

TEST_F(HostileGateway, AKeyThatIsNotTheAdvisersOwnIsRefusedBeforeAnythingIsSent) {
  auto impostor = organisation_.member("mieke");
  impostor.key =
      organisation_.member("anouk").key;  // signs for her, with another key than the directory has
  const auto forged = organisation_.certificate(impostor, 2);
  wire_->lie = [&](protocol::Request& request, protocol::Response& response) {
    for (std::size_t i = 0; i < request.operations.size(); ++i)
      if (request.operations[i].kind == OperationKind::kKeys)
        response.results[i].body = encode(protocol::Certificates{{forged}});
  };
  auto connection = connect();
  const auto keys = connection.certificates({organisation_.member("mieke").id});
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().kind, ErrorKind::kVerification);
}

TEST_F(HostileGateway, SomebodyElsesTrueKeyIsRefusedToo) {
  const auto other = organisation_.certificate(organisation_.member("anouk"));
  wire_->lie = [&](protocol::Request& request, protocol::Response& response) {
    for (std::size_t i = 0; i < request.operations.size(); ++i)
      if (request.operations[i].kind == OperationKind::kKeys)
        response.results[i].body = encode(protocol::Certificates{{other}});
  };
  auto connection = connect();
  EXPECT_FALSE(connection.certificates({organisation_.member("mieke").id}));
}

TEST_F(HostileGateway, AKeyThatNothingCanBeSealedToIsRefusedThoughItsOwnerVouchesForIt) {
  for (const std::size_t at : {std::size_t{0}, crypto::XWingPublicKey::kSize - 32}) {
    auto person = organisation_.member("mieke");
    // ML-KEM's coefficients go to 3,328; zeros are an X25519 key of small order.
    std::fill_n(person.xwing_key.data() + at, at == 0 ? 3 : 32, std::uint8_t(at == 0 ? 0xff : 0));
    const auto no_key = organisation_.certificate(person);
    wire_->lie = [&](protocol::Request& request, protocol::Response& response) {
      for (std::size_t i = 0; i < request.operations.size(); ++i)
        if (request.operations[i].kind == OperationKind::kKeys)
          response.results[i].body = encode(protocol::Certificates{{no_key}});
    };
    auto connection = connect();
    const auto keys = connection.certificates({person.id});
    ASSERT_FALSE(keys) << at;
    EXPECT_EQ(keys.error().kind, ErrorKind::kVerification);
  }
}

TEST_F(HostileGateway, AnAnswerThatNeverComesIsUnreachableNotAccepted) {
  wire_->lie = [](protocol::Request&, protocol::Response& response) {
    for (auto& result : response.results) result = {rules::Status::kLater, {}};
  };
  EXPECT_EQ(greeting(), ErrorKind::kUnreachable);
}

}  // namespace
}  // namespace omzien::core
