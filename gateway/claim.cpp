#include "gateway/claim.h"

#include "protocol/entry.h"

namespace omzien::gateway {
namespace {

using storage::CaseInfo;
using storage::Result;

// Of one that stands they may know all. Of one that is gone they are told that it was purged, and
// its last header says so: that is looked for, too, where there is no case.
Result<bool> is_told_to_owner(storage::Reader& reader, const protocol::Handle& handle,
                              const std::optional<CaseInfo>& info) {
  if (info && !info->destroyed) return true;
  const auto last = reader.last_header(handle);
  if (!last) return tl::unexpected(last.error());
  if (!*last) return false;
  const auto header = protocol::parse_header((*last)->header);
  return header && std::holds_alternative<protocol::Purge>(header->fields);
}

Result<bool> has_claim(storage::Reader& reader, const Context& context,
                       const protocol::Handle& handle, const std::optional<CaseInfo>& info,
                       const crypto::SigningPublicKey& key) {
  if (protocol::handle_of(key) == handle) return is_told_to_owner(reader, handle, info);
  const auto* person = context.directory().person_with_key(key, context.now.day());
  if (person == nullptr) return false;
  return reader.is_linked(person->member_id, handle);
}

}  // namespace

Outcome<std::optional<CaseState>> case_for(storage::Reader& reader, const Context& context,
                                           const protocol::Handle& handle,
                                           const std::optional<CaseInfo>& info,
                                           const crypto::SigningPublicKey& key) {
  const auto claim = has_claim(reader, context, handle, info, key);
  if (!claim) return tl::unexpected(failure_of(claim.error()));
  if (!info || !*claim) return std::nullopt;
  auto access =
      context.cases.access(reader, handle, *info, context.directory(), context.handled_left);
  if (!access) return tl::unexpected(failure_of(access.error()));
  if (*access == nullptr) return refuse(rules::Status::kLater);
  return CaseState{*info, std::move(*access)};
}

}  // namespace omzien::gateway
