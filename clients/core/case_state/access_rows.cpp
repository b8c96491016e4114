#include "clients/core/case_state/access_rows.h"

namespace omzien::core {
namespace {

AccessRow row_of(const protocol::LiveGrant& grant, const protocol::Directory& directory) {
  const auto* person = directory.person(grant.member_id);
  AccessRow row{grant.member_id,
                person == nullptr ? "unknown" : person->name,
                {},
                grant.since_day,
                grant.dormant,
                grant.holder};
  for (const auto& key : grant.keys)
    if (row.compartments.empty() || row.compartments.back() != key.compartment)
      row.compartments.push_back(key.compartment);
  return row;
}

}  // namespace

std::vector<AccessRow> access_rows(const protocol::Access& access,
                                   const protocol::Directory& directory) {
  std::vector<AccessRow> rows;
  for (const auto& grant : access.grants()) rows.push_back(row_of(grant, directory));
  return rows;
}

}  // namespace omzien::core
