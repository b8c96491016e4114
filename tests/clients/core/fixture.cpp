#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

class WireTransport final : public Transport {
 public:
  explicit WireTransport(Wire& wire) : wire_(wire) {}
  Result<crypto::Bytes> exchange(const crypto::Bytes& frame) override {
    return wire_.exchange(frame);
  }

 private:
  Wire& wire_;
};

// 32 bytes that belong to a name and a purpose.
crypto::Digest seed_of(std::string_view name, std::string_view purpose) {
  return crypto::hash_fields(crypto::FieldList().append(name).append(purpose));
}

tl::unexpected<Error> cut_off() { return fail(ErrorKind::kUnreachable, "the wire was cut"); }

}  // namespace

std::unique_ptr<Transport> Wire::transport() { return std::make_unique<WireTransport>(*this); }

Result<crypto::Bytes> Wire::exchange(const crypto::Bytes& frame) {
  ++frames;
  const bool now = fault_ != Fault::kNone && passes_-- == 0;
  const auto fault = now ? std::exchange(fault_, Fault::kNone) : Fault::kNone;
  if (fault == Fault::kLostRequest) return cut_off();
  auto answer = kit::exchange(exchange_, frame);
  if (fault == Fault::kLostAnswer) return cut_off();
  if (!lie) return answer;
  auto request = *protocol::parse_request(frame);
  auto response = *protocol::parse_response(answer);
  lie(request, response);
  return *encode_response(response, *protocol::frame_size_of(frame.size()));
}

void ClientTest::SetUp() {
  for (auto& member : organisation_.members()) {
    member.key = std::make_shared<crypto::SigningKey>(
        *crypto::SigningSeed::from(seed_of(member.name, "sign").view()));
    const auto seed = crypto::XWingSeed::from(seed_of(member.name, "x-wing").view());
    member.xwing_key = crypto::xwing_public_key(*seed);
  }
  folder_.write("bundle", organisation_.bundle());
  wire_ = std::make_unique<Wire>(gateway());
}

crypto::KeyFile ClientTest::key_file(std::string_view name) {
  crypto::KeyFile file{crypto::KeyFileKind::kMember,
                       organisation_.member(name).id,
                       *crypto::SigningSeed::from(seed_of(name, "sign").view()),
                       {}};
  file.xwing_seeds.push_back(*crypto::XWingSeed::from(seed_of(name, "x-wing").view()));
  return file;
}

Member ClientTest::member(std::string_view name) {
  return {key_file(name), organisation_.service()};
}

Member ClientTest::member_with(std::string_view name, const crypto::Digest& newer_seed) {
  auto file = key_file(name);
  file.xwing_seeds.push_back(*crypto::XWingSeed::from(newer_seed.view()));
  return {std::move(file), organisation_.service()};
}

Reporter ClientTest::reporter(std::string_view seed) {
  crypto::FixedRandom random(seed);
  return {crypto::generate_phrase(random, crypto::WordList::kDutch), organisation_.service()};
}

Connection ClientTest::connect(protocol::FrameSize size) {
  Connection connection(
      wire_->transport(), organisation_.service(), size, [](std::uint32_t) {},
      [this] { return day_here_.value_or(gateway::Moment(clock_.seconds()).day()); });
  const auto greeted = connection.greet();
  EXPECT_TRUE(greeted) << greeted.error().message;
  return connection;
}

OpeningDraft ClientTest::draft(std::string story) {
  OpeningDraft draft;
  draft.story.opening.case_kind = rules::CaseKind::kReport;
  draft.story.opening.wants = {rules::Want::kHeard};
  draft.story.story = std::move(story);
  draft.to = {"mieke", "youssef"};
  draft.stand_in = "ruud";
  return draft;
}

Result<protocol::Accepted> ClientTest::deliver(const Identity& self, Draft what) {
  auto connection = connect();
  auto outbox = *Outbox::load(folder(), self);
  const auto id = outbox.add(std::move(what), random_).id;
  const auto kept = folder();
  return Delivery(connection, self, outbox, kept, random_).deliver(id);
}

void ClientTest::report(const Reporter& reporter, const OpeningDraft& draft) {
  const auto accepted = deliver(reporter, draft);
  ASSERT_TRUE(accepted) << accepted.error().message;
}

Result<protocol::Accepted> ClientTest::say(const Identity& self, const protocol::Handle& handle,
                                           std::string text, rules::Milestone milestone) {
  return deliver(
      self, EventDraft{handle, Compartment::kTalk, Message{std::move(text)}, milestone, false});
}

Result<OpenedCase> ClientTest::open(const Identity& self, const protocol::Handle& handle) {
  auto connection = connect();
  return fetch_case(connection, handle, self);
}

FetchedLog ClientTest::fetch(const Identity& self, const protocol::Handle& handle) {
  auto connection = connect();
  return fetch_log(connection, handle, self).value();
}

std::vector<std::string> texts(const OpenedCase& opened, rules::Compartment compartment) {
  std::vector<std::string> found;
  for (const auto& entry : opened.entries) {
    const auto* fields = std::get_if<protocol::Event>(&entry.entry.header().fields);
    if (fields == nullptr || fields->compartment != compartment || !entry.event) continue;
    if (const auto* report = std::get_if<Report>(&*entry.event)) found.push_back(report->text);
    if (const auto* message = std::get_if<Message>(&*entry.event)) found.push_back(message->text);
    if (const auto* note = std::get_if<Note>(&*entry.event)) found.push_back(note->text);
  }
  return found;
}

}  // namespace omzien::core
