// Writes what an honest party would have sent, as the corpora's first inputs: from nothing but
// chance a fuzzer finds the smallest messages alone.
//
//   omzien-fuzz-seeds CORPUS
#include <filesystem>
#include <fstream>

#include "clients/core/event.h"
#include "clients/core/heads.h"
#include "clients/core/outbox.h"
#include "clients/core/pending_files.h"
#include "crypto/open/padding.h"
#include "crypto/open/phrase.h"
#include "protocol/availability.h"
#include "protocol/desk_operations.h"
#include "protocol/enrolment.h"
#include "protocol/handbook.h"
#include "protocol/wraps.h"
#include "storage/data_key.h"
#include "storage/tombstones.h"
#include "tests/fuzz/scratch_file.h"
#include "tests/kit/asking.h"
#include "tests/kit/case_builder.h"
#include "tests/kit/moves.h"

namespace {

using namespace omzien;
using crypto::Bytes;
using crypto::ByteView;
using rules::Compartment;

class Corpus {
 public:
  explicit Corpus(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void add(std::string_view target, std::string_view name, ByteView bytes) const {
    const auto path = folder_ / target;
    std::filesystem::create_directories(path);
    std::ofstream(path / ("seed-" + std::string(name)), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  void add(std::string_view target, std::string_view name, std::string_view text) const {
    add(target, name, crypto::as_bytes(text));
  }

 private:
  std::filesystem::path folder_;
};

constexpr protocol::Day kDay = 20'600;

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

void add_events(const Corpus& corpus, const kit::Organisation& organisation) {
  const auto member = organisation.member("ilse").id;
  const auto file_key =
      std::make_shared<const crypto::FileKey>(*crypto::FileKey::from(Bytes(32, 4)));
  const core::Event events[] = {
      core::Opening{
          rules::CaseKind{1}, {rules::Want{1}, rules::Want{3}}, rules::Lead::kEveryStep, "nl"},
      core::Report{"It began in spring.", {{"where", "The locker room."}}},
      core::Message{"Can we talk on Tuesday?"},
      core::StatusChange{rules::CaseState{2}, "I read it."},
      core::Outcome{"They were spoken to.", "Both told the same."},
      core::Attachment{
          {{"photo.jpg", "image/jpeg", 9, crypto::sha256(Bytes(9, 1)),
            *protocol::UploadId::from(Bytes(protocol::UploadId::kSize, 1)), 1, file_key}}},
      core::Proposal{"share_triage",
                     "They would read the summary.",
                     {{member, {Compartment::kSummary}, 0}},
                     "A draft."},
      core::Decision{4, crypto::sha256(Bytes(1, 1)), rules::Choice{2}, "Without names."},
      core::Retraction{4},
      core::Summary{"Approved.", 4},
      core::Unconsented{rules::Cause{1}, "There was danger."},
      core::IdentityOpened{},
      core::Note{"Rang back."},
      core::CheckIn{"How are you?"},
  };
  for (std::size_t i = 0; i < std::size(events); ++i)
    corpus.add("event", std::to_string(i), core::encode_event(events[i]).reveal());
}

void add_crypto(const Corpus& corpus) {
  crypto::FixedRandom random("seeds");
  corpus.add("padding", "short", crypto::pad(crypto::as_bytes("short")).reveal());
  corpus.add("padding", "long", crypto::pad(Bytes(5'000, 'x')).reveal());
  corpus.add("phrase", "nl", crypto::generate_phrase(random, crypto::WordList::kDutch).reveal());
  corpus.add("phrase", "en", crypto::generate_phrase(random, crypto::WordList::kEnglish).reveal());
  corpus.add("phrase", "forgiven", "  Caf\xc3\xa9, H\xc3\x8dSS\xc3\x98-\xe2\x80\x8bword; ");
  Bytes member(50 + 32, 7);
  member[0] = 1;
  member[49] = 1;
  corpus.add("key_file", "member", member);
  Bytes right{0, 0, 0, static_cast<std::uint8_t>(Compartment::kStory), 0, 0, 0, 1};
  right.resize(protocol::kWrappedKeyBytes, 4);
  corpus.add("key_ring", "right", right);
  corpus.add("stream", "whole", Bytes{200, 10});
  corpus.add("stream", "disturbed", Bytes{200, 10, 0, 0, 5, 9, 1, 1, 2, 2});
}

void add_storage(const Corpus& corpus) {
  crypto::FixedRandom random("storage");
  const auto secret = *storage::KeyFileSecret::from(Bytes(32, 7));
  const auto key = *storage::DataKey::from(Bytes(32, 9));
  corpus.add("store_keys", "data-key", storage::wrap_data_key(key, secret, random));
  corpus.add("store_keys", "key-file", "omzien gateway key 1\n" + std::string(64, 'a') + "\n");
  Bytes tombstones = crypto::to_bytes("omzien deleted1\n");
  tombstones.resize(16 + 64, 5);
  corpus.add("tombstones", "two", tombstones);
}

void add_texts(const Corpus& corpus) {
  corpus.add("config", "whole",
             "[store]\nengine = \"sqlcipher\"\npath = \"store.db\"\nkey_file = "
             "\"key\"\n[directory]\npath = \"d\"\n"
             "service_id = \"" +
                 std::string(64, 'a') +
                 "\"\n[listen]\nreporter = \"127.0.0.1:0\"\ndesk = \"unix:/x\"\n"
                 "health = \"[::1]:3\"\n[limits]\nheader_bytes_max = 4096\nidle_ms_max = "
                 "5000\n[pace]\nseconds_min = 2.5\n"
                 "seconds_max = 9\nanswer_tick_ms = 100\n[log]\nlevel = \"info\"\n");
  for (const auto* endpoint :
       {"unix:/run/omzien", "127.0.0.1:8420", "[::1]:1", "tls:127.0.0.1:8443", "10.0.0.1:443"})
    corpus.add("config", std::to_string(std::string_view(endpoint).size()), endpoint);
  corpus.add("org", "whole",
             "url = \"https://omzien.example\"\nservice_id = \"" + std::string(64, 'b') +
                 "\"\ntls_pin = \"sha256//" + std::string(43, 'A') +
                 "=\"\nproxy = \"socks5h://127.0.0.1:9050\"\n");
  corpus.add("gate_header", "exchange",
             "POST /v1/exchange HTTP/1.1\r\nHost: omzien.example\r\nContent-Type: "
             "application/octet-stream\r\n"
             "Content-Length: 16384\r\nConnection: close\r\n\r\n");
  corpus.add("gate_header", "page",
             "GET /index.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0.5, br\r\nUser-Agent: "
             "x\r\n\r\n");
  corpus.add("gate_header", "chunked",
             "POST /v1/exchange HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: "
             "100-continue\r\n\r\n");
  corpus.add("gate_header", "health", "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
}

// What the parsers of local.proto get to see: saved by the program itself.
void add_local(const Corpus& corpus) {
  crypto::FixedRandom random("local");
  const core::Reporter self(crypto::generate_phrase(random, crypto::WordList::kEnglish),
                            *protocol::ServiceId::from(Bytes(32, 5)));
  const core::LocalFolder folder("/dev/shm/omzien-fuzz-seeds-" + std::to_string(::getpid()));
  core::Outbox outbox;
  outbox.add(core::OpeningDraft{{{}, "A story.", "Somebody.", ""}, {"mieke"}, "", "ruud"}, random);
  outbox.add(core::EventDraft{self.handle(), Compartment::kTalk, core::Message{"Hello."}}, random);
  outbox.add(
      core::AnswerDraft{
          self.handle(), {4, crypto::sha256(Bytes(1, 1)), rules::Choice{1}, ""}, "A summary."},
      random);
  core::PendingFiles files;
  files.add({self.handle(), Compartment::kTalk, "/home/somebody/photo.jpg", 9,
             crypto::sha256(Bytes(9, 1))});
  fuzz::must(outbox.save(folder, self, random) && files.save(folder, self, random));
  for (const char* purpose : {"outbox", "files"})
    if (const auto kept = folder.read(self, purpose); kept && *kept)
      corpus.add("local", purpose, (*kept)->reveal());
}

void add_sessions(const Corpus& corpus) {
  crypto::FixedRandom random("sessions");
  for (int i = 0; i < 24; ++i) {
    Bytes choices(40 + 12 * static_cast<std::size_t>(i));
    random.fill(choices);
    corpus.add("exchange", std::to_string(i), choices);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 || arguments[1][0] == '-') return 2;  // an option is no folder
  crypto::initialise();
  const kit::Organisation organisation("fuzz", kDay);
  const Corpus corpus(arguments[1]);
  add_entries(corpus, organisation);
  add_operations(corpus, organisation);
  add_people(corpus, organisation);
  add_desk(corpus, organisation);
  add_events(corpus, organisation);
  add_crypto(corpus);
  add_storage(corpus);
  add_texts(corpus);
  add_local(corpus);
  add_sessions(corpus);
  return 0;
}
