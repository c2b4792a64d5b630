# The targets format, check_format and tidy, over every source of ours.
file(GLOB_RECURSE INTERLOCK_SOURCES CONFIGURE_DEPENDS
  "${CMAKE_CURRENT_SOURCE_DIR}/graph/*.h" "${CMAKE_CURRENT_SOURCE_DIR}/graph/*.cpp"
  "${CMAKE_CURRENT_SOURCE_DIR}/parsers/*.h" "${CMAKE_CURRENT_SOURCE_DIR}/parsers/*.cpp"
  "${CMAKE_CURRENT_SOURCE_DIR}/planner/*.h" "${CMAKE_CURRENT_SOURCE_DIR}/planner/*.cpp"
  "${CMAKE_CURRENT_SOURCE_DIR}/tests/*.h" "${CMAKE_CURRENT_SOURCE_DIR}/tests/*.cpp")

list(JOIN INTERLOCK_SOURCES "\n" lines)
file(WRITE "${CMAKE_BINARY_DIR}/sources.txt" "${lines}\n")

find_program(CLANG_FORMAT NAMES clang-format clang-format-14)
if(CLANG_FORMAT)
  set(over_sources xargs -d "\\n" -a "${CMAKE_BINARY_DIR}/sources.txt")
  add_custom_target(format COMMAND ${over_sources} "${CLANG_FORMAT}" -i VERBATIM)
  add_custom_target(check_format COMMAND ${over_sources} "${CLANG_FORMAT}" --dry-run --Werror VERBATIM)
endif()

# Reads compile_commands.json, so it judges what this build compiles; warnings that only g++ knows are no finding.
find_program(RUN_CLANG_TIDY NAMES run-clang-tidy run-clang-tidy-14)
if(RUN_CLANG_TIDY)
  add_custom_target(tidy
    COMMAND "${RUN_CLANG_TIDY}" -quiet -p "${CMAKE_BINARY_DIR}" -extra-arg=-Wno-unknown-warning-option
            "^${CMAKE_CURRENT_SOURCE_DIR}/(graph|parsers|planner|tests)/"
    USES_TERMINAL VERBATIM)
endif()
