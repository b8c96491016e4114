#include "gateway/http/responses.h"

#include <string>

#include "omzien/rules.h"

namespace omzien::gateway::http {
namespace {

constexpr std::string_view kAlways =
    "Cache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n";

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
