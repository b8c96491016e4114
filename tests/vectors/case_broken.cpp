// Logs that are not whole: nothing of them is shown. `breaks` says at which entry, and why; it is
// left out where every entry stands in its place and something else does not fit.
#include <stdexcept>

#include "tests/vectors/case_scene.h"

namespace omzien::crypto::vectors {
namespace {

std::string_view name_of(protocol::EntryError error) {
  switch (error) {
    case protocol::EntryError::kMalformed: return "malformed";
    case protocol::EntryError::kNewerVersion: return "newer version";
    case protocol::EntryError::kSignature: return "signature";
  }
  throw std::logic_error("an error without a name");
}
std::string_view name_of(protocol::ChainError error) {
  switch (error) {
    case protocol::ChainError::kOtherCase: return "other case";
    case protocol::ChainError::kSequence: return "sequence";
    case protocol::ChainError::kLink: return "link";
    case protocol::ChainError::kDay: return "day";
  }
  throw std::logic_error("an error without a name");
}

struct Break {
  std::size_t at;
  std::string_view why;
};

std::optional<Break> break_of(const Log& log) {
  protocol::Chain chain(log.scene().organisation().service(), log.owner().handle());
  for (std::size_t at = 0; at < log.size(); ++at) {
    const auto& stored = log.fetched().entries[at];
    const auto entry = protocol::Entry::parse(stored.header, stored.signature);
    if (!entry) return Break{at, name_of(entry.error())};
    if (const auto placed = chain.extend(entry->header(), entry->hash()); !placed)
      return Break{at, name_of(placed.error())};
  }
  return std::nullopt;
}

class Writer {
 public:
  explicit Writer(const Scene& scene) : scene_(scene) {}

  // `change` spoils the ordinary log; it then breaks at `at` for `why`, or as a whole.
  template <class Change>
  void breaks(std::string_view name, std::optional<Break> expected, Change change) {
    auto log = ordinary_log(scene_);
    change(log);
    const auto found = break_of(log);
    const bool as_expected = found.has_value() == expected.has_value() &&
                             (!found || (found->at == expected->at && found->why == expected->why));
    if (!as_expected) throw std::logic_error("breaks otherwise: " + std::string(name));
    auto made = log_json(name, log);
    if (found) made["breaks"] = {{"at", found->at}, {"why", found->why}};
    made["reads"]["owner"] = read_of(log, "owner", scene_.directory());
    if (!made["reads"]["owner"].contains("error"))
      throw std::logic_error("opens: " + std::string(name));
    logs.push_back(std::move(made));
  }
  Json logs = Json::array();

 private:
  const Scene& scene_;
};

const core::Message kText{"Nog een."};

void broken_order(Writer& to) {
  using Difference = std::ptrdiff_t;
  to.breaks("an entry is missing", Break{3, "sequence"}, [](Log& log) {
    log.change().entries.erase(log.change().entries.begin() + Difference{3});
  });
  to.breaks("the opening is missing", Break{0, "sequence"},
            [](Log& log) { log.change().entries.erase(log.change().entries.begin()); });
  to.breaks("two entries have changed places", Break{6, "sequence"},
            [](Log& log) { std::swap(log.change().entries.at(6), log.change().entries.at(7)); });
  to.breaks("an entry stands twice", Break{8, "sequence"},
            [](Log& log) { log.change().entries.push_back(log.fetched().entries.back()); });
  to.breaks("an entry follows another history", Break{8, "link"}, [](Log& log) {
    log.talk("owner", kText, [](protocol::Header& header) { header.prev_hash = sha256({}); });
  });
  to.breaks("a day earlier than the one before", Break{8, "day"}, [](Log& log) {
    log.on(1);
    log.talk("owner", kText);
  });
  to.breaks("an entry of another organisation", Break{8, "other case"}, [](Log& log) {
    log.talk("owner", kText, [](protocol::Header& header) { header.service_id = {}; });
  });
  to.breaks("an entry of another case", Break{8, "other case"}, [](Log& log) {
    log.talk("owner", kText, [](protocol::Header& header) { header.handle = {}; });
  });
}

void broken_entries(Writer& to) {
  to.breaks("a signature with one bit turned", Break{4, "signature"},
            [](Log& log) { log.change().entries.at(4).signature.at(40) ^= 1; });
  to.breaks("a signature that is too short", Break{4, "malformed"},
            [](Log& log) { log.change().entries.at(4).signature.pop_back(); });
  to.breaks("an entry that names another author", Break{8, "signature"}, [](Log& log) {
    const auto mieke = log.scene().organisation().member("mieke").key->public_key();
    log.talk("owner", kText, [&](protocol::Header& header) { header.author = mieke; });
  });
  to.breaks("a header with one byte more", Break{2, "malformed"},
            [](Log& log) { log.change().entries.at(2).header.push_back(0); });
  to.breaks("a header of a suite to come", Break{2, "newer version"},
            [](Log& log) { log.change().entries.at(2).header.at(1) = rules::kSuite + 1; });
  to.breaks("an entry without a header", Break{2, "newer version"},
            [](Log& log) { log.change().entries.at(2).header.clear(); });
}

void broken_as_a_whole(Writer& to) {
  to.breaks("nothing at all", std::nullopt, [](Log& log) { log.change().entries.clear(); });
  to.breaks("another case share", std::nullopt,
            [](Log& log) { log.change().case_share.reveal_mutable()[0] ^= 1; });
  to.breaks("a case share that is too short", std::nullopt, [](Log& log) {
    auto& share = log.change().case_share;
    share = SecretBytes::from(share.reveal().first(share.size() - 1));
  });
}

}  // namespace

Json broken_cases(const Scene& scene) {
  Writer writer(scene);
  broken_order(writer);
  broken_entries(writer);
  broken_as_a_whole(writer);
  return std::move(writer.logs);
}

Json cases() {
  const Scene scene;
  auto content = scene.organisation().content();
  content.made_day += 1;
  Json logs = Json::array();
  for (const auto& some : {ordinary_cases(scene), forbidden_cases(scene), broken_cases(scene)})
    for (const auto& log : some) logs.push_back(log);
  return {{"service_id", scene.organisation().service().hex()},
          {"directories",
           {{"first", to_hex(scene.directory().bytes())},
            {"another line", to_hex(scene.organisation().sign(content))}}},
          {"people", scene.people()},
          {"logs", logs}};
}

}  // namespace omzien::crypto::vectors
