#include "gateway/http/gate.h"

#include <optional>
#include <string>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "gateway/http/site_folder.h"
#include "omzien/rules.h"

namespace omzien::gateway::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// Reads the fields the gate asks about, as views into the header: the parser calls back, nothing is
// stored.
class HeaderReader final : public beast::http::basic_parser<true> {
 public:
  HeaderReader() {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // the session has counted
    body_limit(boost::none);  // the gate compares with the frames' sizes
  }

  beast::http::verb method = beast::http::verb::unknown;
  std::string_view target;
  int version = 0;
  int hosts = 0;
  int lengths = 0;
  int types = 0;
  std::string_view length;
  std::string_view type;
  Codings codings;
  bool changes_body = false;
  bool close = false;

 private:
  using string_view = beast::string_view;
  using error_code = beast::error_code;

  void on_request_impl(beast::http::verb verb, string_view, string_view path, int http_version,
                       error_code&) override {
    method = verb;
    target = view(path);
    version = http_version;
  }

  void on_field_impl(field name, string_view, string_view value, error_code&) override {
    switch (name) {
      case field::host: ++hosts; break;
      case field::content_length:
        ++lengths;
        length = view(value);
        break;
      case field::content_type:
        ++types;
        type = view(value);
        break;
      case field::accept_encoding: codings.take_codings(view(value)); break;
      case field::transfer_encoding:
      case field::content_encoding:
      case field::trailer:
      case field::expect:
      case field::upgrade: changes_body = true; break;
      case field::connection:
        close = close || beast::http::token_list{value}.exists("close");
        break;
      default: break;
    }
  }

  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override {
    return body.size();
  }
  void on_finish_impl(error_code&) override {}
};

bool has_folded_field(std::string_view header) {
  return header.find("\r\n ") != header.npos || header.find("\r\n\t") != header.npos;
}

bool well_formed(std::string_view header, HeaderReader& reader) {
  if (!header.ends_with(kHeaderEnd) || has_folded_field(header)) return false;
  beast::error_code error;
  const std::size_t used = reader.put(boost::asio::buffer(header.data(), header.size()), error);
  return !error && used == header.size() && reader.is_header_done();
}

// Compared as text, so that "+16384", "016384" and "16384, 16384" are no lengths of ours.
std::optional<std::size_t> frame_bytes(std::string_view digits) {
  for (const std::size_t size : {rules::kFrameBytes, rules::kLargeFrameBytes})
    if (digits == std::to_string(size)) return size;
  return std::nullopt;
}

bool may_be_a_page(std::string_view target) {
  return target == "/" || (target.starts_with('/') && is_site_name(target.substr(1)));
}

Verdict judge_page(const HeaderReader& reader) {
  if (reader.lengths != 0 || !may_be_a_page(reader.target)) return {};
  const bool without_body = reader.method == beast::http::verb::head;
  return {Verdict::Passage::kPage, 0, reader.close, {reader.target, reader.codings, without_body}};
}

}  // namespace

Verdict judge(std::string_view header, Service service) {
  HeaderReader reader;
  if (!well_formed(header, reader) || reader.version != 11 || reader.hosts != 1 ||
      reader.changes_body)
    return {};

  if (service == Service::kHealth) {
    const bool known = reader.method == beast::http::verb::get && reader.target == "/health";
    if (!known || reader.lengths != 0) return {};
    return {Verdict::Passage::kHealth, 0, true};
  }
  if (reader.method == beast::http::verb::get || reader.method == beast::http::verb::head)
    return judge_page(reader);

  const bool known = reader.method == beast::http::verb::post && reader.target == "/v1/exchange";
  if (!known || reader.lengths != 1 || reader.types != 1) return {};
  if (!beast::iequals(reader.type, "application/octet-stream")) return {};
  const auto bytes = frame_bytes(reader.length);
  if (!bytes) return {};
  return {Verdict::Passage::kExchange, *bytes, reader.close};
}

}  // namespace omzien::gateway::http
