// What people type: secrets without echo, texts from a file, an argument or the keyboard.
#pragma once

#include <string>

#include "clients/core/errors.h"
#include "crypto/verify/secret.h"

namespace omzien::cli {

// The environment variable, or a line typed without echo at the terminal. kBadInput when there is
// neither.
core::Result<crypto::SecretBytes> secret(const char* variable, const std::string& prompt);

// As secret(), typed twice when it is typed.
core::Result<crypto::SecretBytes> new_secret(const char* variable, const std::string& prompt);

// A text as it stands in `file`: "-" or an empty name is standard input. Bytes are kept as they
// are; what is not UTF-8, empty or longer than `bytes_max` is bad input.
core::Result<std::string> read_text(const std::string& file, std::size_t bytes_max);

// `text` when it was given, else read_text(file).
core::Result<std::string> given_text(const std::string& text, const std::string& file,
                                     std::size_t bytes_max);

// The same bounds for a text that was an argument.
core::Result<std::string> check_text(std::string text, std::size_t bytes_max);

}  // namespace omzien::cli
