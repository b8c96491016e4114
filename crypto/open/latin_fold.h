// Reads what a person typed as plain Latin letters: lower case, no accents. Rules:
// crypto/open/phrase.h.
#pragma once

#include <string_view>

#include "crypto/verify/secret.h"

namespace omzien::crypto {

// The folded text: [a-z] for letters, one space for anything that ends a word, '?' for what is
// neither. Never longer than `text`; `size` says how much of `bytes` it is.
struct FoldedText {
  SecretBytes bytes;
  std::size_t size = 0;
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.reveal().data()), size};
  }
};
FoldedText fold_latin(std::string_view text);

}  // namespace omzien::crypto
