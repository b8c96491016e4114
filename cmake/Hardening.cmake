# What every binary gets, and what the sanitizer builds get instead.
set(OMZIEN_SANITIZE "" CACHE STRING "Sanitizers, comma separated; empty for none")

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
add_compile_options(-fno-omit-frame-pointer)
if(OMZIEN_SANITIZE)
  add_compile_options(-fsanitize=${OMZIEN_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${OMZIEN_SANITIZE})
else()
  add_compile_options(-fstack-protector-strong -D_GLIBCXX_ASSERTIONS)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    add_compile_options(-fcf-protection)
  endif()
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)  # needs an optimised build
  endif()
  add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
