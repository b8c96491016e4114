// Prints the C++ side's verdicts on the corpora, for clients/web/tests/fuzz to compare with its
// own:
//
//   omzien-fuzz-verdicts CORPUS      one line an input: codec, corpus/file, answer, bytes it
//   encodes to again (hexadecimal); and one for each reader: its name, corpus/file, answer, bytes
//   it was given. The first says whose people sign: "organisation", its service id, the day, its
//   signed directory.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "crypto/verify/secret.h"
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/readers.h"

namespace {

omzien::crypto::Bytes content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return {text.begin(), text.end()};
}

template <class Do>
void for_each_in(const std::filesystem::path& corpora, std::string_view corpus, const Do& work) {
  for (const auto& file : std::filesystem::directory_iterator(corpora / corpus))
    work(std::string(corpus) + '/' + file.path().filename().string(), content(file.path()));
}

}  // namespace

int main(int count, char** arguments) {
  using namespace omzien;
  if (count != 2) return 2;
  crypto::initialise();
  const auto& organisation = fuzz::organisation();
  std::cout << "organisation\t" << crypto::to_hex(organisation.service().view()) << '\t'
            << organisation.day() << '\t'
            << crypto::to_hex(organisation.sign(organisation.content())) << '\n';
  for (const auto& codec : fuzz::kCodecs)
    for_each_in(arguments[1], codec.name, [&](const std::string& file, const auto& input) {
      const auto verdict = codec.judge(input);
      std::cout << codec.name << '\t' << file << '\t' << verdict.answer << '\t'
                << crypto::to_hex(verdict.again) << '\n';
    });
  for (const auto corpus : fuzz::kReadCorpora)
    for_each_in(arguments[1], corpus, [&](const std::string& file, const auto& input) {
      for (const auto& reader : fuzz::kReaders) {
        const auto [given, answer] = reader.read(input);
        std::cout << reader.name << '\t' << file << '\t' << answer << '\t' << crypto::to_hex(given)
                  << '\n';
      }
    });
  return 0;
}
