// `omzien`: reporting and advising from a terminal, and an administrator's tool.
#include <csignal>
#include <exception>
#include <fcntl.h>
#include <iostream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/shown.h"

namespace {

constexpr int kDone = 0;

// The number of one that is closed would go to the next file or connection that is opened, and what
// is printed with it: a case's texts, to the gateway. One that can't be written to says so.
void hold_standard_descriptors() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(number, F_GETFD) < 0)
      std::ignore = ::open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

int run(int argc, char** argv) {
  using namespace omzien;
  crypto::initialise();
  cli::Options options;
  CLI::App app{"Omzien: report, read and answer, end-to-end encrypted."};
  app.require_subcommand(1);
  cli::add_report(app, options);
  cli::add_case(app, options);
  cli::add_desk(app, options);
  cli::add_key(app, options);
  cli::add_admin(app, options);
  cli::add_verify(app, options);
  cli::add_outbox(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked_for_help = error.get_exit_code() == kDone;
    app.exit(error);
    return asked_for_help ? kDone : static_cast<int>(cli::ErrorKind::kBadInput);
  }
  cli::Context context(options);
  const auto done = cli::chosen()(context);
  if (!done) {
    // It may quote a name out of a file or a directory.
    std::cerr << "omzien: " << cli::shown(done.error().message, "") << '\n';
    return static_cast<int>(done.error().kind);
  }
  // Done is done; but who reads only what is printed was not told.
  if (std::cout.flush()) return kDone;
  std::cerr << "omzien: it was done, but what this prints could not be written\n";
  return static_cast<int>(cli::ErrorKind::kBadInput);
}

}  // namespace

int main(int argc, char** argv) {
  hold_standard_descriptors();
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);  // a crash leaves no text behind
  ::umask(0077);
  // Whoever reads what is printed, or a gateway, may go away in the middle: that is told, as every
  // other error is.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "omzien: a mistake in this program: " << error.what() << '\n';
    return static_cast<int>(omzien::cli::ErrorKind::kDefect);
  }
}
