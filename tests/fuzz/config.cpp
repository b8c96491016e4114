// gateway.toml, and the addresses in it: whoever runs the gateway gets a sentence, never a crash.
#include "gateway/config.h"

#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) {
  const std::string_view text{reinterpret_cast<const char*>(input.data()), input.size()};
  try {
    (void)gateway::parse_config(text, "/fuzz/gateway.toml");
  } catch (const gateway::ConfigError& error) {
    must(!std::string_view(error.what()).empty());
  }
  try {
    (void)gateway::parse_endpoint(text);
  } catch (const gateway::ConfigError&) {
  }
}
