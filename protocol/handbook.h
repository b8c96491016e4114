// The handbook: what the organisation gives its advisers to work with. The directory names its
// hash, which signs it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/directory.h"

namespace omzien::protocol {

// What to think of in a case of this kind (handelingskader).
struct Checklist {
  rules::CaseKind case_kind{};
  std::string language;
  std::vector<std::string> items;  // in the order of the work
};

// What the organisation means by a word (begrippenlijst).
struct GlossaryTerm {
  std::string key;  // good_key()
  std::string language;
  std::string term;
  std::string meaning;
};

// A text to begin an answer with.
struct Snippet {
  std::string key;  // good_key()
  std::string language;
  std::string title;
  std::string text;
};

struct Handbook {
  std::uint32_t version = 1;  // one more each time anything below changes
  Day changed_day = 0;
  std::vector<Checklist> checklists;   // ascending by kind of case, then language
  std::vector<GlossaryTerm> glossary;  // ascending by key, then language
  std::vector<Snippet> snippets;       // ascending by key, then language

  // In the language asked for, else in any; null when the organisation wrote none.
  const Checklist* checklist(rules::CaseKind, std::string_view language) const;
};

crypto::Bytes encode_handbook(const Handbook&);

// Nothing for what is no handbook, of another suite, out of order or beyond handbook_texts_max.
std::optional<Handbook> parse_handbook(crypto::ByteView);

// The same texts, whatever version and day say.
bool same_texts(const Handbook&, const Handbook&);

}  // namespace omzien::protocol
