// Making a listening socket, with the system's own calls: asio would also know how to ask who
// connects.
#pragma once

#include "gateway/config.h"

namespace omzien::gateway::http {

// A non-blocking, close-on-exec listening socket; the caller closes it. Port 0 is replaced in
// `endpoint` by the one the system chose. Throws ListenError.
int bind_and_listen(Endpoint& endpoint);

}  // namespace omzien::gateway::http
