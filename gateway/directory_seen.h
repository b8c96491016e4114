// Which version of the directory was in force last stands in the store, so that an older file put
// in its place before a start is noticed: it would let people back in who have left.
#pragma once

#include "gateway/people.h"
#include "storage/store.h"

namespace omzien::gateway {

// Throws ConfigError when the directory is not the one seen last or a later version of it.
// storage::Error: the store can't be asked.
storage::Result<void> demand_not_older(storage::Store&, const PeopleInForce&);

storage::Result<void> note_directory(storage::Store&, const PeopleInForce&);

}  // namespace omzien::gateway
