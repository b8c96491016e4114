# Sourced by every script: where the project is, and its own Node.js in front where setup had to bring one.
# shellcheck shell=bash
project=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
if [[ -x $project/.tools/node_modules/.bin/node ]]; then
  PATH=$project/.tools/node_modules/.bin:$PATH
fi
export PATH

# Progress goes to stderr: the stdout of scripts/run and scripts/test belongs to what they start.
say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 1; }

# Runs a command silently; what it printed is shown only if it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status != 0)); then
    cat "$log" >&2
    say "failed with $status: $*"
  fi
  rm -f "$log"
  return "$status"
}
