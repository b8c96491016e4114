// `omzien case withdraw`: the end of a case, by its owner.
#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/lead/proof.h"
#include "clients/core/lead/moves.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

struct WithdrawOptions {
  std::string proof;
  bool yes = false;
};

// On disk before the withdrawal is sent: afterwards there is no case left to make it from.
Result<void> write_proof(const std::string& path, const core::WithdrawalProof& proof) {
  if (path.empty()) return {};
  const auto text = to_json(proof).dump(2) + "\n";
  return core::write_file(path, crypto::as_bytes(text));
}

Result<void> withdraw(Context& context, const WithdrawOptions& options) {
  if (!options.proof.empty() && std::filesystem::exists(options.proof))
    return bad_input(options.proof + " is there already; it is left as it is");
  auto owner = open_owner(context);
  if (!owner) return tl::unexpected(owner.error());
  const auto words =
      "You withdraw case " + core::handle_words(owner->self.handle()) +
      ". Everything in it is destroyed: your story, the talk, the keys. You can't bring it back; a "
      "locked backup may remain for a while.\nStill shown is on which day something was added, "
      "roughly how large it is, whether it was yours, and who read along. A complaint stays "
      "too.\nYour advisers see that it was withdrawn. What they remember, copied or acted on "
      "stays.\nA copy for yourself comes first: \"omzien case export\".";
  if (auto sure = confirm(words, "withdraw", options.yes); !sure) return sure;
  std::optional<core::WithdrawalProof> proof;
  const auto done = core::act(
      *owner->connection, owner->self, owner->self.handle(),
      [&](core::Addition& addition, const core::Certificates&) -> Result<void> {
        if (auto withdrawn = core::withdraw(addition); !withdrawn) return withdrawn;
        proof = core::withdrawal_proof(addition);
        return write_proof(options.proof, *proof);
      },
      context.random());
  if (!done) {
    // Refused, it proves nothing; perhaps arrived, it is all there will be.
    std::error_code ignored;
    if (done.error().kind != ErrorKind::kUnreachable && proof && !options.proof.empty())
      std::filesystem::remove(options.proof, ignored);
    return tl::unexpected(done.error());
  }
  const auto object = to_json(*proof);
  context.print(
      {{"handle", owner->self.handle().hex()},
       {"handle_words", core::handle_words(owner->self.handle())},
       {"withdrawn", true},
       {"proof", object}},
      "Withdrawn. " +
          (options.proof.empty()
               ? "Keep this, if you want a proof of it:\n" + object.dump() + "\n"
               : "The proof is in " + options.proof + "; \"omzien verify file\" checks it.\n"));
  return {};
}

}  // namespace

void add_case_withdraw(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand("withdraw", "take your case back: everything is destroyed");
  add_options(*sub, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<WithdrawOptions>();
  sub->add_option("--proof", own->proof, "a file for the proof; without, it is printed");
  sub->add_flag("--yes", own->yes, "do not ask");
  runs(*sub, [own](Context& context) { return withdraw(context, *own); });
}

}  // namespace omzien::cli
