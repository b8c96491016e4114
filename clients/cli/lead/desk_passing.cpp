#include "clients/cli/lead/desk_passing.h"

#include <algorithm>

#include "clients/cli/desk.h"
#include "clients/cli/desk_commands.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/writing.h"
#include "clients/core/desk/last_word.h"
#include "clients/core/lead/moves.h"
#include "clients/core/lead/renewal.h"
#include "clients/core/lead/take_over.h"
#include "clients/core/names.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

struct PassingOptions {
  std::string handle;
  std::string to;
  std::vector<std::string> parts;
  std::string until;
  bool lead = false;
  bool yes = false;
};

Result<void> release(Context& context, const PassingOptions& options) {
  auto at = open_at(context, options.handle);
  if (!at) return tl::unexpected(at.error());
  std::vector<protocol::MemberId> waiting;
  for (const auto& grant : at->opened.access.grants())
    if (grant.dormant && grant.stands_in_for == at->desk.self.id() && !grant.expired(at->today()))
      waiting.push_back(grant.member_id);
  const auto words =
      "You leave case " + core::handle_words(at->handle) +
      ". You can't read it any more, and can't come back by yourself.\n" +
      (waiting.empty() ? "Nobody stands in for you here: the reporter sees that you left."
                       : "In your place: " + names_of(waiting, at->directory()) + ".");
  if (auto sure = confirm(words, "yes", options.yes); !sure) return sure;
  return act_and_print(
      context, *at->desk.connection, at->desk.self, at->handle,
      [](core::Addition& addition, const core::Certificates&) { return release_self(addition); });
}

// For a stand-in: the case whose words, or handle, these are, among those they may take over.
Result<void> take_over(Context& context, const PassingOptions& options) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto inbox = core::fetch_inbox(*desk->connection, desk->self);
  if (!inbox) return tl::unexpected(inbox.error());
  const auto& waiting = inbox->to_take_over;
  const auto found = std::find_if(waiting.begin(), waiting.end(), [&](const auto& item) {
    return item.handle.hex() == options.handle || core::handle_words(item.handle) == options.handle;
  });
  if (found == waiting.end())
    return core::fail(ErrorKind::kRefused,
                      "there is no such case for you to take over: you stand in for nobody in it, "
                      "or no legal term was missed. \"omzien desk inbox\" lists them");
  const auto words = "You take over case " + core::handle_words(found->handle) + " from " +
                     names_of({*found->stands_in_for}, desk->connection->directory()) +
                     ", who let a legal term pass.\nFrom then on you read it. The reporter and "
                     "your colleague see that you did this.";
  if (auto sure = confirm(words, "yes", options.yes); !sure) return sure;
  const auto accepted =
      core::take_over(*desk->connection, desk->self, found->handle, context.random());
  if (!accepted) return tl::unexpected(accepted.error());
  print_accepted(context, found->handle, *accepted);
  return {};
}

// What each of the reporter's delegations to this member lets them give this person today.
std::vector<core::Compartments> delegated_for(const AtCase& at, const protocol::MemberId& to) {
  std::vector<core::Compartments> parts;
  for (const auto& delegation : at.opened.access.delegations())
    if (delegation.delegate_id == at.desk.self.id() &&
        at.opened.access.may_delegate(delegation, at.today()) &&
        std::binary_search(delegation.people.begin(), delegation.people.end(), to))
      parts.emplace_back(delegation.compartments.begin(), delegation.compartments.end());
  return parts;
}

// A delegation stands although the reporter said no to this person since; then it is said.
std::string said_no(const AtCase& at, const protocol::MemberId& to, const std::string& name) {
  std::uint64_t since = 0;
  for (const auto& delegation : at.opened.access.delegations())
    if (delegation.delegate_id == at.desk.self.id() &&
        std::binary_search(delegation.people.begin(), delegation.people.end(), to))
      since = std::max(since, delegation.seq);
  const auto state = core::fold(at.opened, at.directory());
  const auto* no = core::no_since(state, to, since);
  if (no == nullptr) return {};
  return "About " + name + " the reporter answered \"" + std::string(rules::name_of(no->choice)) +
         "\" on " + protocol::iso_date(no->day) + ": ask again first.\n";
}

// The one that holds whatever the others hold: somebody is let in under a single delegation.
Result<core::Compartments> widest_of(const std::vector<core::Compartments>& delegated) {
  const auto widest =
      std::max_element(delegated.begin(), delegated.end(),
                       [](const auto& a, const auto& b) { return a.size() < b.size(); });
  for (const auto& parts : delegated)
    if (!std::includes(widest->begin(), widest->end(), parts.begin(), parts.end()))
      return bad_input("the reporter delegated " + names_of(*widest) + ", and apart from it " +
                       names_of(parts) + "; name one of them with --part");
  return *widest;
}

