# Node.js and what npm brings. Where the machine's own is too old for Vite, npm's packages of Node.js and of npm
# itself go into .tools/, in the project and nowhere else.
# shellcheck shell=bash disable=SC2154

readonly kNodeAtLeast=20.19.0
readonly kNpmAtLeast=11.0.0
readonly kNodePinned=24.21.0
readonly kNpmPinned=11.21.2

# version_at_least VERSION LEAST
version_at_least() {
  [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

# npm's own version, from its package.json: starting npm would take longer than all the rest of a second setup.
npm_version() {
  local manifest
  manifest=$(dirname "$(readlink -f "$(command -v npm)")")/../package.json
  if [[ -f $manifest ]]; then
    sed -n 's/^  "version": "\(.*\)",$/\1/p' "$manifest"
  else
    npm --version
  fi
}

node_is_new_enough() {
  local node
  node=$(node --version) && version_at_least "${node#v}" "$kNodeAtLeast" &&
    version_at_least "$(npm_version)" "$kNpmAtLeast"
}

install_own_node() {
  node_is_new_enough && return
  local platform
  case $(dpkg --print-architecture) in
    amd64) platform=linux-x64 ;;
    arm64) platform=linux-arm64 ;;
    *) die "needs Node.js $kNodeAtLeast and npm $kNpmAtLeast or newer; there is no package of them for this machine" ;;
  esac
  say "installing Node.js $kNodePinned and npm $kNpmPinned in .tools/: the machine has $(node --version) and $(npm_version)"
  mkdir -p "$project/.tools"
  quietly npm install --prefix "$project/.tools" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts \
    "node-$platform@$kNodePinned" "npm@$kNpmPinned"
  PATH=$project/.tools/node_modules/.bin:$PATH
  hash -r
  node_is_new_enough || die "the Node.js in .tools/ does not start"
  say "the project's scripts now use it; for a shell of your own: PATH=$project/.tools/node_modules/.bin:\$PATH"
}

# install_node_modules FOLDER: `npm ci`, unless the lock file is the one last installed from.
install_node_modules() {
  local folder=$project/$1 stamp
  stamp=$folder/node_modules/.installed-lock.json
  [[ -f $folder/package-lock.json ]] || return 0
  cmp -s "$folder/package-lock.json" "$stamp" && return
  say "installing the npm packages of $1"
  (cd "$folder" && quietly npm ci --ignore-scripts --no-audit --no-fund)
  cp "$folder/package-lock.json" "$stamp"
}
