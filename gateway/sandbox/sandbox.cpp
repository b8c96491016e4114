#include "gateway/sandbox/sandbox.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <string>

#include "gateway/sandbox/allowed.h"

namespace omzien::gateway::sandbox {
namespace {

void demand(int result, const char* what) {
  if (result >= 0) return;
  throw SandboxError(std::string("the sandbox can't be closed: ") + what + ": " +
                     std::strerror(-result));
}

}  // namespace

void close() {
  const std::unique_ptr<void, decltype(&seccomp_release)> filter(
      seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release);
  if (!filter) throw SandboxError("the sandbox can't be closed: no seccomp");
  demand(seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1), "all threads");
  for (const char* name : allowed_calls()) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR) throw SandboxError(std::string("no such system call: ") + name);
    demand(seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, number, 0, nullptr), name);
  }
  // A thread of this process, never a process: the flags are clone's first argument. Those of
  // clone3 stand in memory, where no filter sees them; without it the C library takes clone.
  const scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
  demand(seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &thread),
         "clone");
  demand(seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, nullptr),
         "clone3");
  demand(seccomp_load(filter.get()), "load");
}

}  // namespace omzien::gateway::sandbox
