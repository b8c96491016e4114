#include "clients/core/names.h"

#include <cstdio>

#include "crypto/open/word_list.h"

namespace omzien::core {
namespace {

std::string_view word_at(crypto::ByteView bytes, std::size_t index) {
  const auto list = crypto::words(crypto::WordList::kDutch);
  std::uint32_t number = 0;
  for (const auto byte : bytes.subspan(4 * index, 4)) number = number << 8 | byte;
  return list[number % list.size()];
}

}  // namespace

std::string handle_words(const protocol::Handle& handle) {
  const auto bytes = handle.view();
  const unsigned number = (static_cast<unsigned>(bytes[8]) << 8 | bytes[9]) % 100;
  char digits[8];
  std::snprintf(digits, sizeof digits, "%02u", number);
  return std::string(word_at(bytes, 0)) + "-" + std::string(word_at(bytes, 1)) + "-" + digits;
}

std::string head_words(const crypto::Digest& head) {
  std::string words;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) words += ' ';
    words += word_at(head.view(), i);
  }
  return words;
}

}  // namespace omzien::core
