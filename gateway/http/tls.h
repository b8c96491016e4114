// TLS 1.3 with OpenSSL, as a Stream.
//
// OpenSSL works on the socket through a BIO of ours: what it writes is gathered and leaves in one
// send (an answer of 16,384 bytes and its header fill two records), what it reads it takes as much
// at once as there is. asio's ssl::stream instead writes each buffer by itself and copies through a
// BIO pair.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>

#include "gateway/http/stream.h"

struct ssl_ctx_st;

namespace omzien::gateway::http {

// The certificate or the key cannot be used; the text says which file and why.
class TlsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What all TLS connections of an address share. Minimum TLS 1.3; no tickets, no session cache and
// no early data (each would let two connections of one person be linked, or a request be replayed);
// decrypted bytes are wiped by OpenSSL after they were handed over. No record padding: requests and
// answers have one size.
class TlsContext {
 public:
  // Reads a PEM certificate chain (the server's own first) and its unencrypted PEM key. Throws
  // TlsError.
  TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key);

  // The socket is connected and non-blocking; closing it is the caller's. May be called from any
  // thread.
  std::unique_ptr<Stream> make_stream(int socket) const;

 private:
  std::shared_ptr<ssl_ctx_st> context_;
};

// Records without application data (key updates, warnings) that one read may meet before the peer
// is taken for a flooder.
inline constexpr int kTlsControlRecordsMax = 16;

}  // namespace omzien::gateway::http
