// Stands in for libFuzzer's main: runs a fuzz target once over every file of a corpus, then for
// some seconds over small changes to them. The changes are the same in every run; what libFuzzer
// does better is to look where they lead.
//
//   fuzz_NAME CORPUS [SECONDS]
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kGrowthBytesMax = 64;

Bytes current;  // what the target works on, for the last words of a program that fails

extern "C" void say_input(int signal) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text = "\nthe input, in hexadecimal: ";
  for (const auto byte : current) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  text += '\n';
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) ::_exit(1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(Bytes bytes) {
  current = std::move(bytes);
  LLVMFuzzerTestOneInput(current.data(), current.size());
}

std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& found : std::filesystem::directory_iterator(folder))
    if (found.is_regular_file()) paths.push_back(found.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> corpus;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    corpus.emplace_back(text.begin(), text.end());
  }
  return corpus;
}

class Changer {
 public:
  explicit Changer(const std::vector<Bytes>& corpus) : corpus_(corpus) {}

  Bytes next() {
    Bytes bytes = corpus_[below(corpus_.size())];
    for (auto changes = 1 + below(4); changes > 0; --changes) change(bytes);
    return bytes;
  }

 private:
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  std::uint8_t some_byte() { return static_cast<std::uint8_t>(below(256)); }
  std::ptrdiff_t place(const Bytes& bytes) {
    return static_cast<std::ptrdiff_t>(below(bytes.size() + 1));
  }

  void change(Bytes& bytes) {
    const auto& other = corpus_[below(corpus_.size())];
    switch (below(5)) {
      case 0:
        if (!bytes.empty()) bytes[below(bytes.size())] = some_byte();
        break;
      case 1:
        if (!bytes.empty()) bytes[below(bytes.size())] ^= static_cast<std::uint8_t>(1U << below(8));
        break;
      case 2: bytes.resize(below(bytes.size() + 1)); break;
      case 3:
        bytes.insert(bytes.begin() + place(bytes), 1 + below(kGrowthBytesMax), some_byte());
        break;
      default: {
        const auto from = place(other);
        bytes.insert(bytes.begin() + place(bytes), other.begin() + from, other.end());
        break;
      }
    }
  }

  const std::vector<Bytes>& corpus_;
  std::mt19937 engine_{1};
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  for (const int signal : {SIGABRT, SIGSEGV}) std::signal(signal, say_input);
  const auto corpus = read_corpus(arguments[1]);
  if (corpus.empty()) return 2;
  for (const auto& bytes : corpus) run(bytes);

  const std::chrono::seconds budget(count > 2 ? std::atoi(arguments[2]) : 0);
  const auto begun = std::chrono::steady_clock::now();
  std::size_t changed = 0;
  for (Changer changer(corpus); std::chrono::steady_clock::now() - begun < budget; ++changed)
    run(changer.next());
  std::cout << corpus.size() << " inputs replayed, " << changed << " changes to them tried\n";
  return 0;
}
