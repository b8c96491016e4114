#include "clients/core/lead/act.h"

#include "clients/core/fetch.h"

namespace omzien::core {
namespace {

using rules::Status;

constexpr int kActTries = 8;

}  // namespace

Result<std::optional<protocol::Accepted>> hand_in_as_it_stands(Connection& connection,
                                                               const Identity& self,
                                                               const FreezeNow& freeze_now) {
  for (int tries = 0; tries < kActTries; ++tries) {
    const auto frozen = freeze_now();
    if (!frozen) return tl::unexpected(frozen.error());
    if (frozen->empty()) return std::optional<protocol::Accepted>();
    const auto answer = hand_in(connection, self, *frozen);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == Status::kDone) {
      auto accepted = protocol::parse<protocol::Accepted>(answer->body);
      if (!accepted) return fail(ErrorKind::kUnreachable, "the gateway's answer can't be read");
      if (auto noted = note_accepted(connection, self, *frozen); !noted)
        return tl::unexpected(noted.error());
      return accepted;
    }
    if (!is_stale(answer->status)) return tl::unexpected(refusal(answer->status));
    if (auto refreshed = connection.refresh_directory(); !refreshed)
      return tl::unexpected(refreshed.error());
  }
  return fail(ErrorKind::kUnreachable,
              "this case changes faster than you can act on it; try again");
}

Result<std::vector<FrozenEntry>> add_to(Connection& connection, const Identity& self,
                                        const protocol::Handle& handle, const Act& change,
                                        const Certificates& certificates, crypto::Random& random) {
  auto opened = fetch_case(connection, handle, self);
  if (!opened) return tl::unexpected(opened.error());
  Addition addition(std::move(*opened), self, connection.directory(), connection.today(), random,
                    certificates);
  if (auto changed = change(addition, certificates); !changed)
    return tl::unexpected(changed.error());
  return freeze(std::move(addition).entries(), {}, connection.frame_size(), random);
}

Result<std::optional<protocol::Accepted>> act(Connection& connection, const Identity& self,
                                              const protocol::Handle& handle, const Act& change,
                                              crypto::Random& random) {
  const Certificates certificates = [&](const auto& ids, Lapsed lapsed) {
    return connection.certificates(ids, lapsed);
  };
  return hand_in_as_it_stands(connection, self, [&] {
    return add_to(connection, self, handle, change, certificates, random);
  });
}

}  // namespace omzien::core
