#include "tests/gateway/http/client.h"

#include <array>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>

namespace omzien::gateway::http::testing {
namespace {

int connect_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

bool connect_internet(int socket, const Endpoint& to) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(to.port);
  ::inet_pton(AF_INET, to.address.c_str(), &address.sin_addr);
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on,
               sizeof on);  // as browsers and libcurl do
  return ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

Client::Client(const Endpoint& to, int unconnected_socket)
    : socket_(unconnected_socket), connected_(connect_internet(socket_, to)) {}

Client::Client(const Endpoint& to, Handshake handshake) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's own socket writes raise it when the server has ended
  if (to.kind == Endpoint::Kind::kUnix) {
    socket_ = connect_unix(to.path.string());
    connected_ = socket_ >= 0;
    return;
  }
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  connected_ = connect_internet(socket_, to);
  if (!connected_ || to.kind != Endpoint::Kind::kTls || handshake == Handshake::kNone) return;
  context_.reset(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_max_proto_version(context_.get(),
                                handshake == Handshake::kTls12 ? TLS1_2_VERSION : 0);
  tls_.reset(SSL_new(context_.get()), SSL_free);
  SSL_set_fd(tls_.get(), socket_);
  connected_ = SSL_connect(tls_.get()) == 1;
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

bool Client::send(std::string_view bytes) {
  if (tls_) return SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::half_close() {
  if (tls_) SSL_shutdown(tls_.get());
  ::shutdown(socket_, SHUT_WR);
}

long Client::read_some(char* into, std::size_t bytes, std::chrono::milliseconds patience) {
  pollfd waited{socket_, POLLIN, 0};
  const bool buffered = tls_ && SSL_has_pending(tls_.get()) == 1;
  if (!buffered && ::poll(&waited, 1, static_cast<int>(patience.count())) <= 0) return -1;
  const long got =
      tls_ ? SSL_read(tls_.get(), into, static_cast<int>(bytes)) : ::recv(socket_, into, bytes, 0);
  if (got <= 0) ended_ = true;
  return got;
}

std::string Client::receive(std::size_t bytes, std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  std::string received(bytes, '\0');
  std::size_t filled = 0;
  while (filled < bytes && !ended_) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    const long got = read_some(received.data() + filled, bytes - filled,
                               std::max(left, std::chrono::milliseconds(0)));
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  received.resize(filled);
  return received;
}

std::optional<std::string> Client::receive_all(std::chrono::milliseconds patience) {
  std::string all = receive(1 << 20, patience);
  if (!ended_) return std::nullopt;
  return all;
}

std::string request_header(std::size_t body_bytes) {
  return "POST /v1/exchange HTTP/1.1\r\nHost: a\r\nUser-Agent: marker-agent-7361\r\n"
         "Content-Type: application/octet-stream\r\nContent-Length: " +
         std::to_string(body_bytes) + "\r\n\r\n";
}

std::string request(std::size_t body_bytes, char fill) {
  return request_header(body_bytes) + std::string(body_bytes, fill);
}

Answer read_answer(Client& client, std::size_t body_bytes, std::chrono::milliseconds patience) {
  Answer answer;
  while (!answer.header.ends_with("\r\n\r\n")) {
    const std::string byte = client.receive(1, patience);
    if (byte.empty()) return {};
    answer.header += byte;
  }
  answer.body = client.receive(body_bytes, patience);
  return answer;
}

Answer exchange(Client& client, std::size_t body_bytes, char fill) {
  if (!client.send(request(body_bytes, fill))) return {};
  return read_answer(client, body_bytes);
}

}  // namespace omzien::gateway::http::testing
