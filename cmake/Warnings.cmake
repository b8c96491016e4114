# Every warning an error, for our own code; headers of others come in as SYSTEM.
add_library(omzien_warnings INTERFACE)
target_compile_options(omzien_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wimplicit-fallthrough -Werror)
# GCC 12 mistakes Asio's allocation of coroutine frames for mismatched pairs, and under the thread sanitizer an empty
# tl::expected for one that was not initialised.
if(OMZIEN_SANITIZE MATCHES "address")
  target_compile_options(omzien_warnings INTERFACE -Wno-mismatched-new-delete)
elseif(OMZIEN_SANITIZE MATCHES "thread")
  target_compile_options(omzien_warnings INTERFACE -Wno-tsan -Wno-maybe-uninitialized)
endif()
