// `omzien case revoke` and `omzien case another`: letting people out, and somebody else in their
// place.
#include <algorithm>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/core/lead/moves.h"
#include "clients/core/lead/replace.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

struct RevokeOptions {
  std::vector<std::string> names;
};

struct AnotherOptions {
  std::string from;
  std::string to;
  std::string text;
  std::string file;
  bool yes = false;
};

Result<void> revoke(Context& context, const RevokeOptions& options) {
  auto owner = open_owner(context);
  if (!owner) return tl::unexpected(owner.error());
  const auto out =
      insiders_named(options.names, owner->opened.access, owner->directory(), owner->today());
  if (!out) return tl::unexpected(out.error());
  return act_and_print(context, *owner->connection, owner->self, owner->self.handle(),
                       [&](core::Addition& addition, const core::Certificates& certificates) {
                         return core::revoke(addition, *out, certificates);
                       });
}

// What the one who comes will read, and until when.
std::string in_words(const AnotherOptions& options, const std::vector<core::Share>& shares) {
  auto words = options.from + " is out, and reads nothing that is written from now on.\n" +
               options.to + " reads what " + options.from +
               " could, and what comes to it from now on, but not who you are:\n";
  for (const auto& share : shares) {
    const auto until = share.last_day == 0
                           ? std::string("until you take it back")
                           : "until " + protocol::iso_date(share.last_day) + " included";
    words += "  " + names_of(share.compartments()) + ", " + until + "\n";
    if (share.holder) words += "  They lead your case, " + until + ".\n";
  }
  return words + "You need give no reason. What " + options.from + " has read they can't unread.";
}

Result<void> another(Context& context, const AnotherOptions& options) {
  auto who = who_reports(context);
  if (!who) return tl::unexpected(who.error());
  std::string word;
  if (!options.text.empty() || !options.file.empty()) {
    auto text = given_text(options.text, options.file, rules::kTextBytesMax);
    if (!text) return tl::unexpected(text.error());
    word = std::move(*text);
  }
  std::optional<Typed> typed;
  if (!word.empty()) typed = {rules::Compartment::kTalk, core::Message{word}};
  auto owner = open_owner(context, std::move(*who), typed);
  if (!owner) return tl::unexpected(owner.error());
  const auto from =
      insider_named(options.from, owner->opened.access, owner->directory(), owner->today());
  if (!from) return keep_word(context, owner->self, owner->self.handle(), word, from.error());
  const auto to = person_named(options.to, owner->directory(), owner->today());
  if (!to) return keep_word(context, owner->self, owner->self.handle(), word, to.error());
  const auto today = std::max(owner->today(), owner->opened.chain.head_day());
  const auto shares = core::shares_of(owner->opened.access, *from, today);
  if (shares.empty())
    return keep_word(context, owner->self, owner->self.handle(), word,
                     {core::ErrorKind::kRefused, options.from + " has nothing to hand on here"});
  const auto words = in_words(options, shares);
  const auto changed = changed_keys({*to}, owner->directory());
  if (auto sure = confirm(changed + words, "yes", options.yes); !sure) return sure;
  auto done = act_and_print(
      context, *owner->connection, owner->self, owner->self.handle(),
      [&](core::Addition& addition, const core::Certificates& certificates) -> Result<void> {
        // They said yes to these words, and not to what somebody let `from` in to meanwhile.
        if (words != in_words(options, core::shares_of(addition.access(), *from, addition.day())))
          return core::fail(core::ErrorKind::kRefused,
                            "what " + options.from +
                                " reads has changed meanwhile; look at it, and say it again");
        if (auto replaced = core::replace(addition, *from, *to, certificates); !replaced)
          return replaced;
        if (word.empty()) return {};
        return addition.tell(rules::Compartment::kTalk, core::Message{word});
      });
  if (done) return done;
  return keep_word(context, owner->self, owner->self.handle(), word, done.error());
}

}  // namespace

void add_case_revoke(CLI::App& command, Options& options) {
  auto* revoking = command.add_subcommand(
      "revoke", "let somebody out: what is written from now on they can't read");
  add_options(*revoking, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto out = std::make_shared<RevokeOptions>();
  revoking->add_option("names", out->names, "whom")->required();
  runs(*revoking, [out](Context& context) { return revoke(context, *out); });

  auto* replacing = command.add_subcommand("another", "another adviser, in one step");
  add_options(*replacing, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<AnotherOptions>();
  replacing->add_option("--from", own->from, "who goes")->required();
  replacing->add_option("--to", own->to, "who comes")->required();
  replacing->add_option("--text,text", own->text, "a word to those who read from now on");
  replacing->add_option("--file", own->file, "a file with it; - reads the keyboard");
  replacing->add_flag("--yes", own->yes, "do not ask");
  runs(*replacing, [own](Context& context) { return another(context, *own); });
}

}  // namespace omzien::cli
