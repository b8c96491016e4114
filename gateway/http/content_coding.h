// Which content coding a visitor takes (Accept-Encoding, RFC 9110 §12.5.3).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace omzien::gateway::http {

// What the gateway has files in, the smallest first.
enum class Coding { kBrotli, kGzip, kIdentity };
inline constexpr Coding kCodings[] = {Coding::kBrotli, Coding::kGzip, Coding::kIdentity};

// More are not read: a browser names four or five.
inline constexpr std::size_t kCodingsListedMax = 16;

// What the visitor wrote, as weights. Without a field, and where the list is longer than
// kCodingsListedMax or is none, only the plain file is sent: everybody takes that.
class Codings {
 public:
  // A field's value, such as "gzip;q=0.8, br, *;q=0". Several fields are one list (RFC 9110 §5.3).
  void take_codings(std::string_view value);

  // In thousandths; 0: not acceptable.
  int weight_of(Coding) const;

 private:
  void take_one(std::string_view element);

  std::optional<int> brotli_;
  std::optional<int> gzip_;
  std::optional<int> identity_;
  std::optional<int> any_;  // "*": those that are not named
  std::size_t listed_ = 0;
  bool unreadable_ = false;
};

}  // namespace omzien::gateway::http
