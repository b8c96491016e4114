#include "crypto/open/latin_fold.h"

#include <algorithm>

namespace omzien::crypto {

namespace {

struct Fold {
  char32_t first, last;
  std::string_view to;
};

// In order, without gaps that matter: a character outside every row is '?'. An empty `to` vanishes.
// Every `to` is no longer than the character is in UTF-8.
constexpr Fold kFolds[] = {
    {0x0009, 0x000d, " "},  {0x0020, 0x0020, " "},  {0x002c, 0x002e, " "},  // white space; , - .
    {0x003a, 0x003b, " "},  {0x005f, 0x005f, " "},                          // : ; _
    {0x0085, 0x0085, " "},  {0x00a0, 0x00a0, " "},  {0x00ad, 0x00ad, ""},   {0x00c0, 0x00c5, "a"},
    {0x00c6, 0x00c6, "ae"}, {0x00c7, 0x00c7, "c"},  {0x00c8, 0x00cb, "e"},  {0x00cc, 0x00cf, "i"},
    {0x00d0, 0x00d0, "d"},  {0x00d1, 0x00d1, "n"},  {0x00d2, 0x00d6, "o"},  {0x00d8, 0x00d8, "o"},
    {0x00d9, 0x00dc, "u"},  {0x00dd, 0x00dd, "y"},  {0x00de, 0x00de, "th"}, {0x00df, 0x00df, "ss"},
    {0x00e0, 0x00e5, "a"},  {0x00e6, 0x00e6, "ae"}, {0x00e7, 0x00e7, "c"},  {0x00e8, 0x00eb, "e"},
    {0x00ec, 0x00ef, "i"},  {0x00f0, 0x00f0, "d"},  {0x00f1, 0x00f1, "n"},  {0x00f2, 0x00f6, "o"},
    {0x00f8, 0x00f8, "o"},  {0x00f9, 0x00fc, "u"},  {0x00fd, 0x00fd, "y"},  {0x00fe, 0x00fe, "th"},
    {0x00ff, 0x00ff, "y"},  {0x0100, 0x0105, "a"},  {0x0106, 0x010d, "c"},  {0x010e, 0x0111, "d"},
    {0x0112, 0x011b, "e"},  {0x011c, 0x0123, "g"},  {0x0124, 0x0127, "h"},  {0x0128, 0x0131, "i"},
    {0x0132, 0x0133, "ij"}, {0x0134, 0x0135, "j"},  {0x0136, 0x0138, "k"},  {0x0139, 0x0142, "l"},
    {0x0143, 0x014b, "n"},  {0x014c, 0x0151, "o"},  {0x0152, 0x0153, "oe"}, {0x0154, 0x0159, "r"},
    {0x015a, 0x0161, "s"},  {0x0162, 0x0167, "t"},  {0x0168, 0x0173, "u"},  {0x0174, 0x0175, "w"},
    {0x0176, 0x0178, "y"},  {0x0179, 0x017e, "z"},  {0x017f, 0x017f, "s"},  {0x0300, 0x036f, ""},
    {0x1680, 0x1680, " "},  {0x2000, 0x200a, " "},  {0x200b, 0x200f, ""},   {0x2010, 0x2015, " "},
    {0x2028, 0x2029, " "},  {0x202f, 0x202f, " "},  {0x205f, 0x205f, " "},  {0x2060, 0x2060, ""},
    {0x3000, 0x3000, " "},  {0xfeff, 0xfeff, ""},
};

struct Character {
  char32_t code;
  std::size_t bytes;
};
constexpr char32_t kBroken = 0xfffd;

// One character of UTF-8 (RFC 3629); a byte that starts none stands for itself as kBroken.
Character next_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {kBroken, 1};
  char32_t code = lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {kBroken, 1};
    code = code << 6 | (byte(i) & 0x3fu);
  }
  return {code, size};
}

}  // namespace

FoldedText fold_latin(std::string_view text) {
  FoldedText folded{SecretBytes(text.size())};
  const auto out = folded.bytes.reveal_mutable();
  const auto put = [&](std::string_view letters) {
    for (const char letter : letters) out[folded.size++] = static_cast<std::uint8_t>(letter);
  };
  while (!text.empty()) {
    const Character next = next_character(text);
    const char32_t code = next.code;
    text.remove_prefix(next.bytes);
    const char lower = static_cast<char>(code | 0x20);
    if (code < 0x80 && lower >= 'a' && lower <= 'z') {
      put({&lower, 1});
      continue;
    }
    const auto* row = std::find_if(std::begin(kFolds), std::end(kFolds), [&](const Fold& fold) {
      return code >= fold.first && code <= fold.last;
    });
    put(row == std::end(kFolds) ? "?" : row->to);
  }
  return folded;
}

}  // namespace omzien::crypto
