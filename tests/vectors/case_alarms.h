// Logs that are whole and hold something that may not be, or does not open: it changes nothing and
// alarms. What is expected stands beside each; the writer fails when the code says otherwise.
#pragma once

#include <map>

#include "tests/vectors/case_scene.h"

namespace omzien::crypto::vectors {

// The alarms of each reader: at which entry, and which.
using Alarms = std::vector<std::pair<std::uint64_t, std::string>>;
using Expected = std::map<std::string, Alarms>;

class AlarmWriter {
 public:
  explicit AlarmWriter(const Scene& scene) : scene_(scene), base_(ordinary_log(scene)) {}

  Log log() const { return base_.fork(); }
  std::uint64_t next() const { return base_.size(); }

  // The last entry breaks the rules: an alarm for whoever reads it.
  void breaks(std::string_view name, const Log& log, protocol::Breach breach,
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
  void put(std::string_view name, const Log& log, std::optional<protocol::Breach> breach,
           const Expected& expected, const protocol::Directory* directory = nullptr,
           std::string_view directory_name = "first");

  const Scene& scene_;
  Log base_;
};

inline protocol::Event event_in(rules::Compartment compartment, std::uint32_t epoch = 1) {
  protocol::Event made{};
  made.compartment = compartment;
  made.epoch = epoch;
  return made;
}
inline const core::Message kText{"Dit mag niet."};
template <class Change>
Tweak event_with(Change change) {
  return [=](protocol::Header& header) { change(std::get<protocol::Event>(header.fields)); };
}
template <class Change>
Tweak grant_with(Change change) {
  return [=](protocol::Header& header) { change(std::get<protocol::Grant>(header.fields)); };
}

// Entries that the rules forbid, and steps that the table of states forbids.
void forbidden_by_rules(AlarmWriter& to, const Scene& scene);
// Texts and grants that do not open as they should.
void unopened(AlarmWriter& to, const Scene& scene);

}  // namespace omzien::crypto::vectors
