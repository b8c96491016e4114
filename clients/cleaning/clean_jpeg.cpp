// JPEG: the coefficients are copied as they are, so every pixel stays; no marker comes along but
// the one that says which side is up (as `jpegtran -copy none` does it).
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>

#include "clients/cleaning/clean.h"
#include "clients/cleaning/orientation.h"

namespace omzien::cleaning {
namespace {

constexpr int kExif = JPEG_APP0 + 1;
constexpr unsigned kMarkerBytesMax = 0xffff;
constexpr long kMemoryMax = 1L << 30;

// libjpeg reports an error by calling back, and wants not to be returned to.
struct Errors {
  jpeg_error_mgr manager{};
  std::jmp_buf back{};
};
[[noreturn]] void leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<Errors*>(info->err)->back, 1);
}
// A warning is damage that a viewer would paint over; a damaged file is the sender's to look at.
void note(j_common_ptr info, int level) {
  if (level < 0) leave(info);
}

int side_up(const jpeg_decompress_struct& in) {
  for (auto* marker = in.marker_list; marker != nullptr; marker = marker->next) {
    if (marker->marker != kExif) continue;
    if (const int side = orientation_of({marker->data, marker->data_length}); side != kUpright)
      return side;
  }
  return kUpright;
}

void write_orientation(jpeg_compress_struct& out, int side) {
  const auto exif = plain_exif(side);
  jpeg_write_marker(&out, kExif, exif.data(), exif.size());
}

struct Copy {
  jpeg_decompress_struct in{};
  jpeg_compress_struct out{};
  Errors errors;
  unsigned char* written = nullptr;
  unsigned long size = 0;
  bool told = false;

  ~Copy() {
    jpeg_destroy_compress(&out);
    jpeg_destroy_decompress(&in);
    std::free(written);  // NOLINT(cppcoreguidelines-no-malloc): libjpeg's jpeg_mem_dest() gave it
  }
};

// Only what can be jumped over without harm lives in here.
bool copy(Copy& it, crypto::ByteView file) {
  it.in.err = it.out.err = jpeg_std_error(&it.errors.manager);
  it.errors.manager.error_exit = leave;
  it.errors.manager.emit_message = note;
  if (setjmp(it.errors.back) != 0) return false;
  jpeg_create_decompress(&it.in);
  jpeg_create_compress(&it.out);
  it.in.mem->max_memory_to_use = it.out.mem->max_memory_to_use = kMemoryMax;
  jpeg_mem_src(&it.in, file.data(), file.size());
  for (int marker = JPEG_APP0; marker < JPEG_APP0 + 16; ++marker)
    jpeg_save_markers(&it.in, marker, kMarkerBytesMax);
  jpeg_save_markers(&it.in, JPEG_COM, kMarkerBytesMax);
  jpeg_read_header(&it.in, TRUE);
  auto** coefficients = jpeg_read_coefficients(&it.in);
  jpeg_copy_critical_parameters(&it.in, &it.out);
  if (it.in.progressive_mode) jpeg_simple_progression(&it.out);
  it.out.optimize_coding = TRUE;
  // Dots per inch are a device's; that pixels are square is not.
  it.out.density_unit = 0;
  it.out.X_density = it.out.Y_density = 1;
  jpeg_mem_dest(&it.out, &it.written, &it.size);
  jpeg_write_coefficients(&it.out, coefficients);
  if (const int side = side_up(it.in); side != kUpright) write_orientation(it.out, side);
  for (auto* marker = it.in.marker_list; marker != nullptr; marker = marker->next)
    it.told |= marker->marker != JPEG_APP0 && marker->marker != JPEG_APP0 + 14 &&
               !(marker->marker == kExif && marker->data_length == kOwnExifBytes);
  jpeg_finish_compress(&it.out);
  jpeg_finish_decompress(&it.in);
  return true;
}

}  // namespace

core::Result<Cleaned> clean_jpeg(crypto::ByteView file) {
  Copy it;
  if (!copy(it, file))
    return core::fail(core::ErrorKind::kBadInput, "it is a broken or unfinished JPEG picture");
  Cleaned cleaned{{it.written, it.written + it.size}, {}};
  if (it.told)
    cleaned.removed.emplace_back(
        "what its camera or program wrote: position, device, author, times");
  if (it.in.src->bytes_in_buffer > 0) cleaned.removed.emplace_back("what stood behind the picture");
  return cleaned;
}

}  // namespace omzien::cleaning
