// Which side of a picture is up: the one thing of its EXIF that stays.
#pragma once

#include <array>

#include "crypto/verify/bytes.h"

namespace omzien::cleaning {

inline constexpr int kUpright = 1;

// 1 to 8 as EXIF counts; upright where it says nothing that can be read. `exif` begins with its
// mark, as in a JPEG.
int orientation_of(crypto::ByteView exif);

// EXIF with the orientation and nothing else, its mark before it: TIFF 6.0 §2, one entry.
inline constexpr std::size_t kExifMarkBytes = 6;
inline constexpr std::size_t kOwnExifBytes = kExifMarkBytes + 26;
std::array<unsigned char, kOwnExifBytes> plain_exif(int orientation);

}  // namespace omzien::cleaning
