#include "clients/cleaning/orientation.h"

#include <memory>

#include <libexif/exif-data.h>

namespace omzien::cleaning {

int orientation_of(crypto::ByteView exif) {
  const std::unique_ptr<ExifData, decltype(&exif_data_unref)> data(
      exif_data_new_from_data(exif.data(), static_cast<unsigned>(exif.size())), exif_data_unref);
  if (!data) return kUpright;
  auto* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return kUpright;
  const int side = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return side >= 1 && side <= 8 ? side : kUpright;
}

std::array<unsigned char, kOwnExifBytes> plain_exif(int orientation) {
  return {
      'E', 'x', 'i', 'f',  0,    0, 'M', 'M', 0, 42, 0, 0, 0,
      8,   0,   1,   0x01, 0x12, 0, 3,   0,   0, 0,  1, 0, static_cast<unsigned char>(orientation),
      0,   0,   0,   0,    0,    0};
}

}  // namespace omzien::cleaning
