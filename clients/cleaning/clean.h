// Files without what tells about whoever made them: position, device, author, times, thumbnails,
// remarks, earlier versions, trailing bytes. What is seen stays: every pixel, every word.
//
// Like clients/web/cleaning, for the kinds that a well-kept library reads and writes without loss.
#pragma once

#include <string>
#include <vector>

#include "clients/core/errors.h"
#include "crypto/verify/bytes.h"

namespace omzien::cleaning {

enum class Kind {
  kJpeg,
  kPng,
  kPdf,
  kUncleaned,  // known to tell, and not cleaned here: other pictures, office files, films, sound
  kUnknown,    // anything else, such as plain text
};

// By the first kKindBytes, or all there are: a name may say anything.
inline constexpr std::size_t kKindBytes = 1024;
Kind kind_of(crypto::ByteView file);

struct Cleaned {
  crypto::Bytes bytes;
  std::vector<std::string> removed;  // in words for a person; empty when there was nothing
};

inline constexpr std::size_t kCleanedBytesMax = 104'857'600;  // rules: file_bytes_max

// The same bytes lead to the same bytes, so that a cut-off upload can go on. kBadInput: broken,
// behind a password, too large, or of a kind that is not cleaned.
core::Result<Cleaned> clean(crypto::ByteView file);

// The parts, for `clean`.
core::Result<Cleaned> clean_jpeg(crypto::ByteView file);
core::Result<Cleaned> clean_png(crypto::ByteView file);
core::Result<Cleaned> clean_pdf(crypto::ByteView file);

}  // namespace omzien::cleaning
