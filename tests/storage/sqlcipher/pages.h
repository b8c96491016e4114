// A store's files as if its pages were not encrypted.
#pragma once

#include <filesystem>
#include <string>

#include "storage/data_key.h"

namespace omzien::storage::sqlcipher {

// What somebody who has the key finds in every page of the database, freed ones included, and in
// every page that the WAL holds.
std::string every_page(const std::filesystem::path& store, const DataKey&);

}  // namespace omzien::storage::sqlcipher
