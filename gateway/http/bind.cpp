#include "gateway/http/bind.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "gateway/http/listener.h"

namespace omzien::gateway::http {
namespace {

constexpr mode_t kUnixSocketMode = 0660;  // the reverse proxy or the onion service is in the group

class Socket {
 public:
  explicit Socket(int family)
      : fd_(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

[[noreturn]] void fail(const std::string& address, int error) {
  throw ListenError("cannot listen on " + address + ": " + std::generic_category().message(error));
}

const sockaddr* as_sockaddr(const void* address) { return static_cast<const sockaddr*>(address); }

bool somebody_answers(const sockaddr_un& address) {
  const Socket probe(AF_UNIX);
  return ::connect(probe.get(), as_sockaddr(&address), sizeof address) == 0 ||
         errno != ECONNREFUSED;
}

// Only a socket's file is ever removed, and only one that refuses connections.
void remove_stale(const std::string& name, const sockaddr_un& address) {
  struct stat found {};
  if (::lstat(address.sun_path, &found) != 0) return;
  if (!S_ISSOCK(found.st_mode))
    throw ListenError("cannot listen on " + name + ": something else has this name");
  if (somebody_answers(address))
    throw ListenError("cannot listen on " + name + ": somebody answers there");
  ::unlink(address.sun_path);
}

int listen_unix(const Endpoint& endpoint) {
  const std::string path = endpoint.path.string();
  const std::string name = "unix:" + path;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path)
    throw ListenError("cannot listen on " + name + ": a socket's path has 1 to 107 bytes");
  std::memcpy(address.sun_path, path.data(), path.size());

  remove_stale(name, address);
  Socket socket(AF_UNIX);
  if (socket.get() < 0 || ::bind(socket.get(), as_sockaddr(&address), sizeof address) != 0)
    fail(name, errno);
  if (::chmod(path.c_str(), kUnixSocketMode) != 0 || ::listen(socket.get(), SOMAXCONN) != 0)
    fail(name, errno);
  return socket.release();
}

struct InternetAddress {
  sockaddr_storage storage{};
  socklen_t bytes = 0;
};

InternetAddress internet_address(const Endpoint& endpoint) {
  InternetAddress result;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&result.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&result.storage);
  if (::inet_pton(AF_INET, endpoint.address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(endpoint.port);
    result.bytes = sizeof *v4;
  } else if (::inet_pton(AF_INET6, endpoint.address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(endpoint.port);
    result.bytes = sizeof *v6;
  } else {
    throw ListenError("cannot listen on " + endpoint.address + ": not a numeric address");
  }
  return result;
}

int listen_internet(Endpoint& endpoint) {
  const std::string name = endpoint.address + " port " + std::to_string(endpoint.port);
  InternetAddress address = internet_address(endpoint);
  Socket socket(address.storage.ss_family);
  const int on = 1;
  // After a restart the old connections' remains must not keep the port. No delay: an answer is one
  // send.
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (socket.get() < 0 || ::bind(socket.get(), as_sockaddr(&address.storage), address.bytes) != 0)
    fail(name, errno);
  if (::listen(socket.get(), SOMAXCONN) != 0) fail(name, errno);

  socklen_t bytes = sizeof address.storage;
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address.storage),
                &bytes);  // our own name, nobody else's
  const bool v4 = address.storage.ss_family == AF_INET;
  endpoint.port = ntohs(v4 ? reinterpret_cast<const sockaddr_in*>(&address.storage)->sin_port
                           : reinterpret_cast<const sockaddr_in6*>(&address.storage)->sin6_port);
  return socket.release();
}

}  // namespace

int bind_and_listen(Endpoint& endpoint) {
  return endpoint.kind == Endpoint::Kind::kUnix ? listen_unix(endpoint) : listen_internet(endpoint);
}

}  // namespace omzien::gateway::http
