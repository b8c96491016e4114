#include "clients/cli/shown.h"

#include <algorithm>

namespace omzien::cli {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

bool is_between(unsigned char byte, unsigned char first, unsigned char last) {
  return byte >= first && byte <= last;
}

// Bytes of the character at the beginning, if it may not stand in a terminal; otherwise 0.
std::size_t forbidden_at(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return static_cast<unsigned char>(i < text.size() ? text[i] : '\0');
  };
  if ((at(0) < 0x20 && at(0) != '\t' && at(0) != '\n') || at(0) == 0x7f) return 1;
  if (at(0) == 0xc2 && is_between(at(1), 0x80, 0x9f)) return 2;  // U+0080 to U+009F
  if (at(0) != 0xe2) return 0;
  const bool embeds = at(1) == 0x80 && is_between(at(2), 0xaa, 0xae);    // U+202A to U+202E
  const bool isolates = at(1) == 0x81 && is_between(at(2), 0xa6, 0xa9);  // U+2066 to U+2069
  return embeds || isolates ? 3 : 0;
}

}  // namespace

std::string shown(std::string_view text, std::string_view indent) {
  std::string safe;
  while (!text.empty()) {
    const bool line_ends = text.front() == '\n' || text.substr(0, 2) == "\r\n";
    const auto forbidden = line_ends ? 0 : forbidden_at(text);
    if (line_ends)
      safe.append("\n").append(indent);
    else if (forbidden != 0)
      safe.append(kReplacement);
    else
      safe.push_back(text.front());
    text.remove_prefix(line_ends ? text.find('\n') + 1 : std::max<std::size_t>(forbidden, 1));
  }
  return safe;
}

}  // namespace omzien::cli
