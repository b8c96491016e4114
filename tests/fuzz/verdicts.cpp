// Prints the C++ side's verdict on every input of a corpus, for clients/web/tests/fuzz to compare
// with its own:
//
//   omzien-fuzz-verdicts CORPUS      one line an input: codec, file, answer, bytes it encodes to
//   again (hexadecimal)
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "crypto/verify/secret.h"
#include "tests/fuzz/codecs.h"

namespace {

omzien::crypto::Bytes content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return {text.begin(), text.end()};
}

}  // namespace

int main(int count, char** arguments) {
  using namespace omzien;
  if (count != 2) return 2;
  crypto::initialise();
  for (const auto& codec : fuzz::kCodecs) {
    for (const auto& file :
         std::filesystem::directory_iterator(std::filesystem::path(arguments[1]) / codec.name)) {
      const auto verdict = codec.judge(content(file.path()));
      std::cout << codec.name << '\t' << file.path().filename().string() << '\t' << verdict.answer
                << '\t' << crypto::to_hex(verdict.again) << '\n';
    }
  }
  return 0;
}
