// The parts of parsing.json: bytes that are no header, no directory, no frame.
#pragma once

#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

Json header_cases();
Json frame_cases();
Json directory_cases();
Json certificate_cases();

}  // namespace omzien::crypto::vectors
