// The access phrase: eight words, at least 103 bits, that open one case (protocol §7).
//
// Normal form: the words, lower case, joined by one space. Keys grow from the normal form as text,
// so a phrase may mix words of both lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "crypto/open/word_list.h"
#include "crypto/verify/random.h"
#include "crypto/verify/secret.h"

namespace omzien::crypto {

struct PhraseError {
  enum class Kind : std::uint8_t {
    kUnknownWord,  // `word_index` is the first word that stands on no list
    kWrongCount,   // every word is known, but there are not eight of them
    kTooLong,      // more than 1,024 bytes: no phrase
  };
  Kind kind;
  std::size_t word_index = 0;            // from 0
  std::size_t word_count = 0;            // words found
  std::vector<std::string> suggestions;  // for kUnknownWord, best first, at most 5
};

class Phrase {
 public:
  // The normal form, ASCII, without a closing zero.
  ByteView reveal() const { return text_.reveal(); }
  std::string_view reveal_text() const;
  Phrase copy() const { return Phrase(text_.copy()); }

 private:
  friend Phrase generate_phrase(Random& random, WordList list);
  friend tl::expected<Phrase, PhraseError> parse_phrase(std::string_view text);
  explicit Phrase(SecretBytes text) : text_(std::move(text)) {}
  SecretBytes text_;
};

// Eight words, each equally likely (numbers that would favour some are drawn again).
Phrase generate_phrase(Random& random, WordList list);

// Reads what a person typed, UTF-8:
// - upper case becomes lower case; Latin letters lose their accents: é → e, ø → o, ß → ss, ĳ → ij
//   (composed U+00C0 to U+017F, or letter and combining mark U+0300 to U+036F);
// - soft hyphens and zero-width characters vanish;
// - words end at white space of any kind, at . , ; : _ and at any hyphen or dash.
// Anything else stays and makes its word unknown. Nothing is completed or corrected unasked.
tl::expected<Phrase, PhraseError> parse_phrase(std::string_view text);

}  // namespace omzien::crypto
