// Memory that is not there: this program's own `operator new` fails once, where a test says. So
// each step of the gateway can be made to find none.
#pragma once

#include <cstdint>

namespace omzien::scarce {

// The allocation that comes so many after this one fails, of whichever thread, but those that said
// that they are not to be counted.
void fail_allocation(std::int64_t number);
// Whether it has not come to that by now.
bool is_due();
// Whether it came to that. From here on every allocation goes well.
bool has_failed();

// The thread that plays the client.
void do_not_count_this_thread();

}  // namespace omzien::scarce
