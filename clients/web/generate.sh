#!/bin/sh
# Makes generated/ from proto/: the rules as tables, the schemas as tables and shapes; and, for the tests alone, as a
# library's own message types.
set -eu
cd "$(dirname "$0")"
proto=../../proto
schemas="omzien/entry.proto omzien/event.proto omzien/exchange.proto omzien/directory.proto"
rm -rf generated
mkdir -p generated
python3 "$proto/generate_rules.py" --ts generated/rules.ts "$proto/rules"
# shellcheck disable=SC2086  # the schemas are several
protoc --proto_path="$proto" --plugin=protoc-gen-es=node_modules/.bin/protoc-gen-es \
  --es_out=generated --es_opt=target=ts,import_extension=ts \
  --descriptor_set_out=generated/descriptors.bin $schemas
node generate_wire.js generated/descriptors.bin generated/wire.ts
