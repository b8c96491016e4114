// A folder of built web pages, read into memory once, at start-up: what the gateway serves later is
// what was there then, and no request ever reaches a file system.
#pragma once

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "crypto/verify/bytes.h"
#include "gateway/http/content_coding.h"
#include "gateway/limits.h"

namespace omzien::gateway::http {

// The folder cannot be served; the text names it, the file, and why.
class SiteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct SiteFile {
  std::string_view type;                  // Content-Type
  std::map<Coding, crypto::Bytes> bytes;  // kIdentity always
};

// By name, as it stands in the folder.
using SiteFiles = std::map<std::string, SiteFile, std::less<>>;

// What "/" is.
inline constexpr std::string_view kIndexName = "index.html";

// Letters, digits, '_', '-' and single dots between them, at least one dot, at most 128 bytes:
// "app-BqR3x.js". So no name is a path, or hidden, or hides another type behind an escape.
bool is_site_name(std::string_view name);

// The folder holds regular files with site names and nothing else: no folder, no link. Each has one
// of the types in site_folder.cpp, or is NAME.br or NAME.gz beside a NAME: the same bytes, coded
// (RFC 7932, RFC 1952); whoever made the folder answers for that. Throws SiteError, also for a
// folder without index.html, and for one of more than site_files_max files or site_bytes_max bytes.
SiteFiles read_site_folder(const std::filesystem::path& folder, const HttpLimits& limits);

}  // namespace omzien::gateway::http
