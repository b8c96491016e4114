// What travels: entries, operations, people, the desk's own.
#include "protocol/availability.h"
#include "protocol/desk_operations.h"
#include "protocol/enrolment.h"
#include "protocol/handbook.h"
#include "protocol/wraps.h"
#include "tests/fuzz/seeds.h"
#include "tests/kit/asking.h"
#include "tests/kit/case_builder.h"
#include "tests/kit/moves.h"

namespace omzien::fuzz {
namespace {

using crypto::Bytes;
using crypto::ByteView;
using rules::Compartment;

Bytes message_of(const Bytes& frame) {
  const std::size_t size = std::size_t{frame[2]} << 8 | frame[3];
  const auto message = ByteView(frame).subspan(rules::kFrameLengthBytes, size);
  return {message.begin(), message.end()};
}

void add_entry(const Corpus& corpus, const std::string& name,
               const protocol::SubmittedEntry& entry) {
  corpus.add("header", name, entry.header);
  if (entry.payload.empty()) return;
  Bytes both{static_cast<std::uint8_t>(entry.header.size() >> 8),
             static_cast<std::uint8_t>(entry.header.size())};
  both.insert(both.end(), entry.header.begin(), entry.header.end());
  both.insert(both.end(), entry.payload.begin(), entry.payload.end());
  corpus.add("wraps", name, both);
}

}  // namespace

void add_entries(const Corpus& corpus, const kit::Organisation& organisation) {
  kit::CaseBuilder builder(organisation, "seeds");
  const auto directory = organisation.directory();
  protocol::Access access;
  const auto admit = [&](const protocol::SubmittedEntry& entry) {
    (void)access.admit(*protocol::parse_header(entry.header), directory);
  };
  const auto opening = builder.opening({"mieke", "youssef"});
  for (std::size_t i = 0; i < opening.entries.size(); ++i) {
    add_entry(corpus, "opening-" + std::to_string(i), opening.entries[i]);
    admit(opening.entries[i]);
  }
  const auto stand_in = builder.dormant_grant({"ruud", {Compartment::kTalk}, false, 0}, "mieke");
  add_entry(corpus, "stand-in", stand_in);
  admit(stand_in);
  const auto& owner = builder.owner();
  const kit::Compartments talk{Compartment::kTalk};
  for (const auto& [name, fields] : std::initializer_list<std::pair<const char*, protocol::Fields>>{
           {"revoke", kit::revoke(access, organisation, {"youssef"}, kDay)},
           {"delegate", kit::delegate(organisation, "mieke", {"ilse"}, talk, kDay + 9)},
           {"take-back", kit::take_back(organisation, "mieke")},
           {"release", kit::release(organisation, "mieke", rules::ReleaseCause{1})},
           {"keep-alive", kit::keep_alive(access, organisation, talk, kDay)},
           {"notes", kit::notes(access, organisation, {"mieke"})},
           {"withdraw", protocol::Withdraw{}}})
    add_entry(corpus, name, builder.move(owner, fields));
}

void add_operations(const Corpus& corpus, const kit::Organisation& organisation) {
  kit::CaseBuilder builder(organisation, "operations");
  const auto opening = builder.opening({"mieke"});
  const auto handle = builder.handle();
  const auto upload = *protocol::UploadId::from(Bytes(protocol::UploadId::kSize, 1));
  const auto hash = crypto::sha256(handle.view());
  const auto member = organisation.member("mieke").id;
  const Bytes certificate = organisation.certificate(organisation.member("mieke"));
  const auto& entry = opening.entries.back();
  const Bytes bodies[] = {
      encode(opening),
      encode(protocol::Append{{entry}}),
      encode(protocol::Accepted{2, hash, {}}),
      encode(protocol::Read{handle, 1}),
      encode(protocol::Log{
          builder.share(),
          2,
          hash,
          {{entry.header, entry.signature, rules::PayloadState::kInline, entry.payload}}}),
      encode(protocol::PutChunk{handle, upload, 1, 3, Bytes(20, 5)}),
      encode(protocol::Upload{2}),
      encode(protocol::GetChunk{handle, 2, 1, 1}),
      encode(protocol::Chunk{Bytes(20, 5)}),
      encode(protocol::Inbox{Bytes(8, 1)}),
      encode(protocol::InboxPage{
          {{handle, 2, hash, kDay, kDay, kDay, 0, 0, true, false, true, false}}, Bytes(8, 1)}),
      encode(protocol::ReadDirectory{hash, 7}),
      encode(protocol::DirectoryPart{hash, 9, Bytes(9, 1)}),
      encode(protocol::Keys{{member}}),
      encode(protocol::Certificates{{certificate, {}}}),
      encode(protocol::PublishKey{certificate}),
  };
  for (std::size_t i = 0; i < std::size(bodies); ++i) {
    Bytes chosen{static_cast<std::uint8_t>(i)};
    chosen.insert(chosen.end(), bodies[i].begin(), bodies[i].end());
    corpus.add("operation", std::to_string(i), chosen);
  }
  const auto beacon = *protocol::Beacon::from(Bytes(protocol::Beacon::kSize, 2));
  const protocol::Request request{
      rules::kProtocolVersion,
      {kit::signed_operation(rules::OperationKind::kOpen, bodies[0], builder.owner(), beacon,
                             organisation.service()),
       kit::public_operation(rules::OperationKind::kDirectory, bodies[11])}};
  corpus.add("request", "open", message_of(*encode_request(request, protocol::FrameSize::kSmall)));
  const protocol::Response response{
      rules::kProtocolVersion,
      beacon,
      rules::kPaceMsMin,
      kDay,
      hash,
      {{rules::Status::kDone, bodies[2]}, {rules::Status::kLater, {}}}};
  corpus.add("response", "accepted",
             message_of(*encode_response(response, protocol::FrameSize::kSmall)));
}

void add_people(const Corpus& corpus, const kit::Organisation& organisation) {
  const auto content = organisation.content();
  corpus.add("directory_content", "whole", protocol::encode_directory(content));
  corpus.add("signed_directory", "content", protocol::encode_directory(content));
  corpus.add("signed_directory", "signed", organisation.sign(content));
  const auto& member = organisation.member("mieke");
  const protocol::CertificateContent vouched{organisation.service(), member.id, 1,
                                             member.xwing_key,       kDay,      kDay + 99};
  corpus.add("certificate", "content", protocol::encode_certificate_content(vouched));
  corpus.add("certificate", "bundle", organisation.bundle());
  corpus.add("certificate", "card",
             protocol::encode_member_card(
                 {member.id, member.key->public_key(), organisation.certificate(member)}));
}

void add_desk(const Corpus& corpus, const kit::Organisation& organisation) {
  const auto& member = organisation.member("mieke");
  const auto handle = *protocol::Handle::from(Bytes(protocol::Handle::kSize, 3));
  const protocol::AvailabilityContent said{
      organisation.service(),        member.id, 1, kDay, 0b11111, kDay, kDay + 9,
      organisation.member("ruud").id};
  const auto content = protocol::encode_availability_content(said);
  corpus.add("availability", "content", content);
  const auto token = *protocol::InvitationToken::from(Bytes(protocol::InvitationToken::kSize, 6));
  const protocol::MemberCard card{member.id, member.key->public_key(),
                                  organisation.certificate(member)};
  corpus.add("enrolment", "content",
             protocol::encode_enrolment_content(organisation.service(), card, token));
  corpus.add("enrolment", "invitation",
             "https://omzien.example/#" +
                 protocol::invitation_fragment({organisation.service(), token, "Mieke",
                                                rules::Role{1}, "Noord", member.id, kDay + 9}));
  const Bytes bodies[] = {
      encode(protocol::ReadAlerts{Bytes(8, 1)}),
      encode(
          protocol::AlertsPage{{{handle, 1, rules::LegalClock{1}, kDay, kDay + 9}}, Bytes(8, 1)}),
      encode(protocol::ReadAvailability{{member.id}}),
      encode(protocol::Availabilities{{content, {}}}),
      encode(protocol::PublishAvailability{content}),
      encode(protocol::SealedPapers{2, Bytes(40, 1)}),
  };
  for (std::size_t i = 0; i < std::size(bodies); ++i) {
    Bytes chosen{static_cast<std::uint8_t>(i)};
    chosen.insert(chosen.end(), bodies[i].begin(), bodies[i].end());
    corpus.add("desk_operation", std::to_string(i), chosen);
  }
  corpus.add("handbook", "whole",
             protocol::encode_handbook({1,
                                        kDay,
                                        {{rules::CaseKind{1}, "nl", {"Lees.", "Antwoord."}}},
                                        {{"norm", "nl", "norm", "Wat hoort."}},
                                        {{"thanks", "nl", "Dank", "Goed dat je dit vertelt."}}}));
}

}  // namespace omzien::fuzz
