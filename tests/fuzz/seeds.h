// The corpora's first inputs, by what they are of; seeds.cpp has why.
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

#include "tests/kit/organisation.h"

namespace omzien::fuzz {

class Corpus {
 public:
  explicit Corpus(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void add(std::string_view target, std::string_view name, crypto::ByteView bytes) const {
    const auto path = folder_ / target;
    std::filesystem::create_directories(path);
    std::ofstream(path / ("seed-" + std::string(name)), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  void add(std::string_view target, std::string_view name, std::string_view text) const {
    add(target, name, crypto::as_bytes(text));
  }

 private:
  std::filesystem::path folder_;
};

inline constexpr protocol::Day kDay = 20'600;

void add_entries(const Corpus&, const kit::Organisation&);
void add_operations(const Corpus&, const kit::Organisation&);
void add_people(const Corpus&, const kit::Organisation&);
void add_desk(const Corpus&, const kit::Organisation&);

void add_events(const Corpus&, const kit::Organisation&);
void add_crypto(const Corpus&);
void add_local(const Corpus&);
void add_kept(const Corpus&);

void add_storage(const Corpus&);
void add_texts(const Corpus&);

}  // namespace omzien::fuzz
