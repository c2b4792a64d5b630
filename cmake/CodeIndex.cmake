# INTERLOCK_INDEX_VERSION: a generated source that knows the version of the code index (planner/index_version.h).
file(GLOB records CONFIGURE_DEPENDS
  "${CMAKE_CURRENT_SOURCE_DIR}/parsers/code_*.h" "${CMAKE_CURRENT_SOURCE_DIR}/parsers/code_*.c"
  "${CMAKE_CURRENT_SOURCE_DIR}/parsers/code_*.cpp"
  "${CMAKE_CURRENT_SOURCE_DIR}/parsers/language*.h" "${CMAKE_CURRENT_SOURCE_DIR}/parsers/language*.cpp"
  "${CMAKE_CURRENT_SOURCE_DIR}/planner/index_names.*" "${CMAKE_CURRENT_SOURCE_DIR}/planner/index_records.*")
list(APPEND records "${CMAKE_CURRENT_SOURCE_DIR}/package-lock.json")
set(INTERLOCK_INDEX_VERSION "${CMAKE_CURRENT_BINARY_DIR}/index_version.cpp")
set(script "${CMAKE_CURRENT_SOURCE_DIR}/cmake/IndexVersion.cmake")
add_custom_command(OUTPUT "${INTERLOCK_INDEX_VERSION}"
  COMMAND "${CMAKE_COMMAND}" -D "OUTPUT=${INTERLOCK_INDEX_VERSION}" -P "${script}" -- ${records}
  DEPENDS "${script}" ${records}
  COMMENT "Version of the code index" VERBATIM)
