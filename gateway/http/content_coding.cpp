#include "gateway/http/content_coding.h"

#include <algorithm>

namespace omzien::gateway::http {
namespace {

constexpr int kWhole = 1'000;
// What is acceptable without being named comes after everything that is.
constexpr int kUnnamed = 1;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Up to `separator`, which is taken off `text` with it.
std::string_view cut(std::string_view& text, char separator) {
  const auto at = text.find(separator);
  const auto part = text.substr(0, at);
  text = at == text.npos ? std::string_view{} : text.substr(at + 1);
  return trimmed(part);
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char left, char right) { return lower(left) == right; });
}

// RFC 9110 §12.4.2: "0" or "1", with at most three digits behind the point, and 1 is the most.
std::optional<int> thousandths(std::string_view weight) {
  if (weight.empty() || weight.size() > 5 || (weight[0] != '0' && weight[0] != '1')) return {};
  if (weight.size() > 1 && weight[1] != '.') return {};
  int value = weight[0] == '1' ? kWhole : 0;
  int worth = kWhole;
  for (const char digit : weight.substr(std::min<std::size_t>(2, weight.size()))) {
    if (digit < '0' || digit > '9') return {};
    worth /= 10;
    value += (digit - '0') * worth;
  }
  return value <= kWhole ? std::optional(value) : std::nullopt;
}

}  // namespace

void Codings::take_codings(std::string_view value) {
  // A list with nothing in it asks for the plain file, as no field does.
  while (!value.empty() && !unreadable_) take_one(cut(value, ','));
}

void Codings::take_one(std::string_view element) {
  if (element.empty()) return;  // "gzip,,br" is a list of two (RFC 9110 §5.6.1.2)
  int weight = kWhole;
  const auto name = cut(element, ';');
  if (!element.empty()) {
    const auto key = cut(element, '=');
    const auto written = is(key, "q") ? thousandths(element) : std::nullopt;
    unreadable_ = unreadable_ || !written;
    weight = written.value_or(0);
  }
  unreadable_ = unreadable_ || name.empty() || ++listed_ > kCodingsListedMax;
  if (is(name, "br")) brotli_ = weight;
  if (is(name, "gzip") || is(name, "x-gzip")) gzip_ = weight;  // RFC 9110 §8.4.1.3
  if (is(name, "identity")) identity_ = weight;
  if (name == "*") any_ = weight;
}

int Codings::weight_of(Coding coding) const {
  if (unreadable_) return coding == Coding::kIdentity ? kWhole : 0;
  switch (coding) {
    case Coding::kBrotli: return brotli_.value_or(any_.value_or(0));
    case Coding::kGzip: return gzip_.value_or(any_.value_or(0));
    case Coding::kIdentity: break;
  }
  return identity_.value_or(any_.value_or(kUnnamed));
}

}  // namespace omzien::gateway::http
