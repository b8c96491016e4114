#include "gateway/http/responses.h"

#include <string>

#include "omzien/rules.h"

namespace omzien::gateway::http {
namespace {

constexpr std::string_view kAlways =
    "Cache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n";

// Nothing but our own files and the exchange on our own address: no worker, no frame, no inline
// script or style, no string that becomes markup (design §8).
constexpr std::string_view kPolicy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; media-src blob:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    // What tells where or who somebody is, is off, whatever the page would ask; the microphone is
    // the page's own, for a report that is spoken.
    "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), usb=()\r\n";

// A year. Not for subdomains: those may be other people's.
constexpr std::string_view kTlsAlways = "Strict-Transport-Security: max-age=31536000\r\n";

std::string header(std::string_view status, std::string_view type, std::size_t body_bytes) {
  std::string text = "HTTP/1.1 ";
  text.append(status).append("\r\n");
  if (!type.empty()) text.append("Content-Type: ").append(type).append("\r\n");
  text.append("Content-Length: ").append(std::to_string(body_bytes)).append("\r\n");
  return text.append(kAlways);
}

std::string frame_text(std::size_t bytes) {
  return header("200 OK", "application/octet-stream", bytes) + "\r\n";
}

std::string last_text(std::string_view status, std::string_view type, std::string_view body) {
  return header(status, type, body.size()).append("Connection: close\r\n\r\n").append(body);
}

}  // namespace

crypto::ByteView frame_header(std::size_t frame_bytes) {
  static const std::string frame = frame_text(rules::kFrameBytes);
  static const std::string large_frame = frame_text(rules::kLargeFrameBytes);
  return crypto::as_bytes(frame_bytes == rules::kFrameBytes ? frame : large_frame);
}

std::string page_header(std::string_view type, std::string_view coding, std::size_t body_bytes,
                        bool tls) {
  std::string text = header("200 OK", type, body_bytes);
  if (!coding.empty()) text.append("Content-Encoding: ").append(coding).append("\r\n");
  text.append("Vary: Accept-Encoding\r\n").append(kPolicy);
  if (tls) text.append(kTlsAlways);
  return text.append("\r\n");
}

crypto::ByteView refusal() {
  static const std::string text = last_text("400 Bad Request", "", "");
  return crypto::as_bytes(text);
}

crypto::ByteView health(bool healthy) {
  static const std::string ok = last_text("200 OK", "application/json", R"({"status":"ok"})");
  static const std::string failing =
      last_text("503 Service Unavailable", "application/json", R"({"status":"failing"})");
  return crypto::as_bytes(healthy ? ok : failing);
}

}  // namespace omzien::gateway::http
