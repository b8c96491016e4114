# The reporter's app and the adviser's desk, built when something they are made of has changed.
# shellcheck shell=bash disable=SC2154

# What was changed after the last build began: a file, or a folder that lost one.
web_sources_newer_than() {
  (
    cd "$project" && {
      find clients/web/{core,page,cleaning,mirror,voice,reporter,desk} proto crypto/open/words -newer "$1" -print -quit
      find clients/web -maxdepth 1 -type f -newer "$1" -print -quit
    }
  )
}

# build_web_app: into clients/web/dist/reporter and dist/desk, the same for every organisation. Two scripts started at
# once build them one after the other.
build_web_app() {
  local folder=$project/clients/web
  local stamp=$folder/dist/.web-built
  (
    flock 9
    if [[ -f $stamp && -f $folder/dist/reporter/index.html && -f $folder/dist/desk/index.html ]] &&
      [[ -z $(web_sources_newer_than "$stamp") ]]; then
      exit 0
    fi
    say "building the reporter's app and the adviser's desk"
    mkdir -p "$folder/dist"
    touch "$stamp.new" # before the build: what changes while it runs is newer
    cd "$folder" || exit
    quietly npm run --silent generate
    quietly npm run --silent app
    quietly npm run --silent desk
    mv "$stamp.new" "$stamp"
  ) 9>"$project/.tools/web.lock"
}
