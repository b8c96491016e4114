// A gateway that lies about people: another organisation's directory, an older one, somebody else's
// key.
#include "clients/core/desk/availability.h"
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
  // A report, written while everything was well.
  Result<protocol::Accepted> hand_in(Connection& connection, const Reporter& owner) {
    auto outbox = *Outbox::load(folder(), owner);
    const auto id = outbox.add(draft(), random_).id;
    const auto kept = folder();
    return Delivery(connection, owner, outbox, kept, random_).deliver(id);
  }
  // One that keeps no case, and answers that it did.
  void begin_to_lie_about_openings(const crypto::Bytes& body) {
    limits_.cases_opened_per_day_max = 0;
    restart();
    wire_ = std::make_unique<Wire>(gateway());
    wire_->lie = [body](protocol::Request& request, protocol::Response& response) {
      for (std::size_t i = 0; i < request.operations.size(); ++i)
        if (request.operations[i].kind == OperationKind::kOpen)
          response.results[i] = {rules::Status::kDone, body};
    };
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

TEST_F(HostileGateway, AnotherLineIsRefusedInTheMiddleOfAVisitToo) {
  auto connection = connect();
  organisation_.next_version();
  auto content = organisation_.content();
  content.previous_hashes[0] = crypto::sha256({});
  show_directory(organisation_.sign(content));
  const std::vector mieke{organisation_.member("mieke").id};
  ASSERT_TRUE(connection.certificates(mieke, protocol::Lapsed::kTaken));
  EXPECT_FALSE(connection.certificates(mieke)) << "nobody is let in by it";
  const auto refreshed = connection.refresh_directory();
  ASSERT_FALSE(refreshed);
  EXPECT_EQ(refreshed.error().kind, ErrorKind::kVerification);
  EXPECT_EQ(connection.directory().content().version, 1U);
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

TEST_F(HostileGateway, AnotherHandbookThanTheOneThatWasSignedIsRefused) {
  protocol::Handbook book;
  const auto signed_bytes = encode_handbook(book);
  organisation_.change = [&](protocol::DirectoryContent& content) {
    content.handbook_hash = crypto::sha256(signed_bytes);
  };
  const auto directory = organisation_.sign(organisation_.content());
  crypto::Bytes shown = signed_bytes;
  wire_->lie = [&](protocol::Request& request, protocol::Response& response) {
    response.directory_hash = crypto::sha256(directory);
    for (std::size_t i = 0; i < request.operations.size(); ++i) {
      if (request.operations[i].kind != OperationKind::kDirectory) continue;
      const auto ask = protocol::parse<protocol::ReadDirectory>(request.operations[i].body);
      const bool of_book = ask->hash == crypto::sha256(signed_bytes);
      const auto& whole = of_book ? shown : directory;
      const crypto::Bytes rest(whole.begin() + ask->offset, whole.end());
      response.results[i] = {
          rules::Status::kDone,
          encode(protocol::DirectoryPart{ask->hash.value_or(crypto::sha256(directory)),
                                         static_cast<std::uint32_t>(whole.size()), rest})};
    }
  };
  auto connection = connect();
  ASSERT_TRUE(connection.handbook());
  book.version = 2;
  shown = encode_handbook(book);
  const auto refused = connection.handbook();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kVerification);
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

TEST_F(HostileGateway, WhatSomebodyElseSaysOfTheirWorkIsNotTheAdvisers) {
  const auto& anouk = organisation_.member("anouk");
  protocol::AvailabilityContent content;
  content.service_id = organisation_.service();
  content.member_id = anouk.id;
  content.number = 1;
  content.said_day = gateway::kToday;
  const auto bytes = protocol::encode_availability_content(content);
  const auto said = protocol::encode_availability(
      bytes, anouk.key->sign(rules::kTagAvailabilitySignature, bytes));
  wire_->lie = [&](protocol::Request& request, protocol::Response& response) {
    for (std::size_t i = 0; i < request.operations.size(); ++i)
      if (request.operations[i].kind == OperationKind::kAvailability)
        response.results[i].body = encode(protocol::Availabilities{{said}});
  };
  auto connection = connect();
  EXPECT_EQ(fetch_availability(connection, {anouk.id})->size(), 1U);
  EXPECT_EQ(fetch_availability(connection, {organisation_.member("mieke").id})->size(), 0U);
}

TEST_F(HostileGateway, AnInboxThatGoesRoundIsRefused) {
  int pages = 0;
  wire_->lie = [&](protocol::Request& request, protocol::Response& response) {
    for (std::size_t i = 0; i < request.operations.size(); ++i)
      if (request.operations[i].kind == OperationKind::kInbox)
        response.results[i].body = encode(protocol::InboxPage{
            {}, ++pages < 20 ? crypto::Bytes(8, std::uint8_t{1}) : crypto::Bytes{}});
  };
  auto connection = connect();
  const auto inbox = fetch_inbox(connection, member("mieke"));
  ASSERT_FALSE(inbox);
  EXPECT_EQ(inbox.error().kind, ErrorKind::kVerification);
}

TEST_F(HostileGateway, AnAnswerThatNeverComesIsUnreachableNotAccepted) {
  auto connection = connect();
  wire_->lie = [](protocol::Request&, protocol::Response& response) {
    for (auto& result : response.results) result = {rules::Status::kLater, {}};
  };
  EXPECT_EQ(greeting(), ErrorKind::kUnreachable);
  const auto told = hand_in(connection, reporter());
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().kind, ErrorKind::kUnreachable);
  EXPECT_EQ(Outbox::load(folder(), reporter())->items().size(), 1U) << "the text stays";
}

TEST_F(HostileGateway, AnAcceptanceThatSaysNothingIsNone) {
  begin_to_lie_about_openings({});
  auto connection = connect();
  const auto told = hand_in(connection, reporter());
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().kind, ErrorKind::kUnreachable);
  EXPECT_EQ(Outbox::load(folder(), reporter())->items().size(), 1U) << "the text stays";
}

// Without a receipt that others have signed, too, nothing else can be asked of an answer.
TEST_F(HostileGateway, AnAcceptanceThatIsALieIsBelievedUntilSomebodyComesBack) {
  begin_to_lie_about_openings(encode(protocol::Accepted{4, crypto::sha256({}), {}}));
  auto connection = connect();
  EXPECT_TRUE(hand_in(connection, reporter()));
  wire_->lie = nullptr;
  const auto back = open(reporter(), reporter().handle());
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().kind, ErrorKind::kRefused);
}

}  // namespace
}  // namespace omzien::core
