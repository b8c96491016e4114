// phrase.json, case-keys.json

#include "crypto/open/case_keys.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

namespace {

std::string text_of(const Phrase& phrase) { return std::string(phrase.reveal_text()); }

const char* name_of(PhraseError::Kind kind) {
  switch (kind) {
    case PhraseError::Kind::kUnknownWord: return "unknown word";
    case PhraseError::Kind::kWrongCount: return "wrong count";
    case PhraseError::Kind::kTooLong: return "too long";
  }
  return "unknown";
}

Json reading(const std::string& typed) {
  const auto parsed = parse_phrase(typed);
  if (parsed) return {{"typed", typed}, {"phrase", text_of(*parsed)}};
  const PhraseError& error = parsed.error();
  return {{"typed", typed},
          {"error", name_of(error.kind)},
          {"word_index", error.word_index},
          {"word_count", error.word_count},
          {"suggestions", error.suggestions}};
}

std::string with_letter(std::string text, char from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, 1, to);
  return text;
}

}  // namespace

Json phrase() {
  FixedRandom random("phrase");
  Json made = Json::array();
  std::string dutch;
  std::string english;
  for (int i = 0; i < 3; ++i)
    for (const WordList list : {WordList::kDutch, WordList::kEnglish}) {
      RecordingRandom recorded(random);
      std::string& text = list == WordList::kDutch ? dutch : english;
      text = text_of(generate_phrase(recorded, list));
      made.push_back({{"list", list == WordList::kDutch ? "nl-1" : "en-1"},
                      {"random", recorded.drawn_hex()},
                      {"phrase", text}});
    }
  std::string upper = dutch;
  for (char& c : upper)
    if (c != ' ') c = static_cast<char>(c - 'a' + 'A');
  const std::string seven = dutch.substr(0, dutch.rfind(' '));
  const std::string last = english.substr(english.rfind(' '));
  Json read = Json::array();
  for (const std::string& typed :
       {"  " + upper + "\r\n", with_letter(dutch, ' ', " - "), with_letter(dutch, ' ', "\u00a0"),
        with_letter(english, 'e', "\u00e9"), with_letter(english, 'o', "o\u0308"),
        with_letter(dutch, 'a', "a\u00ad"), seven + last, seven, dutch + " " + english,
        std::string(), seven + " q", "x" + dutch, seven + last + "zz", with_letter(dutch, ' ', ""),
        std::string("\u65e5\u672c\u8a9e ") + dutch, std::string("1 2 3")})
    read.push_back(reading(typed));
  return {{"made", made}, {"read", read}};
}

Json case_keys() {
  FixedRandom random("case keys");
  Json cases = Json::array();
  for (const WordList list : {WordList::kDutch, WordList::kEnglish}) {
    const Phrase phrase = generate_phrase(random, list);
    const auto service = random_value<protocol::ServiceId>(random);
    const CaseKeys keys(phrase, service);
    Json compartments = Json::array();
    for (const std::uint32_t compartment : {1u, 4u})
      for (const std::uint32_t epoch : {0u, 3u}) {
        const auto prev_hash = epoch == 0 ? Digest() : random_value<Digest>(random);
        const CompartmentKey key = keys.compartment_key(compartment, epoch, prev_hash);
        compartments.push_back({{"compartment", compartment},
                                {"epoch", epoch},
                                {"prev_hash", prev_hash.hex()},
                                {"key", to_hex(key.reveal())}});
      }
    cases.push_back({{"phrase", text_of(phrase)},
                     {"service_id", service.hex()},
                     {"signing_public_key", keys.public_key().hex()},
                     {"xwing_seed", to_hex(keys.xwing_seed().reveal())},
                     {"xwing_key_hash", xwing_key_hash(keys.xwing_public_key()).hex()},
                     {"compartment_keys", compartments},
                     {"local_key", to_hex(keys.local_key().reveal())},
                     {"local_name", keys.local_name().hex()}});
  }
  return {{"cases", cases}};
}

}  // namespace omzien::crypto::vectors
