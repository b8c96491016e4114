#include "tests/vectors/case_alarms.h"

#include <stdexcept>

#include "tests/vectors/access_text.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::Breach;

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

}  // namespace

void AlarmWriter::put(std::string_view name, const Log& log, std::optional<Breach> breach,
                      const Expected& expected, const protocol::Directory* directory,
                      std::string_view directory_name) {
  const auto& known = directory == nullptr ? scene_.directory() : *directory;
  const auto found = breach_of(log, known);
  if (found != breach) throw std::logic_error("another breach: " + std::string(name));
  auto made = log_json(name, log);
  made["directory"] = directory_name;
  if (breach) made["breach"] = omzien::vectors::name_of(*breach);
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

Json forbidden_cases(const Scene& scene) {
  AlarmWriter writer(scene);
  forbidden_by_rules(writer, scene);
  unopened(writer, scene);
  return std::move(writer.logs);
}

}  // namespace omzien::crypto::vectors
