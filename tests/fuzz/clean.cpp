// A file of any kind: cleaned or refused, each time the same way; what was cleaned is clean.
#include "clients/cleaning/clean.h"

#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) {
  const auto cleaned = cleaning::clean(input);
  if (!cleaned) {
    must(cleaned.error().kind == core::ErrorKind::kBadInput);
    return;
  }
  const auto again = cleaning::clean(input);
  must(again.has_value());
  must_equal(again->bytes, cleaned->bytes);
  const auto twice = cleaning::clean(cleaned->bytes);
  must(twice.has_value() && twice->removed.empty());
}
