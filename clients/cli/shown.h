// What somebody else wrote, as it may stand in a terminal.
#pragma once

#include <string>
#include <string_view>

namespace omzien::cli {

// Every line of the text but the first is indented, so that none can pass for a line of ours. A
// control character, or one that turns the direction of writing, becomes U+FFFD: it could move the
// cursor and write over what stands there. Tabs stay. The text is UTF-8 (clients/core/event.h).
std::string shown(std::string_view text, std::string_view indent);

}  // namespace omzien::cli
