// What an error means and what to do about it, for the person who runs the gateway. Never sent to
// anybody else: on the wire every storage error is the one status `storage`.
#pragma once

#include <string_view>

#include "storage/store.h"

namespace omzien::storage {

// One sentence or two, without the path it happened at: the caller knows that and says it first.
std::string_view describe(Error error);

}  // namespace omzien::storage
