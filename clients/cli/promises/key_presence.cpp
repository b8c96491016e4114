#include "clients/cli/promises/key_presence.h"

#include <CLI/CLI.hpp>

#include "clients/cli/desk.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/promises/presence_rows.h"
#include "clients/cli/promises/week.h"
#include "clients/core/desk/availability.h"

namespace omzien::cli {
namespace {

struct PresenceOptions {
  std::string until;
  std::string from;
  std::string stand_in;
  std::vector<std::string> days;
};

Result<void> say(Context& context, const Desk& desk, const core::AvailabilityChange& change) {
  const auto said = core::say_availability(*desk.connection, desk.self, change);
  if (!said) return tl::unexpected(said.error());
  const auto presences = core::fetch_presences(*desk.connection, {desk.self.id()});
  if (!presences) return tl::unexpected(presences.error());
  const auto row = presence_row(presences->at(desk.self.id()), desk.connection->directory());
  context.print(row, "Reporters see from now on:" + presence_line(row) + "\n");
  return {};
}

Result<void> away(Context& context, const PresenceOptions& options) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto today = desk->connection->today();
  const auto until = last_day_named(options.until, today);
  if (!until) return tl::unexpected(until.error());
  const auto from = last_day_named(options.from, today);
  if (!from) return tl::unexpected(from.error());
  std::optional<protocol::MemberId> stand_in;
  if (!options.stand_in.empty()) {
    const auto named = person_named(options.stand_in, desk->connection->directory(), today);
    if (!named) return tl::unexpected(named.error());
    if (*named == desk->self.id()) return bad_input("nobody stands in for themself");
    stand_in = *named;
  }
  return say(context, *desk, [&](protocol::AvailabilityContent& content) {
    content.away_from_day = *from == 0 ? today : *from;
    content.away_until_day = *until;
    if (stand_in) content.stand_in = stand_in;
  });
}

Result<void> back(Context& context, const PresenceOptions&) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  return say(context, *desk, [](protocol::AvailabilityContent& content) {
    content.away_from_day = content.away_until_day = 0;
  });
}

Result<void> works(Context& context, const PresenceOptions& options) {
  const auto days = read_week(options.days);
  if (!days) return tl::unexpected(days.error());
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  return say(context, *desk,
             [&](protocol::AvailabilityContent& content) { content.working_days = *days; });
}

}  // namespace

void add_key_presence(CLI::App& key, Options& options) {
  const auto own = std::make_shared<PresenceOptions>();
  const auto add = [&](const char* name, const char* what,
                       Result<void> (*run)(Context&, const PresenceOptions&)) {
    auto* sub = key.add_subcommand(name, what);
    add_options(*sub, kNeedsOrg | kNeedsKey, options);
    runs(*sub, [own, run](Context& context) { return run(context, *own); });
    return sub;
  };
  auto* leaving = add("away", "say that you are away; reporters see it", away);
  leaving->add_option("--until", own->until, "your last day away, as 2027-03-01")->required();
  leaving->add_option("--from", own->from, "the first; without: today");
  leaving->add_option("--stand-in", own->stand_in, "who takes over: a name");
  add("back", "say that you are not away any more", back);
  add("works", "say on which days you work", works)
      ->add_option("days", own->days, "as mon,tue,thu or mon-fri")
      ->required();
}

}  // namespace omzien::cli
