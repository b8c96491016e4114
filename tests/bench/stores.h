// Stores of several sizes whose rows are as a real organisation's would be. Filling goes through
// the storage interface in large transactions; most cases are copies of a few under handles of
// their own, and every so many is a case of which the bench has the keys, so that the gateway can
// be asked about it.
#pragma once

#include <vector>

#include "storage/store.h"
#include "tests/bench/parts.h"
#include "tests/kit/case_builder.h"

namespace omzien::bench {

// Cases in each store that can be asked about, spread evenly over it.
inline constexpr std::size_t kKnownCases = 500;

std::filesystem::path store_folder(const StoresOptions&, std::size_t cases);

// The opening of a case of ordinary size, with mieke or youssef as its holder in turn, another
// adviser, and a stand-in. `number` says which case.
protocol::OpenCase ordinary_opening(kit::CaseBuilder&, std::size_t number);

// What its owner says next.
protocol::SubmittedEntry next_message(kit::CaseBuilder&);

// The known case `number` (below kKnownCases), where it stands in the store.
kit::CaseBuilder known_case(const kit::Organisation&, std::size_t number, storage::Reader&);

// Of the database, before anybody asked for anything.
std::uintmax_t bytes_when_filled(const std::filesystem::path& folder);

}  // namespace omzien::bench
