// The directory in force and everybody's certificates, read from the bundle that `omzien admin
// publish` writes, and read again without a restart.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "gateway/clock.h"
#include "gateway/log.h"
#include "gateway/verified.h"
#include "protocol/availability.h"
#include "protocol/certificate.h"

namespace omzien::gateway {

// What people have published since, as the store has it.
struct Published {
  Verified<protocol::Certificate> certificates;
  Verified<protocol::Availability> statements;
};

// One state of the bundle on one day; never changes, so whoever holds it may read it from any
// thread.
struct PeopleInForce {
  protocol::Directory directory;
  // From the bundle, checked: one that is not valid today is left out, unless it ran out. Others
  // are in the store.
  std::map<protocol::MemberId, protocol::Certificate> certificates;
  crypto::Bytes handbook;  // the one that the directory names; empty: none
  std::shared_ptr<Published> published = std::make_shared<Published>();
};

class People {
 public:
  // Reads the bundle. Throws ConfigError when it can't be read, is no bundle, is not signed by the
  // root that `service` names, or breaks its own rules.
  People(std::filesystem::path bundle, const protocol::ServiceId& service, protocol::Day today,
         Log& log);

  std::shared_ptr<const PeopleInForce> in_force() const;
  const protocol::ServiceId& service() const { return service_; }

  enum class Reload {
    kUnchanged,
    kTaken,
    kRefused,  // unreadable, broken, foreign, or not a later version of the one in force, which
               // stays
  };
  // Looks at the file again, and reads it when it may have changed. A refusal is said once in the
  // log. Certificates are looked at again on a new day too, whether the file is there or not. For
  // one thread at a time; readers may go on beside it.
  Reload reload(protocol::Day today);

 private:
  // Device, number, size, and when its bytes and its place were changed last: the system's own, so
  // nobody sets it back. None: there is no file, or it changed just now.
  using FileMark = std::array<std::int64_t, 7>;
  static std::optional<FileMark> mark_of(const std::filesystem::path&);

  Reload refuse(const std::string& why);

  std::filesystem::path path_;
  protocol::ServiceId service_;
  Log& log_;
  std::optional<FileMark> mark_;  // of the file that was read last
  crypto::Digest seen_;           // of that file, taken or refused; zeros: it could not be read
  crypto::Bytes bundle_;          // the file in force
  protocol::Day day_ = 0;         // certificates were checked on
  mutable std::mutex mutex_;
  std::shared_ptr<const PeopleInForce> in_force_;
};

// Who signed the bundle, for a gateway that was not told whose directory to expect. Throws
// ConfigError when it can't be read or is no bundle. Its signature is People's to check.
protocol::ServiceId service_of_bundle(const std::filesystem::path& bundle);

// A member's newest certificate: from the bundle or from the store, whichever has the higher
// number. `stored` is what the store has; a broken one counts for nothing. One that ran out is
// shown where there is no other: whoever reads a case has to be sealed its next keys, or nobody
// else could be let out of it. Clients let nobody in with it.
std::optional<protocol::Certificate> newest_certificate(const PeopleInForce&,
                                                        const protocol::MemberId&,
                                                        const std::optional<crypto::Bytes>& stored,
                                                        protocol::Day today);

}  // namespace omzien::gateway
