// PNG: pixels are read and written anew, with what colours mean and which side is up; text, times,
// EXIF, profiles and whatever else stood beside them stay behind.
#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <memory>
#include <png.h>

#include "clients/cleaning/clean.h"
#include "clients/cleaning/orientation.h"

namespace omzien::cleaning {
namespace {

constexpr png_uint_32 kSideMax = 30'000;
constexpr std::size_t kPixelBytesMax = 1U << 29;  // 512 MB, unpacked

struct Copy {
  crypto::ByteView file;
  std::size_t at = 0;
  crypto::Bytes written;
  png_structp in = nullptr;
  png_infop info = nullptr;
  png_structp out = nullptr;
  png_infop kept = nullptr;
  int side = kUpright;
  bool own_exif = false;  // as it is written here

  ~Copy() {
    png_destroy_read_struct(&in, &info, nullptr);
    png_destroy_write_struct(&out, &kept);
  }
};

[[noreturn]] void leave(png_structp png, png_const_charp) { png_longjmp(png, 1); }
void ignore(png_structp, png_const_charp) {}

void read(png_structp png, png_bytep data, std::size_t size) {
  auto& it = *static_cast<Copy*>(png_get_io_ptr(png));
  if (it.file.size() - it.at < size) png_error(png, "cut off");
  std::memcpy(data, it.file.data() + it.at, size);
  it.at += size;
}
void write(png_structp png, png_bytep data, std::size_t size) {
  auto& it = *static_cast<Copy*>(png_get_io_ptr(png));
  it.written.insert(it.written.end(), data, data + size);
}

bool read_picture(Copy& it) {
  it.in = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, ignore);
  it.info = it.in == nullptr ? nullptr : png_create_info_struct(it.in);
  if (it.info == nullptr || setjmp(png_jmpbuf(it.in)) != 0) return false;
  png_set_user_limits(it.in, kSideMax, kSideMax);
  png_set_read_fn(it.in, &it, read);
  png_read_info(it.in, it.info);
  if (png_get_rowbytes(it.in, it.info) * png_get_image_height(it.in, it.info) > kPixelBytesMax)
    return false;
  it.at = 0;
  png_destroy_read_struct(&it.in, &it.info, nullptr);
  it.in = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, ignore);
  it.info = it.in == nullptr ? nullptr : png_create_info_struct(it.in);
  if (it.info == nullptr || setjmp(png_jmpbuf(it.in)) != 0) return false;
  png_set_user_limits(it.in, kSideMax, kSideMax);
  png_set_read_fn(it.in, &it, read);
  png_read_png(it.in, it.info, PNG_TRANSFORM_IDENTITY, nullptr);
  return true;
}

// Here EXIF stands without the mark that a JPEG has before it.
void find_side(Copy& it) {
  png_bytep data = nullptr;
  png_uint_32 size = 0;
  if (png_get_eXIf_1(it.in, it.info, &size, &data) == 0) return;
  const auto mark = plain_exif(kUpright);
  crypto::Bytes exif(mark.begin(), mark.begin() + kExifMarkBytes);
  exif.insert(exif.end(), data, data + size);
  it.side = orientation_of(exif);
  it.own_exif = it.side != kUpright && std::ranges::equal(exif, plain_exif(it.side));
}

// What pixels mean: size and kind, palette, transparency, and the curve of brightness.
void keep_meaning(Copy& it) {
  png_uint_32 width = 0;
  png_uint_32 height = 0;
  int depth = 0;
  int colours = 0;
  int interlace = 0;
  png_get_IHDR(it.in, it.info, &width, &height, &depth, &colours, &interlace, nullptr, nullptr);
  png_set_IHDR(it.out, it.kept, width, height, depth, colours, interlace, PNG_COMPRESSION_TYPE_BASE,
               PNG_FILTER_TYPE_BASE);
  png_colorp palette = nullptr;
  int count = 0;
  if (png_get_PLTE(it.in, it.info, &palette, &count) != 0)
    png_set_PLTE(it.out, it.kept, palette, count);
  png_bytep alpha = nullptr;
  png_color_16p clear = nullptr;
  if (png_get_tRNS(it.in, it.info, &alpha, &count, &clear) != 0)
    png_set_tRNS(it.out, it.kept, alpha, count, clear);
  int intent = 0;
  png_fixed_point gamma = 0;
  if (png_get_sRGB(it.in, it.info, &intent) != 0)
    png_set_sRGB(it.out, it.kept, intent);
  else if (png_get_gAMA_fixed(it.in, it.info, &gamma) != 0)
    png_set_gAMA_fixed(it.out, it.kept, gamma);
  if (it.side == kUpright) return;
  auto exif = plain_exif(it.side);
  png_set_eXIf_1(it.out, it.kept, exif.size() - kExifMarkBytes, exif.data() + kExifMarkBytes);
}

bool write_picture(Copy& it) {
  it.out = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, ignore);
  it.kept = it.out == nullptr ? nullptr : png_create_info_struct(it.out);
  if (it.kept == nullptr || setjmp(png_jmpbuf(it.out)) != 0) return false;
  png_set_write_fn(it.out, &it, write, nullptr);
  keep_meaning(it);
  png_set_rows(it.out, it.kept, png_get_rows(it.in, it.info));
  png_write_png(it.out, it.kept, PNG_TRANSFORM_IDENTITY, nullptr);
  return true;
}

bool told(const Copy& it) {
  constexpr png_uint_32 kTelling = PNG_INFO_iCCP | PNG_INFO_pHYs | PNG_INFO_tIME | PNG_INFO_oFFs |
                                   PNG_INFO_pCAL | PNG_INFO_sCAL | PNG_INFO_sPLT;
  png_textp text = nullptr;
  return png_get_valid(it.in, it.info, kTelling) != 0 ||
         (png_get_valid(it.in, it.info, PNG_INFO_eXIf) != 0 && !it.own_exif) ||
         png_get_text(it.in, it.info, &text, nullptr) > 0;
}

}  // namespace

core::Result<Cleaned> clean_png(crypto::ByteView file) {
  Copy it;
  it.file = file;
  const bool read = read_picture(it);
  if (read) find_side(it);
  if (!read || !write_picture(it))
    return core::fail(core::ErrorKind::kBadInput, "it is a broken, unfinished or huge PNG picture");
  Cleaned cleaned{std::move(it.written), {}};
  if (told(it)) cleaned.removed.emplace_back("what its program wrote: author, device, times");
  if (it.at < file.size()) cleaned.removed.emplace_back("what stood behind the picture");
  return cleaned;
}

}  // namespace omzien::cleaning
