// What can go wrong, in words for a person.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "omzien/rules.h"

namespace omzien::core {

// The values are the programs' exit codes.
enum class ErrorKind {
  kDefect = 1,        // a mistake in this program
  kBadInput = 2,      // something given is wrong; nothing was sent
  kRefused = 3,       // the gateway or the rules said no; or there is no such case
  kUnreachable = 4,   // try again; what was written is kept
  kVerification = 5,  // something does not check out: not what was signed, or not all of it
};

struct Error {
  ErrorKind kind;
  std::string message;  // what happened, what was kept, what to do
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected(Error{kind, std::move(message)});
}

// The gateway's answer to one operation, when it is not `done`.
Error refusal(rules::Status status);

}  // namespace omzien::core
