#include "tests/crypto/support.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace omzien::crypto {

namespace {

const std::filesystem::path kSource = OMZIEN_SOURCE_DIR;

}  // namespace

Bytes hex(std::string_view digits) { return from_hex(digits).value(); }

Bytes flipped(ByteView bytes, std::size_t bit) {
  Bytes copy(bytes.begin(), bytes.end());
  copy.at(bit / 8) ^= static_cast<std::uint8_t>(1u << (bit % 8));
  return copy;
}

std::optional<nlohmann::json> published_vectors(std::string_view file) {
  const char* given = std::getenv("OMZIEN_SHARED");
  const auto folder =
      given != nullptr && *given != '\0' ? std::filesystem::path(given) : kSource / ".." / "shared";
  std::ifstream in(folder / "vectors" / file);
  if (!in) return std::nullopt;
  return nlohmann::json::parse(in);
}

nlohmann::json own_vectors(std::string_view file) {
  std::ifstream in(kSource / "tests" / "vectors" / file);
  return nlohmann::json::parse(in);
}

}  // namespace omzien::crypto
