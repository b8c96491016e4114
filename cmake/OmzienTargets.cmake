# The three kinds of target. Includes are written from the project's root: "crypto/verify/hash.h".
include(GoogleTest)

function(omzien_settings target)
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_include_directories(${target} SYSTEM PUBLIC "${TL_EXPECTED_INCLUDE}")
  target_link_libraries(${target} PRIVATE omzien_warnings)
endfunction()

# omzien_library(NAME SOURCES a.cpp ... PUBLIC lib ... PRIVATE lib ...)
function(omzien_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  omzien_settings(${name})
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

# omzien_program(NAME SOURCES main.cpp ... LINK lib ...)
function(omzien_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  omzien_settings(${name})
  target_link_libraries(${name} PRIVATE ${arg_LINK})
endfunction()

# omzien_written_for_tests(NAME ...): GoogleTest's headers and the standard library's are parsed once for all of them, and
# what runs once is not optimised. Two fifths of the time that compiling tests takes; what they test is as ever.
# -fPIC, since a program and a library share the headers; -fpch-preprocess, since ccache asks for it.
set(OMZIEN_TEST_OPTIONS "SHELL:-O0 -fPIC -U_FORTIFY_SOURCE")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND OMZIEN_TEST_OPTIONS -fpch-preprocess)
endif()
function(omzien_written_for_tests)
  foreach(target IN LISTS ARGN)
    target_compile_options(${target} PRIVATE ${OMZIEN_TEST_OPTIONS})
    target_precompile_headers(${target} REUSE_FROM omzien_test_headers)
  endforeach()
endfunction()

# omzien_test(NAME SOURCES a_test.cpp ... LINK lib ... [LABELS slow]): a GoogleTest program, each of its tests
# a ctest. Tests that want the published vectors and samples find their folder in OMZIEN_SHARED.
function(omzien_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  omzien_settings(${name})
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gmock GTest::gtest_main)
  omzien_written_for_tests(${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  gtest_discover_tests(${name}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    NO_PRETTY_VALUES  # of a struct they are its bytes, addresses among them
    PROPERTIES ENVIRONMENT "OMZIEN_SHARED=${PROJECT_SOURCE_DIR}/../shared" LABELS "${arg_LABELS}")
endfunction()

# omzien_fuzzer(NAME SOURCES parse.cpp ... LINK lib ...): the program fuzz_NAME. In the `fuzz` preset a libFuzzer target,
# run for as long as one likes by scripts/fuzz. In every other preset it replays tests/fuzz/corpus/NAME, so that what was
# once found stays found, and then tries small changes to it for two seconds.
function(omzien_fuzzer name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(fuzz_${name} ${arg_SOURCES})
  omzien_settings(fuzz_${name})
  target_link_libraries(fuzz_${name} PRIVATE ${arg_LINK})
  set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzz")
  if(OMZIEN_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests/fuzz/replay.cpp")
    add_test(NAME fuzz.${name} COMMAND fuzz_${name} "${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name}" 2)
    set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 300)
  endif()
endfunction()

# omzien_node_test(NAME FOLDER tests/peer COMMAND npm test ...): tests in TypeScript, through the project's Node.js.
function(omzien_node_test name)
  cmake_parse_arguments(arg "" "FOLDER" "COMMAND;LABELS" ${ARGN})
  add_test(NAME ${name}
    COMMAND "${PROJECT_SOURCE_DIR}/scripts/lib/with-node" ${arg_COMMAND}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}/${arg_FOLDER}")
  set_tests_properties(${name} PROPERTIES
    ENVIRONMENT "OMZIEN_BUILD=${CMAKE_BINARY_DIR};OMZIEN_SHARED=${PROJECT_SOURCE_DIR}/../shared" LABELS "${arg_LABELS}")
endfunction()

# A test that passed and did not run in its main part: ctest shows it as Skipped, and scripts/test lists it. An exit code,
# since a test that fails over an output which a regular expression takes for a skip is Skipped to ctest as well.
set(OMZIEN_NOT_RUN 77)

# omzien_python_test(NAME FILE [ARGUMENTS]): a file of Python's unittest, beside the CMakeLists.txt that names it.
function(omzien_python_test name file)
  add_test(NAME ${name}
    COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tests/kit/part_by_part.py" "${CMAKE_CURRENT_SOURCE_DIR}/${file}" ${ARGN}
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE ${OMZIEN_NOT_RUN})
endfunction()
