// `omzien key away|back|works`: when somebody works, said by themself, without the root's ceremony.
#pragma once

#include "clients/cli/context.h"

namespace omzien::cli {

void add_key_presence(CLI::App& key, Options&);

}  // namespace omzien::cli
