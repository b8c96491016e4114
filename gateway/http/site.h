// The web pages of one listener, as they go out: headers made once, bytes sent from where they lie.
//
// Every answer is whole: a Range or a condition is not looked at, and there is no ETag and no
// Last-Modified, since each is a mark by which a browser could be known again.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/verify/bytes.h"
#include "gateway/http/content_coding.h"
#include "gateway/limits.h"

namespace omzien::gateway::http {

class Site {
 public:
  enum class Over { kPlain, kTls };

  // Reads the folder; throws SiteError (site_folder.h). Strict-Transport-Security is said over TLS
  // alone: browsers ignore it elsewhere.
  Site(const std::filesystem::path& folder, Over over, const HttpLimits& limits);

  // Both stand as long as the site does.
  struct Page {
    crypto::ByteView header;  // with Content-Length of `body`
    crypto::ByteView body;
  };

  // "/" or "/NAME" exactly, in the coding the visitor likes best; of several the smallest. None:
  // there is no such file, or none of its codings is acceptable.
  std::optional<Page> find(std::string_view target, const Codings& codings) const;

 private:
  struct Variant {
    std::string header;
    crypto::Bytes body;
  };
  std::map<std::string, std::map<Coding, Variant>, std::less<>> files_;
};

}  // namespace omzien::gateway::http
