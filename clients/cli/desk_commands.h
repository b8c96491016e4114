// How each command of `omzien desk` begins: with an organisation, a key file and, mostly, a case.
// Brings CLI11 along, so it is for the files that add them.
#pragma once

#include <CLI/CLI.hpp>

#include "clients/cli/context.h"

namespace omzien::cli {

// `Own` is what the arguments of these commands go into; its `handle` names the case.
template <class Own>
class DeskCommands {
 public:
  using Run = Result<void> (*)(Context&, const Own&);

  DeskCommands(CLI::App& desk, Options& options) : desk_(desk), options_(options) {}

  CLI::App* add(const char* name, const char* what, Run run) const {
    auto* sub = desk_.add_subcommand(name, what);
    add_options(*sub, kNeedsOrg | kNeedsKey | kLeavesTrace, options_);
    runs(*sub, [own = own, run](Context& context) { return run(context, *own); });
    return sub;
  }
  CLI::App* on_case(const char* name, const char* what, Run run) const {
    auto* sub = add(name, what, run);
    sub->add_option("case", own->handle, "the case: its handle, or the words of it")->required();
    return sub;
  }

  const std::shared_ptr<Own> own = std::make_shared<Own>();

 private:
  CLI::App& desk_;
  Options& options_;
};

}  // namespace omzien::cli
