// omzien-peer: our HPKE, driven by another program. One JSON object a line in, one out, bytes as
// hex:
//   {"op": "public_key", "seed"}                                    → {"public_key"}
//   {"op": "seal", "public_key", "info", "aad", "plaintext"}        → {"enc", "ciphertext"}
//   {"op": "open", "seed", "enc", "info", "aad", "ciphertext"}      → {"plaintext"}
// and {"error"} for what is refused or no request. For tests alone.

#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "crypto/open/hpke.h"

namespace {

using namespace omzien::crypto;
using nlohmann::json;

Bytes bytes(const json& request, const char* name) {
  return from_hex(request.at(name).get<std::string>()).value();
}

template <class Value>
Value value(const json& request, const char* name) {
  return std::move(Value::from(bytes(request, name)).value());
}

json seal(const json& request) {
  SystemRandom random;
  const auto sealed =
      hpke_seal(value<XWingPublicKey>(request, "public_key"), bytes(request, "info"),
                bytes(request, "aad"), bytes(request, "plaintext"), random);
  if (!sealed) return {{"error", "no public key"}};
  return {{"enc", sealed->enc.hex()}, {"ciphertext", to_hex(sealed->ciphertext)}};
}

json open(const json& request) {
  const auto plaintext =
      hpke_open(value<XWingSeed>(request, "seed"), value<XWingCiphertext>(request, "enc"),
                bytes(request, "info"), bytes(request, "aad"), bytes(request, "ciphertext"));
  if (!plaintext) return {{"error", "refused"}};
  return {{"plaintext", to_hex(plaintext->reveal())}};
}

json answer(const std::string& line) {
  const json request = json::parse(line);
  const auto op = request.at("op").get<std::string>();
  if (op == "public_key")
    return {{"public_key", xwing_public_key(value<XWingSeed>(request, "seed")).hex()}};
  if (op == "seal") return seal(request);
  if (op == "open") return open(request);
  return {{"error", "unknown op"}};
}

}  // namespace

int main() {
  initialise();
  for (std::string line; std::getline(std::cin, line);) {
    try {
      std::cout << answer(line) << std::endl;
    } catch (const std::exception& error) {  // a badly formed request; this program is for tests
      std::cout << json{{"error", error.what()}} << std::endl;
    }
  }
  return 0;
}
