#include "clients/cleaning/clean.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace omzien::cleaning {
namespace {

bool starts(crypto::ByteView file, std::string_view with, std::size_t at = 0) {
  const auto head = crypto::as_bytes(with);
  return file.size() >= at + head.size() &&
         std::equal(head.begin(), head.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

bool is_uncleaned(crypto::ByteView file) {
  static constexpr std::array<std::string_view, 9> kHeads = {
      "GIF8",  "RIFF", "PK\x03\x04", "\xd0\xcf\x11\xe0", "ID3", "OggS", "fLaC", "\x1a\x45\xdf\xa3",
      "{\\rtf"};
  return starts(file, "ftyp", 4) ||
         std::ranges::any_of(kHeads, [&](auto head) { return starts(file, head); });
}

}  // namespace

Kind kind_of(crypto::ByteView file) {
  if (starts(file, "\xff\xd8\xff")) return Kind::kJpeg;
  if (starts(file, "\x89PNG\r\n\x1a\n")) return Kind::kPng;
  static constexpr std::string_view kPdf = "%PDF-";
  // Some programs write a few bytes before it.
  const auto head = file.first(std::min(file.size(), kKindBytes));
  const auto pdf = crypto::as_bytes(kPdf);
  if (std::search(head.begin(), head.end(), pdf.begin(), pdf.end()) != head.end())
    return Kind::kPdf;
  return is_uncleaned(file) ? Kind::kUncleaned : Kind::kUnknown;
}

core::Result<Cleaned> clean(crypto::ByteView file) {
  using core::ErrorKind;
  if (file.size() > kCleanedBytesMax)
    return core::fail(ErrorKind::kBadInput, "it is too large to be cleaned");
  switch (kind_of(file)) {
    case Kind::kJpeg: return clean_jpeg(file);
    case Kind::kPng: return clean_png(file);
    case Kind::kPdf: return clean_pdf(file);
    case Kind::kUncleaned:
    case Kind::kUnknown: break;
  }
  return core::fail(ErrorKind::kBadInput, "this program cleans JPEG, PNG and PDF alone");
}

}  // namespace omzien::cleaning
