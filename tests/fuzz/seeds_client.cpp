// What clients seal, open and keep.
#include "clients/cli/lead/copy_file.h"
#include "clients/cli/lead/proof.h"
#include "clients/core/event.h"
#include "clients/core/heads.h"
#include "clients/core/outbox.h"
#include "clients/core/pending_files.h"
#include "crypto/open/padding.h"
#include "crypto/open/phrase.h"
#include "protocol/wraps.h"
#include "tests/fuzz/kept.h"
#include "tests/fuzz/seeds.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {

using crypto::Bytes;
using rules::Compartment;

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
  must(outbox.save(folder, self, random) && files.save(folder, self, random));
  for (const char* purpose : {"outbox", "files"})
    if (const auto kept = folder.read(self, purpose); kept && *kept)
      corpus.add("local", purpose, (*kept)->reveal());
}

void add_kept(const Corpus& corpus) {
  // A whole one is longer than fuzzers try; it is altered where it is made.
  auto first = cli::to_json(kept().copy);
  first["directory"] = "00";
  first["entries"].erase(first["entries"].begin() + 1, first["entries"].end());
  corpus.add("copy", "case", first.dump());
  corpus.add("copy", "withdrawal", cli::to_json(kept().proof).dump());
  corpus.add("copy", "altered", Bytes{0, 4, 2, 9, 1, 6, 3});
  corpus.add("copy", "altered-proof", Bytes{1, 2, 2, 9, 1});
}

}  // namespace omzien::fuzz
