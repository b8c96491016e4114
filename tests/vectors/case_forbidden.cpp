// Logs that are whole and hold something that may not be, or does not open: it changes nothing and
// alarms. What is expected stands beside each; the writer fails when the code says otherwise.
#include <map>
#include <stdexcept>

#include "tests/vectors/case_scene.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::Breach;
using rules::Compartment;
using rules::EntryKind;

// The alarms of each reader: at which entry, and which.
using Alarms = std::vector<std::pair<std::uint64_t, std::string>>;
using Expected = std::map<std::string, Alarms>;

std::string_view name_of(Breach breach) {
  switch (breach) {
    case Breach::kNewerVersion: return "newer version";
    case Breach::kOpening: return "opening";
    case Breach::kAuthor: return "author";
    case Breach::kCompartment: return "compartment";
    case Breach::kEpoch: return "epoch";
    case Breach::kMilestone: return "milestone";
    case Breach::kUrgent: return "urgent";
    case Breach::kGrantor: return "grantor";
    case Breach::kGrantee: return "grantee";
    case Breach::kGrantKeys: return "grant keys";
    case Breach::kHolder: return "holder";
    case Breach::kDormant: return "dormant";
  }
  throw std::logic_error("a breach without a name");
}

// What the rules say of the last entry; none when it is allowed.
std::optional<Breach> breach_of(const Log& log, const protocol::Directory& directory) {
  protocol::Access access;
  std::optional<Breach> last;
  for (const auto& entry : log.fetched().entries) {
    const auto admitted = access.admit(*protocol::parse_header(entry.header), directory);
    last = admitted ? std::nullopt : std::optional(admitted.error());
  }
  return last;
}

class Writer {
 public:
  explicit Writer(const Scene& scene) : scene_(scene), base_(ordinary_log(scene)) {}

  Log log() const { return base_.fork(); }
  std::uint64_t next() const { return base_.size(); }

  // The last entry breaks the rules: an alarm for whoever reads it.
  void breaks(std::string_view name, const Log& log, Breach breach,
              std::string_view kind = "rule_broken") {
    put(name, log, breach,
        {{"owner", {{log.size() - 1, std::string(kind)}}},
         {"youssef", {{log.size() - 1, std::string(kind)}}}});
  }
  // The rules allow every entry, and yet.
  void alarms(std::string_view name, const Log& log, const Expected& expected) {
    put(name, log, std::nullopt, expected);
  }
  void alarms_under(std::string_view name, const Log& log, const protocol::Directory& directory,
                    std::string_view directory_name, const Expected& expected) {
    put(name, log, std::nullopt, expected, &directory, directory_name);
  }
  Json logs = Json::array();

 private:
  void put(std::string_view name, const Log& log, std::optional<Breach> breach,
           const Expected& expected, const protocol::Directory* directory = nullptr,
           std::string_view directory_name = "first") {
    const auto& known = directory == nullptr ? scene_.directory() : *directory;
    const auto found = breach_of(log, known);
    if (found != breach) throw std::logic_error("another breach: " + std::string(name));
    auto made = log_json(name, log);
    made["directory"] = directory_name;
    if (breach) made["breach"] = name_of(*breach);
    for (const auto& [who, alarms] : expected) {
      Json wanted = Json::array();
      for (const auto& [seq, kind] : alarms) wanted.push_back({{"seq", seq}, {"kind", kind}});
      Json seen = Json::array();
      const auto read = read_of(log, who, known);
      for (const auto& alarm : read.at("case").at("alarms"))
        seen.push_back({{"seq", alarm.at("seq")}, {"kind", alarm.at("kind")}});
      if (seen != wanted)
        throw std::logic_error("other alarms: " + std::string(name) + " " + seen.dump());
      made["reads"][who]["alarms"] = wanted;
    }
    logs.push_back(std::move(made));
  }

  const Scene& scene_;
  Log base_;
};

protocol::Event event_in(Compartment compartment, std::uint32_t epoch = 1) {
  protocol::Event made{};
  made.compartment = compartment;
  made.epoch = epoch;
  return made;
}
const core::Message kText{"Dit mag niet."};
template <class Change>
Tweak event_with(Change change) {
  return [=](protocol::Header& header) { change(std::get<protocol::Event>(header.fields)); };
}
template <class Change>
Tweak grant_with(Change change) {
  return [=](protocol::Header& header) { change(std::get<protocol::Grant>(header.fields)); };
}

