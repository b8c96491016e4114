#include "tests/gateway/http/certificate.h"

#include <cstdio>
#include <memory>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace omzien::gateway::http::testing {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
File create(const std::filesystem::path& path) {
  return {std::fopen(path.c_str(), "w"), std::fclose};
}

}  // namespace

void write_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"),
                                                                 EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
  X509_set_version(x509.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509.get()), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(x509.get()), 86'400);
  X509_set_pubkey(x509.get(), pair.get());
  X509_NAME* name = X509_get_subject_name(x509.get());
  const auto* text = reinterpret_cast<const unsigned char*>("127.0.0.1");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(x509.get(), name);
  X509_sign(x509.get(), pair.get(), EVP_sha256());

  PEM_write_X509(create(certificate).get(), x509.get());
  PEM_write_PrivateKey(create(key).get(), pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

}  // namespace omzien::gateway::http::testing
