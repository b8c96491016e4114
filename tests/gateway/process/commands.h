// The gateway's commands as a person runs them, on a store with something in every table.
#pragma once

#include "tests/gateway/process/stored_cases.h"
#include "tests/storage/sqlcipher/around_cases.h"
#include "tests/storage/sqlcipher/every_row.h"

namespace omzien::gateway::process {

using storage::sqlcipher::differing;
using storage::sqlcipher::empty_in;

inline constexpr int kDone = 0;
inline constexpr int kBadInput = 2;

class Commands : public StoredCases {
 protected:
  std::string at(const char* name) const { return (folder_ / name).string(); }
  Ran command(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--config", config()});
    return run(arguments);
  }
  std::string elsewhere(const char* name) const { return (elsewhere_ / name).string(); }
  Ran restore_elsewhere(std::vector<std::string> more) {
    write_to(elsewhere_);
    std::filesystem::copy_file(at("gateway.key"), elsewhere("gateway.key"));
    std::vector<std::string> all{"restore", "--from", at("backup"), "--config",
                                 elsewhere("gateway.toml")};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  // The same beside what a store keeps of them: files, people, days. Nothing is empty then but the
  // tombstones.
  void fill_every_table(int concluded, int open) {
    fill(concluded, open);
    {
      std::vector<protocol::Handle> handles;
      for (const auto& made : cases_) handles.push_back(made.handle());
      crypto::SystemRandom random;
      const auto store =
          std::move(storage::sqlcipher::open(store_in(folder_), key_in(folder_), random).value());
      const auto directory = organisation_.directory();
      storage::sqlcipher::put_around_cases(*store, handles, today(),
                                           {directory.content().version, directory.hash()});
    }
    const auto before = rows_in(folder_);
    ASSERT_EQ(command({"rekey", "--data-key"}).code, kDone);
    ASSERT_THAT(differing(before, rows_in(folder_)), testing::ElementsAre("tombstone_keys"));
    ASSERT_THAT(empty_in(rows_in(folder_)), testing::ElementsAre("tombstones"))
        << "what is empty is not compared: fill it";
  }

  static storage::KeyFileSecret key_in(const ScratchFolder& folder,
                                       const char* name = "gateway.key") {
    return storage::read_key_file(folder / name).value();
  }
  static storage::sqlcipher::OpenOptions store_in(const ScratchFolder& folder) {
    storage::sqlcipher::OpenOptions options;
    options.path = folder / "store.db";
    return options;
  }
  // Also while a gateway has it open.
  static storage::sqlcipher::EveryRow rows_in(const ScratchFolder& folder,
                                              const char* key = "gateway.key") {
    return every_row(store_in(folder), key_in(folder, key));
  }

  static std::size_t destroyed(const std::vector<protocol::Log>& logs) {
    std::size_t count = 0;
    for (const auto& log : logs) {
      const bool none = std::none_of(log.entries.begin(), log.entries.end(),
                                     [](const auto& entry) { return !entry.payload.empty(); });
      if (none && log.case_share.empty()) ++count;
    }
    return count;
  }

  ScratchFolder elsewhere_;
};

}  // namespace omzien::gateway::process
