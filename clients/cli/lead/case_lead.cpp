#include "clients/cli/lead/case_lead.h"

namespace omzien::cli {

void add_case_lead(CLI::App& command, Options& options) {
  add_case_grant(command, options);
  add_case_identity(command, options);
  add_case_revoke(command, options);
  add_case_delegate(command, options);
  add_case_dispute(command, options);
  add_case_stay(command, options);
  add_case_complain(command, options);
  add_case_export(command, options);
  add_case_withdraw(command, options);
}

}  // namespace omzien::cli
