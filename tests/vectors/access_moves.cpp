#include "tests/vectors/access_moves.h"

#include <algorithm>
#include <limits>

#include "protocol/entry_fields.h"
#include "tests/kit/random_moves.h"
#include "tests/vectors/access_text.h"
#include "tests/vectors/vectors.h"

namespace omzien::vectors {
namespace {

using nlohmann::ordered_json;
using protocol::Day;
using rules::Compartment;
using rules::EntryKind;

constexpr Day kFirstDay = 20'000;
constexpr Day kNewKeyDay = kFirstDay + 50;  // anouk's next signing key begins
constexpr Day kLeftDay = kFirstDay + 60;    // bram leaves
constexpr std::uint64_t kDayMax = std::numeric_limits<Day>::max();
constexpr unsigned kAtTheEndEvery = 3;  // logs, one that begins days before the last there is
constexpr std::size_t kMovesPerText = 40;
constexpr std::uint32_t kEventBytes = 1'065;  // any payload's size but none's will do

// Two versions of a directory; in the later one somebody has another key, somebody has left, and a
// term is longer.
struct Setting {
  Setting() : organisation("access moves", kFirstDay) {
    crypto::FixedRandom random("access moves, more keys");
    owner = kit::make_key(random);
    newer_key = kit::make_key(random);
    gateway_key = kit::make_key(random);
    before = organisation.sign(organisation.content());
    hash_before = organisation.directory().hash();
    organisation.next_version();
    auto content = organisation.content();
    for (auto& person : content.people) {
      if (person.name == "bram") person.left_day = kLeftDay;
      if (person.name == "anouk")
        person.signing_keys.push_back({newer_key->public_key(), kNewKeyDay, std::nullopt});
    }
    content.terms.acknowledge_days += 3;
    now = organisation.sign(content);
    keys = {owner->public_key(), newer_key->public_key()};
    for (const auto& member : organisation.members()) keys.push_back(member.key->public_key());
    keys.push_back(gateway_key->public_key());
  }

  std::size_t key_of(const std::string& name) {
    for (std::size_t i = 0; i < organisation.members().size(); ++i)
      if (organisation.members()[i].name == name) return i + 2;
    return 0;
  }

  kit::Organisation organisation;
  kit::SharedKey owner, newer_key, gateway_key;
  crypto::Bytes before, now;
  crypto::Digest hash_before;
  std::vector<crypto::SigningPublicKey>
      keys;  // owner, anouk's newer key, everybody's first, the gateway's
};

struct Line {
  std::size_t author = 0;
  Day day = kFirstDay;
  EntryKind kind{};
  std::uint32_t payload_size = 0;
  bool before = false;
  crypto::Bytes fields;
};

class Log {
 public:
  Log(Setting& setting, const protocol::Directory& directory, unsigned seed)
      : setting_(setting), directory_(directory), moves_(setting.organisation, seed) {
    if (seed % kAtTheEndEvery == 0) day_ = static_cast<Day>(kDayMax - moves_.below(20));
    begin();
  }

  void step(std::size_t count) {
    if (moves_.once_in(5)) day_ = after(day_, moves_.below(4));
    const auto move = moves_.next(access_, day_, lines_.size(), lines_.size() + 60 > count);
    Line line{move.author ? setting_.key_of(*move.author) : 0,
              day_,
              kit::kind_of(move.fields),
              0,
              moves_.once_in(4),
              protocol::encode_fields(move.fields)};
    const bool new_key = day_ >= kNewKeyDay ? !moves_.once_in(4) : moves_.once_in(9);
    if (move.author == "anouk" && new_key) line.author = 1;
    line.payload_size = usual_size(line.kind);
    if (moves_.once_in(25)) line.payload_size = line.payload_size == 0 ? 1 : 0;
    if (moves_.once_in(40)) line.kind = EntryKind{static_cast<std::uint32_t>(1 + moves_.below(9))};
    if (moves_.once_in(20) && !line.fields.empty())
      line.fields[moves_.below(line.fields.size())] ^=
          static_cast<std::uint8_t>(1 + moves_.below(255));
    take(line);
    if (lines_.size() + 30 > count && moves_.once_in(4)) purge();
  }

  ordered_json json() const {
    const auto text = said_ + text_of(access_, directory_, last_day_);
    return {{"moves", lines_}, {"digest", crypto::sha256(crypto::as_bytes(text)).hex()}};
  }

