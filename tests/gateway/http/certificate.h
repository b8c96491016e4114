// A self-signed certificate for 127.0.0.1, made anew, as two PEM files.
#pragma once

#include <filesystem>

namespace omzien::gateway::http::testing {

void write_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key);

}  // namespace omzien::gateway::http::testing
