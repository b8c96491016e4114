// cheats.json
#include <stdexcept>

#include "tests/vectors/access_text.h"
#include "tests/vectors/cheats.h"

namespace omzien::crypto::vectors {
namespace {

Json alarms_json(const Alarms& alarms) {
  Json rows = Json::array();
  for (const auto& [seq, kind] : alarms) rows.push_back({{"seq", seq}, {"kind", kind}});
  return rows;
}

Json json_of(const Cheat& cheat, const Log& base) {
  auto made = log_json(cheat.name, cheat.log, "the lead", base);
  made["forbidden"] = Json::array();
  if (cheat.broken) {
    made["reads"]["owner"] = read_of(cheat.log, "owner", cheat.log.scene().directory());
    if (!made["reads"]["owner"].contains("error")) throw std::logic_error("opens: " + cheat.name);
    return made;
  }
  if (forbidden_in(cheat.log) != cheat.forbidden)
    throw std::logic_error("another breach: " + cheat.name);
  for (const auto& [seq, breach] : cheat.forbidden)
    made["forbidden"].push_back({{"seq", seq}, {"breach", omzien::vectors::name_of(breach)}});
  for (const auto& [who, alarms] : cheat.alarms) {
    if (const auto seen = alarms_seen(cheat.log, who); seen != alarms)
      throw std::logic_error("other alarms: " + cheat.name + ", " + who + ": " +
                             alarms_json(seen).dump());
    made["reads"][who]["alarms"] = alarms_json(alarms);
  }
  return made;
}

}  // namespace

Json cheats() {
  const Scene scene;
  const Cheats some(scene);
  auto first = log_json("the lead", some.base(), "the lead", some.base());
  first["forbidden"] = Json::array();
  for (const auto* who : {"owner", "mieke", "youssef", "ruud", "ilse", "bram"})
    first["reads"][who] = read_of(some.base(), who, scene.directory());
  Json logs = Json::array({std::move(first)});
  for (const auto& cheat : every_cheat(scene)) logs.push_back(json_of(cheat, some.base()));
  return {{"service_id", scene.organisation().service().hex()},
          {"directories", {{"first", to_hex(scene.directory().bytes())}}},
          {"people", scene.people()},
          {"logs", std::move(logs)}};
}

}  // namespace omzien::crypto::vectors
