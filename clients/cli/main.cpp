// `omzien`: reporting and advising from a terminal, and an administrator's tool.
#include <exception>
#include <iostream>
#include <sys/resource.h>
#include <sys/stat.h>

#include "clients/cli/commands.h"

namespace {

constexpr int kDone = 0;

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
  if (done) return kDone;
  std::cerr << "omzien: " << done.error().message << '\n';
  return static_cast<int>(done.error().kind);
}

}  // namespace

int main(int argc, char** argv) {
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);  // a crash leaves no text behind
  ::umask(0077);
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "omzien: a mistake in this program: " << error.what() << '\n';
    return static_cast<int>(omzien::cli::ErrorKind::kDefect);
  }
}
