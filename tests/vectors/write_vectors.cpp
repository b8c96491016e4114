// usage: omzien-vectors FOLDER
// Writes the known-answer vectors of tests/vectors/README.md, the same bytes every time.

#include <filesystem>
#include <fstream>
#include <iostream>

#include "crypto/verify/secret.h"
#include "tests/vectors/vectors.h"

namespace {

using namespace omzien::crypto;

struct File {
  const char* name;
  vectors::Json (*make)();
};

constexpr File kFiles[] = {
    {"fields.json", vectors::fields},
    {"signature.json", vectors::signature},
    {"ed25519-edge.json", vectors::ed25519_edge},
    {"commitment.json", vectors::commitment},
    {"padding.json", vectors::padding},
    {"event.json", vectors::event},
    {"local.json", vectors::local},
    {"stream.json", vectors::stream},
    {"file-secrets.json", vectors::file_secret},
    {"hpke.json", vectors::hpke},
    {"phrase.json", vectors::phrase},
    {"case-keys.json", vectors::case_keys},
    {"key-file.json", vectors::key_file},
    {"case.json", vectors::cases},
    {"cheats.json", vectors::cheats},
    {"parsing.json", vectors::parsing},
    {"states.json", vectors::states},
    {"event-content.json", vectors::event_content},
    {"access.json", vectors::access},
    {"desk.json", vectors::desk},
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: omzien-vectors FOLDER\n";
    return 2;
  }
  initialise();
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  for (const File& file : kFiles) {
    std::ofstream out(folder / file.name);
    out << file.make().dump(1) << '\n';
    if (!out.flush()) {
      std::cerr << "cannot write " << (folder / file.name) << '\n';
      return 1;
    }
  }
  return 0;
}
