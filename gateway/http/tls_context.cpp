#include <array>
#include <cstring>
#include <string>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "gateway/http/tls.h"

namespace omzien::gateway::http {
namespace {

// Two records of the largest size: a whole request arrives in one read.
constexpr std::size_t kReadAheadBytes = std::size_t{34} * 1024;

[[noreturn]] void fail(const std::string& what) {
  std::array<char, 256> reason{};
  const unsigned long code = ERR_get_error();
  ERR_error_string_n(code, reason.data(), reason.size());
  ERR_clear_error();
  throw TlsError(code == 0 ? what : what + ": " + reason.data());
}

int no_passphrase(char*, int, int, void*) { return 0; }

// A browser offers h2 first and takes http/1.1; a client that speaks neither gets TLS's own alert.
int select_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_bytes,
                    const unsigned char* offered, unsigned int offered_bytes, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_bytes, kOurs, sizeof kOurs - 1, offered,
                            offered_bytes) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

void forget_everything(SSL_CTX* context) {
  SSL_CTX_set_options(context,
                      SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_CLEANSE_PLAINTEXT);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (SSL_CTX_set_num_tickets(context, 0) != 1) fail("TLS tickets cannot be switched off");
  SSL_CTX_set_max_early_data(context, 0);
  SSL_CTX_set_recv_max_early_data(context, 0);
}

void be_quick(SSL_CTX* context) {
  // Buffers live only while bytes are in them; a page that waits for its next slot costs none.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  // Back to the caller after each record that is no data, so that a flood of them can be counted.
  SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_default_read_buffer_len(context, kReadAheadBytes);
}

}  // namespace

TlsContext::TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
  ERR_clear_error();
  SSL_CTX* context = context_.get();
  if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1)
    fail("TLS 1.3 is not available");
  forget_everything(context);
  be_quick(context);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);

  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1)
    fail("TLS certificate " + certificate.string() + " cannot be read");
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1)
    fail("TLS key " + key.string() + " cannot be read or does not belong to the certificate");
}

}  // namespace omzien::gateway::http
