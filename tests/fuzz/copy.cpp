// What anybody may hand to `omzien verify file`: JSON by chance, and a real copy or proof that was
// altered. A copy that opens says what its authors signed, from the first entry on, and a proof
// that checks is the one that was made, but for what it does not prove.
#include "clients/cli/lead/copy_file.h"
#include "clients/cli/lead/proof.h"
#include "tests/fuzz/kept.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {
namespace {

using Json = nlohmann::json;

void check_by_chance(crypto::ByteView input) {
  const auto object = Json::parse(input.begin(), input.end(), nullptr, false);
  if (const auto proof = cli::proof_from(object)) (void)core::check(*proof);
  const auto copy = cli::copy_from(object);
  if (!copy) return;
  must(cli::copy_from(cli::to_json(*copy)).has_value());
  const auto directory = protocol::Directory::parse(copy->directory, copy->service);
  if (!directory) return;
  if (const auto opened = core::open_copy(*copy, *directory))
    (void)cli::text_of(*opened, *directory);
}

void flip(std::span<std::uint8_t> bytes, Input& input) {
  if (!bytes.empty())
    bytes[input.below(bytes.size())] ^= static_cast<std::uint8_t>(1 + input.below(255));
}

template <class Value>
void flip_in(Value& value, Input& input) {
  flip(std::span(value.data(), Value::kSize), input);
}

void alter(core::OwnCopy& copy, Input& input) {
  auto& entries = copy.entries;
  const auto deed = input.below(10);
  if (deed == 0) return flip(copy.directory, input);
  if (deed == 1) return flip_in(copy.handle, input);
  if (entries.empty()) return;
  const auto at = input.below(entries.size());
  auto& entry = entries[at];
  switch (deed) {
    case 2: return flip(entry.header, input);
    case 3: return flip_in(entry.signature, input);
    case 4: return flip(entry.payload, input);
    case 5: return entry.key.reset();
    case 6: entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at)); return;
    case 7: return std::swap(entry, entries[input.below(entries.size())]);
    case 8: return std::swap(entry.payload, entries[input.below(entries.size())].payload);
    default: return entries.resize(at);  // nobody can tell that a log went on
  }
}

// Header by header the log that was copied, and no text but those that stood there.
void must_be_a_beginning(const core::OpenedCase& opened) {
  const auto& whole = kept().opened.entries;
  must(opened.entries.size() <= whole.size());
  for (std::size_t i = 0; i < opened.entries.size(); ++i) {
    must_equal(opened.entries[i].entry.header_bytes(), whole[i].entry.header_bytes());
    if (!opened.entries[i].event) continue;
    must(whole[i].event.has_value());
    const auto said = core::encode_event(*opened.entries[i].event);
    const auto was = core::encode_event(*whole[i].event);
    must_equal(said.reveal(), was.reveal());
  }
}

void check_copy(Input& input) {
  auto copy = *cli::copy_from(cli::to_json(kept().copy));
  while (!input.ended()) alter(copy, input);
  const auto read = cli::copy_from(Json::parse(cli::to_json(copy).dump()));
  must(read.has_value());
  const auto directory = protocol::Directory::parse(read->directory, read->service);
  if (!directory) return;
  const auto opened = core::open_copy(*read, *directory);
  if (!opened) return;
  must_be_a_beginning(*opened);
  must(!cli::text_of(*opened, *directory).empty());
}

void check_proof(Input& input) {
  auto proof = kept().proof;
  while (!input.ended()) {
    auto& before = proof.before;
    const auto at = before.empty() ? 0 : input.below(before.size());
    switch (input.below(5)) {
      case 0: flip(proof.header, input); break;
      case 1: flip_in(proof.signature, input); break;
      case 2:
        if (!before.empty()) flip_in(before[at], input);
        break;
      case 3: before.resize(at); break;
      default:
        if (!before.empty()) std::swap(before[at], before[input.below(before.size())]);
    }
  }
  auto object = cli::to_json(kept().proof);
  object["header"] = crypto::to_hex(proof.header);
  object["signature"] = proof.signature.hex();
  object["before"] = Json::array();
  for (const auto& hash : proof.before) object["before"].push_back(hash.hex());
  const auto read = cli::proof_from(object);
  must(read.has_value());
  if (!core::check(*read)) return;
  const auto& made = kept().proof;
  must_equal(read->header, made.header);
  must(read->signature == made.signature && read->before.size() == made.before.size());
  must(read->before.back() == made.before.back());  // which pins those before it
}

}  // namespace

void run(crypto::ByteView bytes) {
  if (!bytes.empty() && bytes.front() == '{') return check_by_chance(bytes);
  Input input(bytes);
  if (input.byte() % 2 == 0)
    check_copy(input);
  else
    check_proof(input);
}

}  // namespace omzien::fuzz
