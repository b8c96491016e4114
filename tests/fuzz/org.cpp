// The organisation file of the terminal client (clients/core/org.h).
#include "clients/core/org.h"

#include "tests/fuzz/scratch_file.h"

void omzien::fuzz::run(crypto::ByteView input) {
  static const ScratchFile file;
  const auto org = core::read_org(file.holding(input));
  if (org) must(org->url.starts_with("https://") || org->url.starts_with("http://"));
}
