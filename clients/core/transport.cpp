#include "clients/core/transport.h"

#include <stdexcept>

#include <curl/curl.h>

namespace omzien::core {
namespace {

constexpr long kConnectSeconds = 20;
constexpr long kExchangeSeconds = 60;

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
  auto& bytes = *static_cast<crypto::Bytes*>(into);
  if (bytes.size() + size * count > rules::kLargeFrameBytes) return 0;  // ends the transfer
  bytes.insert(bytes.end(), data, data + size * count);
  return size * count;
}

class HttpTransport final : public Transport {
 public:
  explicit HttpTransport(const Org& org) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || (curl_ = curl_easy_init()) == nullptr)
      throw std::runtime_error("libcurl does not start");
    headers_ = curl_slist_append(headers_, "Content-Type: application/octet-stream");
    headers_ = curl_slist_append(headers_, "Accept:");
    headers_ = curl_slist_append(headers_, "Expect:");
    set(CURLOPT_URL, (org.url + "/v1/exchange").c_str());
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_TIMEOUT, kExchangeSeconds);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, org.proxy.value_or("").c_str());  // and none from the environment
    set(CURLOPT_WRITEFUNCTION, &collect);
    if (!org.tls_pin) return;
    // A pinned key stands for itself: no certificate authority has to know the gateway.
    set(CURLOPT_PINNEDPUBLICKEY, org.tls_pin->c_str());
    set(CURLOPT_SSL_VERIFYPEER, 0L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);
  }
  ~HttpTransport() override {
    curl_easy_cleanup(curl_);
    curl_slist_free_all(headers_);
  }
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;

  Result<crypto::Bytes> exchange(const crypto::Bytes& frame) override {
    crypto::Bytes answer;
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(frame.size()));
    set(CURLOPT_POSTFIELDS, frame.data());
    set(CURLOPT_WRITEDATA, &answer);
    const CURLcode code = curl_easy_perform(curl_);
    if (code == CURLE_SSL_PINNEDPUBKEYNOTMATCH)
      return fail(ErrorKind::kVerification,
                  "the gateway's key is not the one in the organisation file");
    if (code != CURLE_OK)
      return fail(ErrorKind::kUnreachable,
                  std::string("the gateway can't be reached (") + curl_easy_strerror(code) + ")");
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200 || answer.size() != frame.size())
      return fail(ErrorKind::kUnreachable,
                  "what answers at this address is no gateway, or it is out of order");
    return answer;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(curl_, option, value) != CURLE_OK)
      throw std::runtime_error("libcurl refuses a setting this program needs");
  }

  CURL* curl_ = nullptr;
  curl_slist* headers_ = nullptr;
};

}  // namespace

std::unique_ptr<Transport> http_transport(const Org& org) {
  return std::make_unique<HttpTransport>(org);
}

}  // namespace omzien::core
