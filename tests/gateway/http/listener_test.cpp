#include "gateway/http/listener.h"

#include <fstream>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

using std::chrono::milliseconds;

Endpoint unix_at(const std::filesystem::path& path) { return {Endpoint::Kind::kUnix, path, {}, 0}; }

std::string message_of(const Endpoint& endpoint) {
  net::io_context context;
  try {
    Listener(context, endpoint, milliseconds(1), {});
  } catch (const ListenError& error) {
    return error.what();
  }
  return "";
}

TEST(Listener, SaysWhereItReallyListens) {
  RunningServer server;
  const auto lines = server.addresses();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "reporter http://127.0.0.1:" + std::to_string(server.plain.port));
  EXPECT_EQ(lines[1], "desk https://127.0.0.1:" + std::to_string(server.tls.port));
  EXPECT_EQ(lines[2], "health http://127.0.0.1:" + std::to_string(server.health.port));
}

TEST(Listener, MakesAUnixSocketForItsGroupAndTakesItAway) {
  Folder folder;
  const auto path = folder / "socket";
  {
    RunningServer server([&](Config& config) { config.listen.reporter = unix_at(path); });
    struct stat found {};
    ASSERT_EQ(::stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0660U);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Listener, ReplacesAUnixSocketNobodyAnswersOn) {
  Folder folder;
  const auto path = folder / "socket";
  {
    net::io_context context;
    { const Listener first(context, unix_at(folder / "made"), milliseconds(1), {}); }
    Listener stale(context, unix_at(folder / "made"), milliseconds(1), {});
    std::filesystem::rename(folder / "made", path);
  }
  ASSERT_TRUE(std::filesystem::is_socket(path));
  EXPECT_EQ(message_of(unix_at(path)), "");
}

TEST(Listener, LeavesAUnixSocketSomebodyAnswersOn) {
  Folder folder;
  net::io_context context;
  Listener first(context, unix_at(folder / "socket"), milliseconds(1), {});
  EXPECT_NE(message_of(unix_at(folder / "socket")).find("somebody answers"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_socket(folder / "socket"));
}

TEST(Listener, LeavesAFileThatIsNoSocket) {
  Folder folder;
  std::ofstream(folder / "file") << "text";
  EXPECT_NE(message_of(unix_at(folder / "file")).find("something else"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_regular_file(folder / "file"));
}

TEST(Listener, SaysWhatIsWrongWithAnAddress) {
  RunningServer server;
  EXPECT_NE(message_of(server.plain).find("in use"), std::string::npos);
  EXPECT_NE(message_of({Endpoint::Kind::kPlain, {}, "localhost", 1}).find("numeric"),
            std::string::npos);
  EXPECT_NE(message_of(unix_at("/" + std::string(200, 'x'))).find("107"), std::string::npos);
}

TEST(Listener, PausesWhenFileDescriptorsRunOutAndGoesOnAfter) {
  RunningServer server;
  Client before(server.plain);
  ASSERT_EQ(exchange(before).body.size(), 16'384U);
  const int made_before = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  rlimit old{};
  ::getrlimit(RLIMIT_NOFILE, &old);
  // Nothing more can be opened in this process, by the server neither.
  const rlimit none{4, old.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);

  Client waiting(server.plain, made_before);
  waiting.send(request(16'384));
  EXPECT_EQ(waiting.receive(1, milliseconds(300)), "") << "nobody could take it";
  EXPECT_EQ(exchange(before).body.size(), 16'384U) << "who is in goes on";

  ::setrlimit(RLIMIT_NOFILE, &old);
  EXPECT_EQ(read_answer(waiting, 16'384).body.size(), 16'384U);
}

}  // namespace
}  // namespace omzien::gateway::http::testing
