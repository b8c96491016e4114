#include "gateway/taking_back.h"

#include <algorithm>
#include <set>

namespace omzien::gateway {
namespace {

// Of an entry: its signature and a header without lists. Of a revocation besides: the commitments
// of five epochs.
constexpr std::uint64_t kEntryBytes = 512;
constexpr std::uint64_t kRevocationBytes = 1'024;
// Of each member, revoked or not: 1,336 bytes of wrap and 100 of header where all five compartments
// start anew, and the Protobuf around them.
constexpr std::uint64_t kMemberBytes = 1'536;

bool takes_back(const protocol::Header& header) {
  struct {
    bool operator()(const protocol::Revoke&) const { return true; }
    bool operator()(const protocol::Delegate& delegate) const { return delegate.ended; }
    bool operator()(const protocol::Release&) const { return true; }
    bool operator()(const protocol::Withdraw&) const { return true; }
    bool operator()(const protocol::Open&) const { return false; }
    bool operator()(const protocol::Event&) const { return false; }
    bool operator()(const protocol::Grant&) const { return false; }
    bool operator()(const protocol::Purge&) const { return false; }
    bool operator()(const protocol::Unknown&) const { return false; }
  } kind;
  return std::visit(kind, header.fields);
}

}  // namespace

bool only_takes_back(std::span<const CheckedEntry> entries) {
  return std::all_of(entries.begin(), entries.end(),
                     [](const auto& one) { return takes_back(one.entry.header()); });
}

std::uint64_t revocation_bytes_max(std::size_t members) {
  return kRevocationBytes + members * kMemberBytes;
}

std::size_t members_of(const protocol::Access& access) {
  std::set<protocol::MemberId> members;
  for (const auto& grant : access.grants()) members.insert(grant.member_id);
  return members.size();
}

// Whoever is let in pays for a revocation among as many as there are by then; each revocation has
// one member fewer to reckon with, so what was paid is enough in whatever order they go.
std::uint64_t taking_back_bytes_max(const protocol::Access& access) {
  std::uint64_t bytes = access.delegations().size() * kEntryBytes;
  for (auto members = members_of(access); members > 0; --members)
    bytes += revocation_bytes_max(members);
  return bytes;
}

}  // namespace omzien::gateway
