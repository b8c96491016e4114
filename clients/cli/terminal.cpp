#include "clients/cli/terminal.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <termios.h>
#include <unistd.h>

#include "clients/core/event.h"
#include "clients/core/local_folder.h"

namespace omzien::cli {
namespace {

using core::ErrorKind;
using core::Result;

constexpr std::size_t kSecretBytesMax = 1024;

// What ends a program from the keyboard or from outside.
constexpr std::array kEnding{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// The terminal as it was before it was hidden: for somebody who thinks better of it at the prompt.
termios before_hiding;

// Only what may be called in a signal's handler. The second time the signal does what it always
// does.
void show_and_end(int signal) {
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_hiding);
  ::raise(signal);
}

// Echo off for as long as it lives. Ctrl-C leaves the terminal as it was; Ctrl-Z, which would give
// a hidden one back to the shell, does nothing meanwhile.
class Hidden {
 public:
  Hidden() {
    ::tcgetattr(STDIN_FILENO, &before_hiding);
    struct sigaction ending {};
    ending.sa_handler = show_and_end;
    ending.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    for (std::size_t i = 0; i < kEnding.size(); ++i) {
      ::sigaction(kEnding[i], &ending, &before_[i]);
      if (before_[i].sa_handler == SIG_IGN) ::sigaction(kEnding[i], &before_[i], nullptr);
    }
    termios hidden = before_hiding;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~Hidden() {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_hiding);
    for (std::size_t i = 0; i < kEnding.size(); ++i) ::sigaction(kEnding[i], &before_[i], nullptr);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  std::array<struct sigaction, kEnding.size()> before_{};
};

// One line, read byte by byte so that nothing of it stays in a stream's buffer.
Result<crypto::SecretBytes> typed(const std::string& prompt) {
  std::cerr << prompt << std::flush;
  crypto::SecretBytes line(kSecretBytesMax);
  std::size_t size = 0;
  {
    const Hidden hidden;
    char byte = 0;
    while (size < kSecretBytesMax && ::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n')
      line.reveal_mutable()[size++] = static_cast<std::uint8_t>(byte);
  }
  std::cerr << '\n';
  return crypto::SecretBytes::from(line.reveal().first(size));
}

}  // namespace

Result<crypto::SecretBytes> secret(const char* variable, const std::string& prompt) {
  if (const char* value = std::getenv(variable); value != nullptr && *value != '\0')
    return crypto::SecretBytes::from(
        {reinterpret_cast<const std::uint8_t*>(value), std::strlen(value)});
  if (::isatty(STDIN_FILENO) == 0)
    return core::fail(ErrorKind::kBadInput,
                      std::string("set ") + variable + ", or run this at a terminal to be asked");
  return typed(prompt);
}

Result<crypto::SecretBytes> new_secret(const char* variable, const std::string& prompt) {
  auto first = secret(variable, prompt);
  const char* value = std::getenv(variable);
  if (!first || (value != nullptr && *value != '\0')) return first;
  if (first->empty())
    return core::fail(ErrorKind::kBadInput, "an empty passphrase protects nothing");
  const auto second = typed("Once more: ");
  if (!second || !crypto::constant_time_equal(first->reveal(), second->reveal()))
    return core::fail(ErrorKind::kBadInput, "the two are not the same; nothing was changed");
  return first;
}

Result<std::string> check_text(std::string text, std::size_t bytes_max) {
  if (text.empty()) return core::fail(ErrorKind::kBadInput, "there is no text");
  if (text.size() > bytes_max)
    return core::fail(ErrorKind::kBadInput, "the text has " + std::to_string(text.size()) +
                                                " bytes; the most is " + std::to_string(bytes_max) +
                                                ". Send it in parts. Nothing was sent.");
  if (!core::valid_utf8(text))
    return core::fail(ErrorKind::kBadInput, "the text is not UTF-8. Nothing was sent.");
  return text;
}

Result<std::string> read_text(const std::string& file, std::size_t bytes_max) {
  const bool keyboard = file.empty() || file == "-";
  if (keyboard && ::isatty(STDIN_FILENO) != 0)
    std::cerr << "Write, then end with Ctrl-D on a line of its own.\n";
  // One byte over the bound is enough to know; what a device never ends must not be read for ever.
  auto bytes = core::read_file(keyboard ? "/dev/stdin" : file, 8 * bytes_max);
  if (!bytes) return tl::unexpected(bytes.error());
  std::string text(bytes->begin(), bytes->end());
  crypto::wipe(*bytes);
  return check_text(std::move(text), bytes_max);
}

Result<std::string> given_text(const std::string& text, const std::string& file,
                               std::size_t bytes_max) {
  return text.empty() ? read_text(file, bytes_max) : check_text(text, bytes_max);
}

}  // namespace omzien::cli
