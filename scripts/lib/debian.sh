# Debian's packages. Two libraries are wanted newer than some releases have them; those two, and nothing else,
# come from a newer suite of the mirror that the machine already uses.
# shellcheck shell=bash disable=SC2154

readonly kSodiumAtLeast=1.0.22 # X-Wing
readonly kSqlcipherAtLeast=4.6 # the version the store was measured and tested with
readonly kExtraSources=/etc/apt/sources.list.d/omzien-extra.sources
readonly kExtraPins=/etc/apt/preferences.d/omzien
readonly kDebianKeyring=/usr/share/keyrings/debian-archive-keyring.gpg

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@"
}

# One package a line.
wanted_packages() {
  local boost=libboost-dev
  [[ $VERSION_CODENAME == bookworm ]] && boost=libboost1.81-dev # its default is 1.74
  printf '%s\n' \
    g++ cmake ninja-build ccache pkg-config python3 ca-certificates openssl iproute2 \
    "$boost" protobuf-compiler libprotobuf-dev libssl-dev libsodium-dev libsqlcipher-dev libseccomp-dev \
    libexpected-dev libcli11-dev libtomlplusplus-dev nlohmann-json3-dev libspdlog-dev libcurl4-openssl-dev \
    libjpeg-dev libpng-dev libexif-dev libqpdf-dev libimage-exiftool-perl mat2 imagemagick qpdf webp \
    libgtest-dev libgmock-dev libbenchmark-dev clang-format clang-tidy cppcheck shellcheck \
    chromium chromium-headless-shell firefox-esr fonts-dejavu-core espeak-ng pocketsphinx pocketsphinx-en-us
  # A desktop keeps the sound server that it has.
  dpkg-query -W pipewire-pulse >/dev/null 2>&1 || printf '%s\n' pulseaudio
  # Another vendor's Node.js brings its own npm and does not mix with Debian's.
  command -v node >/dev/null || printf '%s\n' nodejs
  command -v npm >/dev/null || printf '%s\n' npm
}

installed_packages() {
  dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^.i  *//p'
}

# installed_at_least PACKAGE VERSION
installed_at_least() {
  local version
  version=$(dpkg-query -W -f '${Version}' "$1" 2>/dev/null) && dpkg --compare-versions "$version" ge "$2"
}

# candidate_at_least PACKAGE VERSION: would apt install it that new, from the suites it knows?
candidate_at_least() {
  local version
  version=$(LC_ALL=C apt-cache policy "$1" | sed -n 's/^ *Candidate: //p')
  [[ -n $version && $version != '(none)' ]] && dpkg --compare-versions "$version" ge "$2"
}

# The address of the mirror from which this machine gets Debian itself.
debian_mirror() {
  apt-get indextargets --format '$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)' 'Identifier: Packages' |
    sed -n "s/^Debian|$VERSION_CODENAME|main|//p" | grep -v '^cdrom:' | head -n 1
}

knows_suite() {
  apt-get indextargets --format '$(CODENAME)|$(COMPONENT)' 'Identifier: Packages' | grep -qx "$1|main"
}

# use_suite SUITE PRIORITY PACKAGES: add the suite where it is missing, at a priority that lets nothing in by
# itself, and prefer it for the packages named.
use_suite() {
  local suite=$1 priority=$2 packages=$3
  if ! knows_suite "$suite"; then
    say "adding Debian's suite $suite for $packages only, in $kExtraSources and $kExtraPins"
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' \
      "$mirror" "$suite" "$kDebianKeyring" | as_root tee -a "$kExtraSources" >/dev/null
    printf 'Package: *\nPin: release n=%s\nPin-Priority: %s\n\n' "$suite" "$priority" |
      as_root tee -a "$kExtraPins" >/dev/null
  fi
  printf 'Package: %s\nPin: release n=%s\nPin-Priority: 600\n\n' "$packages" "$suite" |
    as_root tee -a "$kExtraPins" >/dev/null
}

add_newer_suites() {
  local mirror
  candidate_at_least libsodium-dev "$kSodiumAtLeast" && candidate_at_least libsqlcipher-dev "$kSqlcipherAtLeast" &&
    return
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || die "apt knows no Debian mirror for $VERSION_CODENAME: is this Debian 12 or newer?"
  # What an interrupted or older run left is written anew.
  as_root rm -f "$kExtraSources" "$kExtraPins"
  quietly apt_get update
  quietly apt_get install debian-archive-keyring # an old one cannot vouch for a newer suite
  candidate_at_least libsodium-dev "$kSodiumAtLeast" ||
    use_suite forky -1 'libsodium26 libsodium-dev'
  candidate_at_least libsqlcipher-dev "$kSqlcipherAtLeast" ||
    use_suite "$VERSION_CODENAME-backports" 100 'libsqlcipher1 libsqlcipher-dev sqlcipher'
  quietly apt_get update
  candidate_at_least libsodium-dev "$kSodiumAtLeast" || die "the mirror has no libsodium $kSodiumAtLeast in forky"
  candidate_at_least libsqlcipher-dev "$kSqlcipherAtLeast" ||
    die "the mirror has no SQLCipher $kSqlcipherAtLeast in $VERSION_CODENAME-backports"
}

install_debian_packages() {
  local missing
  mapfile -t missing < <({
    comm -23 <(wanted_packages | sort) <(installed_packages | sort)
    installed_at_least libsodium-dev "$kSodiumAtLeast" || echo libsodium-dev
    installed_at_least libsqlcipher-dev "$kSqlcipherAtLeast" || echo libsqlcipher-dev
  } | sort -u)
  ((${#missing[@]} == 0)) && return
  say "installing Debian packages: ${missing[*]}"
  quietly apt_get update
  add_newer_suites
  quietly apt_get install --no-install-recommends "${missing[@]}"
}