Result<void> pass_on(Context& context, const PassingOptions& options) {
  auto at = open_at(context, options.handle);
  if (!at) return tl::unexpected(at.error());
  const auto& directory = at->directory();
  const auto to = person_named(options.to, directory, at->today());
  if (!to) return tl::unexpected(to.error());
  const auto delegated = delegated_for(*at, *to);
  if (delegated.empty())
    return core::fail(ErrorKind::kRefused, "the reporter has not delegated to you to let " +
                                               options.to + " in; propose it to them instead");
  const auto named =
      options.parts.empty() ? widest_of(delegated) : parts_named(options.parts, {*to}, directory);
  if (!named) return tl::unexpected(named.error());
  const auto last_day = last_day_named(options.until, at->today());
  if (!last_day) return tl::unexpected(last_day.error());
  const core::LetIn who{{*to}, *named, *last_day, options.lead};
  const auto words = said_no(*at, *to, options.to) + changed_keys({*to}, directory) + options.to +
                     " reads " + names_of(who.compartments) + " of this case, from the beginning" +
                     (who.holder ? ", and leads it from now on" : "") +
                     ".\nThe reporter sees that you did this. It can't be unread.";
  if (auto sure = confirm(words, "yes", options.yes); !sure) return sure;
  return act_and_print(context, *at->desk.connection, at->desk.self, at->handle,
                       [&](core::Addition& addition, const core::Certificates& certificates) {
                         return core::let_in(addition, who, certificates);
                       });
}

nlohmann::json json_of(const core::Renewed& renewed, const protocol::Handle& handle) {
  auto parts = nlohmann::json::array();
  for (const auto part : renewed.epochs) parts.push_back(rules::name_of(part));
  return {{"handle", handle.hex()},     {"handle_words", core::handle_words(handle)},
          {"own_key", renewed.own_key}, {"epochs", std::move(parts)},
          {"notes", renewed.notes},     {"stand_ins", renewed.stand_ins}};
}

std::string line_of(const core::Renewed& renewed, const protocol::Handle& handle) {
  auto line = core::handle_words(handle) + ": ";
  if (!renewed.any()) return line + "nothing was due\n";
  if (renewed.own_key) line += "sealed to your newest key; ";
  if (!renewed.epochs.empty())
    line += "new keys for " + names_of(renewed.epochs) +
            ", since somebody left or was sealed another key; ";
  if (renewed.notes) line += "new keys for the notes; ";
  if (renewed.stand_ins) line += "notes shared with who stands in for you; ";
  line.resize(line.size() - 2);
  return line + "\n";
}

// One case, or every case shared with this member.
Result<void> renew(Context& context, const PassingOptions& options) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  std::vector<protocol::Handle> handles;
  if (options.handle.empty()) {
    const auto inbox = core::fetch_inbox(*desk->connection, desk->self);
    if (!inbox) return tl::unexpected(inbox.error());
    for (const auto& item : inbox->cases) handles.push_back(item.handle);
  } else {
    const auto handle = find_case(*desk, options.handle);
    if (!handle) return tl::unexpected(handle.error());
    handles.push_back(*handle);
  }
  auto cases = nlohmann::json::array();
  std::string lines;
  std::optional<Error> unsound;  // the first; it keeps no other case from its keys
  const auto of_one_case = [](ErrorKind kind) {
    return kind == ErrorKind::kVerification || kind == ErrorKind::kRefused;
  };
  for (const auto& handle : handles) {
    core::Renewed renewed;
    const auto done = core::act(
        *desk->connection, desk->self, handle,
        [&](core::Addition& addition, const core::Certificates& certificates) -> Result<void> {
          auto due = core::renew(addition, certificates);
          if (!due) return tl::unexpected(due.error());
          renewed = std::move(*due);
          return {};
        },
        context.random());
    if (!done && !of_one_case(done.error().kind)) return tl::unexpected(done.error());
    if (!done) {
      if (!unsound) unsound = done.error();
      lines += core::handle_words(handle) + (done.error().kind == ErrorKind::kRefused
                                                 ? ": not yours any more\n"
                                                 : ": does not check out\n");
      continue;
    }
    cases.push_back(json_of(renewed, handle));
    lines += line_of(renewed, handle);
  }
  context.print({{"cases", std::move(cases)}}, lines.empty() ? "No cases.\n" : lines);
  if (unsound) return tl::unexpected(std::move(*unsound));
  return {};
}

}  // namespace

void add_desk_passing(CLI::App& command, Options& options) {
  const DeskCommands<PassingOptions> commands(command, options);
  const auto& own = commands.own;
  auto* leaving =
      commands.on_case("release", "leave a case; who stands in for you takes over", release);
  leaving->add_flag("--yes", own->yes, "do not ask");

  auto* passing =
      commands.on_case("pass-on", "let in somebody the reporter named to you for it", pass_on);
  passing->add_option("--to", own->to, "whom")->required();
  passing->add_option("--part", own->parts, "what they read; without: all of one delegation")
      ->check(CLI::IsMember(part_names()));
  passing->add_option("--until", own->until, "the last day on which they can, as 2027-03-01");
  passing->add_flag("--lead", own->lead, "they lead the case from now on");
  passing->add_flag("--yes", own->yes, "do not ask");

  auto* taking = commands.on_case(
      "take-over", "a case you stand in for, when its adviser let a legal term pass", take_over);
  taking->add_flag("--yes", own->yes, "do not ask");

  auto* renewing = commands.add(
      "renew", "your newest key, and new keys after somebody left; adds nobody", renew);
  renewing->add_option("case", own->handle, "the case; without: all of yours");
}

}  // namespace omzien::cli