void forbidden_events(Writer& to) {
  const auto marked = event_with([](auto& e) { e.milestone = rules::Milestone::kAcknowledged; });
  auto log = to.log();
  log.talk("anouk", kText);
  to.breaks("a text by somebody who was not let in", log, Breach::kAuthor);
  log = to.log();
  log.say("mieke", Compartment::kStory, kText);
  to.breaks("a story told by an adviser", log, Breach::kCompartment);
  log = to.log();
  log.add("owner", EntryKind::kEvent, event_in(Compartment::kTalk, 2), {1});
  to.breaks("a text under an epoch that never began", log, Breach::kEpoch);
  log = to.log();
  log.add("owner", EntryKind::kEvent, event_in(Compartment{99}), {1});
  to.breaks("a text in a compartment that nobody knows", log, Breach::kEpoch);
  log = to.log();
  log.talk("owner", kText, marked);
  to.breaks("a milestone set by the owner", log, Breach::kMilestone);
  log = to.log();
  log.say("mieke", Compartment::kSummary, core::Report{"Kort.", {}}, marked);
  to.breaks("a milestone outside the talk", log, Breach::kMilestone);
  log = to.log();
  log.talk("mieke", kText, event_with([](auto& e) { e.milestone = rules::Milestone{42}; }));
  to.breaks("a milestone to come", log, Breach::kNewerVersion, "newer_version");
  log = to.log();
  log.talk("mieke", kText, event_with([](auto& e) { e.urgent = true; }));
  to.breaks("urgency claimed by an adviser", log, Breach::kUrgent);
  log = to.log();
  log.add("owner", EntryKind{77}, protocol::Unknown{{1, 2, 3}}, {});
  to.breaks("a kind to come", log, Breach::kNewerVersion, "newer_version");
  log = to.log();
  const auto opening = *protocol::parse_header(log.fetched().entries.front().header);
  log.add("owner", EntryKind::kOpen, opening.fields, {});
  to.breaks("a second opening", log, Breach::kOpening);
}

void forbidden_grants(Writer& to, const Scene& scene) {
  const auto anouk = scene.grantee("anouk", {{Compartment::kTalk, 1}});
  auto log = to.log();
  protocol::Grant fields;
  fields.members = {anouk};
  log.add("mieke", EntryKind::kGrant, fields, {1});
  to.breaks("somebody let in by an adviser", log, Breach::kGrantor);
  log = to.log();
  log.grant({anouk}, grant_with([](auto& g) { g.members[0].member_id = {}; }));
  to.breaks("somebody let in who is not in the directory", log, Breach::kGrantee);
  log = to.log();
  log.grant({scene.grantee("mieke", {{Compartment::kTalk, 1}})});
  to.breaks("somebody let in who is in", log, Breach::kGrantee);
  log = to.log();
  log.grant({anouk}, grant_with([](auto& g) { g.members[0].last_day = kCaseDay; }));
  to.breaks("somebody let in until yesterday", log, Breach::kGrantee);
  log = to.log();
  log.grant({scene.grantee("anouk", {{Compartment::kTalk, 2}})});
  to.breaks("a key of an epoch that never began", log, Breach::kGrantKeys);
  log = to.log();
  log.grant({anouk}, grant_with([](auto& g) { g.members[0].holder = true; }));
  to.breaks("a second holder", log, Breach::kHolder);
  const auto stands_in_for = [&](std::string_view name) {
    const auto id = scene.organisation().member(name).id;
    return grant_with([=](auto& g) {
      g.dormant = true;
      g.stands_in_for = id;
    });
  };
  log = to.log();
  log.grant({anouk}, stands_in_for("ilse"));
  to.breaks("standing in for somebody who is not in", log, Breach::kDormant);
  log = to.log();
  log.grant({scene.grantee("mieke", {{Compartment::kStory, 1}})}, stands_in_for("mieke"));
  to.breaks("standing in for oneself", log, Breach::kDormant);
}

void unopened_texts(Writer& to, const Scene& scene) {
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
  log.change().case_share.clear();
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

void unopened_grants(Writer& to, const Scene& scene) {
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

// Allowed by the rules, forbidden by the table of states.
void forbidden_steps(Writer& to) {
  const auto step = [&](std::string_view name, std::string_view by, const core::Event& event,
                        bool closed = false) {
    auto log = to.log();
    if (closed) log.talk("mieke", core::Outcome{"Gesproken.", "Zo gewild."});
    log.talk(by, event);
    to.alarms(name, log, {{"owner", {{log.size() - 1, "rule_broken"}}}, {"anouk", {}}});
  };
  step("a second beginning", "owner", core::Opening{rules::CaseKind::kAdvice, {}, {}, "nl"});
  step("a status set by the owner", "owner",
       core::StatusChange{rules::CaseState::kPaused, "Even niet."});
  step("an outcome by the owner", "owner", core::Outcome{"Klaar.", "Genoeg."});
  step("a status in a closed case", "mieke", core::StatusChange{rules::CaseState::kActive, "Toch."},
       true);
  step("a state that a status may not name", "mieke",
       core::StatusChange{rules::CaseState::kWithdrawn, "Weg."});
}

}  // namespace

Json forbidden_cases(const Scene& scene) {
  Writer writer(scene);
  forbidden_events(writer);
  forbidden_grants(writer, scene);
  unopened_texts(writer, scene);
  unopened_grants(writer, scene);
  forbidden_steps(writer);
  return std::move(writer.logs);
}

}  // namespace omzien::crypto::vectors
