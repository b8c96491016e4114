// Texts and grants that do not open as they should, though the rules allow their entries.
#include "tests/vectors/case_alarms.h"

namespace omzien::crypto::vectors {
namespace {

using rules::Compartment;
using rules::EntryKind;

void unopened_texts(AlarmWriter& to, const Scene& scene) {
  const auto at = to.next();
  const Expected altered{{"owner", {{at, "altered"}}}, {"mieke", {{at, "altered"}}}};
  const auto talk = event_in(Compartment::kTalk);
  auto log = to.log();
  log.talk("owner", kText);
  log.change().entries.back().payload.back() ^= 1;
  to.alarms("a payload that is not what was signed", log, altered);
  log = to.log();
  log.add("owner", EntryKind::kEvent, talk, log.sealed("mieke", talk, as_bytes("x")));
  to.alarms("a text sealed by somebody else than its author", log, altered);
  log = to.log();
  log.add("owner", EntryKind::kEvent, talk, log.sealed("owner", talk, as_bytes("no event")));
  to.alarms("a plaintext that is no event", log, altered);
  log = to.log();
  auto newer = log.sealed("owner", talk, as_bytes("x"));
  newer[0] = rules::kSuite + 1;
  log.add("owner", EntryKind::kEvent, talk, newer);
  to.alarms("a text of a suite to come", log, {{"owner", {{at, "newer_version"}}}});
  log = to.log();
  log.talk("owner", kText);
  log.change().entries.back().payload.clear();
  log.change().entries.back().payload_state = rules::PayloadState::kWithheld;
  to.alarms("a text that is withheld", log, {{"owner", {{at, "missing"}}}, {"anouk", {}}});
  log = to.log();
  log.change().case_share = {};
  Alarms missing;
  for (const std::uint64_t seq : {1u, 2u, 3u, 6u, 7u}) missing.emplace_back(seq, "missing");
  to.alarms("a case share that is withheld", log, {{"owner", missing}, {"anouk", {}}});

  auto content = scene.organisation().content();
  content.made_day += 1;
  const auto another = protocol::Directory::parse(scene.organisation().sign(content),
                                                  scene.organisation().service());
  log = to.log();
  Alarms unknown;
  for (std::uint64_t seq = 0; seq < log.size(); ++seq)
    unknown.emplace_back(seq, "unknown_directory");
  to.alarms_under("made under a directory that nobody published", log, *another, "another line",
                  {{"owner", unknown}});
}

void unopened_grants(AlarmWriter& to, const Scene& scene) {
  const auto at = to.next();
  const auto anouk = scene.grantee("anouk", {{Compartment::kTalk, 1}});
  const auto wrapped = [&](std::uint32_t compartment) {
    Bytes plaintext(protocol::kWrappedKeyBytes, 9);
    std::fill_n(plaintext.begin(), 8, std::uint8_t{0});
    plaintext[3] = static_cast<std::uint8_t>(compartment);
    plaintext[7] = 1;
    return plaintext;
  };
  protocol::Grant fields;
  fields.members = {anouk};
  const auto given = [&](std::string_view name, std::string_view alarm, auto payload_of) {
    auto log = to.log();
    const Bytes payload = payload_of(log);
    log.add("owner", EntryKind::kGrant, fields, payload);
    to.alarms(name, log, {{"owner", {}}, {"anouk", {{at, std::string(alarm)}}}, {"mieke", {}}});
  };
  given("a key that the case never committed to", "other_key",
        [&](Log& log) { return protocol::encode_wraps({log.wrap(anouk, wrapped(4))}); });
  given("a key of another compartment than the header says", "other_key",
        [&](Log& log) { return protocol::encode_wraps({log.wrap(anouk, wrapped(1))}); });
  given("a wrap for another grant", "altered", [&](Log& log) {
    auto other = anouk;
    other.keys = {{Compartment::kStory, 1}};
    return protocol::encode_wraps({log.wrap(other, wrapped(4))});
  });
  auto log = to.log();
  log.grant({anouk}, grant_with([](auto& g) { g.members[0].xwing_key_hash = {}; }));
  to.alarms("wrapped to a key that is not theirs", log,
            {{"anouk", {{at, "strangers_key"}}}, {"mieke", {}}});
  log = to.log();
  log.grant({anouk});
  log.change().entries.back().payload.clear();
  log.change().entries.back().payload_state = rules::PayloadState::kWithheld;
  to.alarms("a grant that is withheld", log, {{"anouk", {{at, "missing"}}}, {"mieke", {}}});
}

}  // namespace

void unopened(AlarmWriter& to, const Scene& scene) {
  unopened_texts(to, scene);
  unopened_grants(to, scene);
}

}  // namespace omzien::crypto::vectors
