// What a directory must hold to besides its signature. Used by directory.cpp alone.
#pragma once

#include "protocol/directory.h"

namespace omzien::protocol {

bool content_holds(const DirectoryContent&, const ServiceId&);

}  // namespace omzien::protocol