 private:
  // There is no day beyond the last one that a field carries.
  static Day after(Day day, std::uint64_t days) {
    return static_cast<Day>(std::min<std::uint64_t>(day + days, kDayMax));
  }
  static std::uint32_t usual_size(EntryKind kind) {
    const bool has_payload =
        kind == EntryKind::kEvent || kind == EntryKind::kGrant || kind == EntryKind::kRevoke;
    return has_payload ? kEventBytes : 0;
  }

  // Under the earlier directory after any number of days, under this one after its own.
  void purge() {
    const bool before = !moves_.once_in(3);
    const auto days = before ? static_cast<std::uint32_t>(moves_.below(9))
                             : directory_.content().terms.retention_days;
    const bool by_gateway = !moves_.once_in(6);
    const auto day = after(day_, moves_.below(5) + (before ? 0 : days));
    take({by_gateway ? setting_.keys.size() - 1 : moves_.below(setting_.keys.size()), day,
          EntryKind::kPurge, moves_.once_in(9) ? 1U : 0U, before,
          protocol::encode_fields(
              protocol::Purge{rules::RetentionRule{moves_.once_in(9) ? 2U : 1U}, days})});
  }

  // A case that two advisers read, at times one where nobody waits for an answer, as in
  // tests/protocol/access_fixture.h.
  void begin() {
    protocol::Open open;
    open.unclocked = moves_.once_in(6);
    for (const auto compartment : protocol::kOwnersCompartments)
      open.starts.push_back({compartment, 1, {}});
    take({0, day_, EntryKind::kOpen, 0, false, protocol::encode_fields(open)});
    const kit::Compartments told{Compartment::kStory, Compartment::kPeople, Compartment::kTalk,
                                 Compartment::kSummary};
    auto readers = kit::grant(access_, setting_.organisation, "mieke", told);
    readers.members[0].holder = true;
    readers.members.push_back(
        kit::grant(access_, setting_.organisation, "youssef", told).members[0]);
    take({0, day_, EntryKind::kGrant, kEventBytes, false, protocol::encode_fields(readers)});
  }

  void take(const Line& line) {
    const auto verdict = judge(line);
    std::string text;
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(line.author), static_cast<std::uint64_t>(line.day - kFirstDay),
          static_cast<std::uint64_t>(line.kind), static_cast<std::uint64_t>(line.payload_size),
          static_cast<std::uint64_t>(line.before)})
      text += std::to_string(number) + ' ';
    text += line.fields.empty() ? "-" : crypto::to_hex(line.fields);
    lines_.push_back(text + ' ' + verdict);
    last_day_ = line.day;
    if (lines_.size() % kMovesPerText == 0) said_ += text_of(access_, directory_, line.day);
  }

  std::string judge(const Line& line) {
    auto fields = protocol::parse_fields(line.kind, line.fields);
    if (!fields) return "malformed";
    protocol::Header header;
    header.service_id = setting_.organisation.service();
    header.handle = protocol::handle_of(setting_.keys[0]);
    header.author = setting_.keys[line.author];
    header.seq = lines_.size();
    header.day = line.day;
    header.directory_hash = line.before ? setting_.hash_before : directory_.hash();
    header.kind = line.kind;
    header.fields = std::move(*fields);
    header.payload_size = line.payload_size;
    return name_of(access_.admit(header, directory_));
  }

  Setting& setting_;
  const protocol::Directory& directory_;
  kit::RandomMoves moves_;
  protocol::Access access_;
  Day day_ = kFirstDay;
  Day last_day_ = kFirstDay;  // of the last move, which a purge's may be after day_
  std::vector<std::string> lines_;
  std::string said_;  // after every kMovesPerText moves
};

}  // namespace

ordered_json access_moves(unsigned seed, std::size_t logs, std::size_t moves_per_log) {
  Setting setting;
  const auto directory =
      protocol::Directory::parse(setting.now, setting.organisation.service()).value();
  ordered_json all{{"service", setting.organisation.service().hex()},
                   {"directory", crypto::to_hex(setting.now)},
                   {"directory_before", crypto::to_hex(setting.before)},
                   {"first_day", kFirstDay}};
  for (const auto& key : setting.keys) all["keys"].push_back(key.hex());
  for (std::size_t i = 0; i < logs; ++i) {
    Log log(setting, directory, static_cast<unsigned>(seed + i));
    for (std::size_t move = 2; move < moves_per_log; ++move) log.step(moves_per_log);
    all["logs"].push_back(log.json());
  }
  return all;
}

}  // namespace omzien::vectors

namespace omzien::crypto::vectors {

Json access() { return omzien::vectors::access_moves(1, 3, 400); }

}  // namespace omzien::crypto::vectors
