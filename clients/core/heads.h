// What was seen last of every case, so that a gateway that shows less, or something else, is
// noticed.
#pragma once

#include <map>

#include "clients/core/case_log.h"
#include "clients/core/local_folder.h"

namespace omzien::core {

struct Head {
  std::uint64_t seq = 0;
  crypto::Digest hash;
  std::uint64_t read_seq = 0;  // how far the person has read
};

class Heads {
 public:
  static Result<Heads> load(const LocalFolder&, const Identity&);
  Result<void> save(const LocalFolder&, const Identity&, crypto::Random&) const;

  const Head* find(const protocol::Handle&) const;

  // kVerification when the case no longer holds the head that was seen, or the directory goes back
  // or is of another line. Otherwise remembers the newer one.
  Result<void> check_and_note(const OpenedCase&);
  Result<void> check_and_note(const protocol::Directory&);
  void note_read(const protocol::Handle&, std::uint64_t seq);

 private:
  std::map<protocol::Handle, Head> heads_;
  std::uint32_t directory_version_ = 0;  // 0: none seen
  crypto::Digest directory_hash_;
};

}  // namespace omzien::core
