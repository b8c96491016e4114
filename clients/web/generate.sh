#!/bin/sh
# Makes generated/ from proto/: the rules as tables, the schemas as message types.
set -eu
cd "$(dirname "$0")"
proto=../../proto
rm -rf generated
mkdir -p generated
python3 "$proto/generate_rules.py" --ts generated/rules.ts "$proto/rules"
protoc --proto_path="$proto" --plugin=protoc-gen-es=node_modules/.bin/protoc-gen-es \
  --es_out=generated --es_opt=target=ts,import_extension=ts \
  omzien/entry.proto omzien/event.proto omzien/exchange.proto omzien/local.proto omzien/directory.proto
