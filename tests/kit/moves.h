// The fields of entries as an honest client would write them, from what the rules say so far. A
// test changes one thing to make one that is not.
#pragma once

#include "protocol/access.h"
#include "tests/kit/organisation.h"

namespace omzien::kit {

using Names = std::vector<std::string>;
using Compartments = std::vector<rules::Compartment>;

protocol::MemberId id_of(const Organisation&, std::string_view name);
// Ascending.
std::vector<protocol::MemberId> ids_of(const Organisation&, const Names&);

// Sealed to the member's key of the directory.
protocol::GrantMember sealed_to(const Organisation&, std::string_view name,
                                std::vector<protocol::CompartmentEpoch> keys);
// The newest epoch of each, whoever holds them.
std::vector<protocol::CompartmentEpoch> newest(const protocol::Access&, const Compartments&);
// The next epoch of each.
std::vector<protocol::EpochStart> next(const protocol::Access&, const Compartments&);

// One new reader of the compartments' newest epochs.
protocol::Grant grant(const protocol::Access&, const Organisation&, std::string_view name,
                      const Compartments&);
// Dormant, standing in for `for_name`.
protocol::Grant stand_in(const protocol::Access&, const Organisation&, std::string_view name,
                         const Compartments&, std::string_view for_name);
// What a member starts to keep the case alive: for all who hold it, and for the owner.
protocol::Grant keep_alive(const protocol::Access&, const Organisation&, const Compartments&,
                           protocol::Day);
// The next epoch of notes, for these.
protocol::Grant notes(const protocol::Access&, const Organisation&, const Names&);
// With the next epoch of all that they held, for all who remain.
protocol::Revoke revoke(const protocol::Access&, const Organisation&, const Names&, protocol::Day);
protocol::Delegate delegate(const Organisation&, std::string_view delegate, const Names& people,
                            const Compartments&, protocol::Day last_day);
protocol::Delegate take_back(const Organisation&, std::string_view delegate);
protocol::Release release(const Organisation&, std::string_view name, rules::ReleaseCause);

rules::EntryKind kind_of(const protocol::Fields&);

}  // namespace omzien::kit
