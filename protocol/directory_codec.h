// Codec of the directory's content. Used by directory.cpp alone.
#pragma once

#include <optional>

#include "protocol/directory.h"

namespace omzien::protocol {

enum class CodecError { kMalformed, kNewerVersion };

tl::expected<DirectoryContent, CodecError> parse_directory_content(crypto::ByteView bytes);

}  // namespace omzien::protocol
