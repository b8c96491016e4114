# ccache where it is installed. Paths relative to the checkout, so that a fresh clone finds what
# another clone compiled.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=true
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
# The same binary whichever folder it was built in, and no builder's paths in it.
add_compile_options("-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.")
