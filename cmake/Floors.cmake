# interlock_floor(NAME DIRECTORY USES libraries...)
# A floor is one directory (not its subdirectories) built as one static library, with every header verified to compile
# on its own (the target all_verify_interface_header_sets).
function(interlock_floor name directory)
  cmake_parse_arguments(FLOOR "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${directory}/*.cpp")
  file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${directory}/*.h")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(interlock_${name} STATIC ${sources})
  target_sources(interlock_${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${CMAKE_CURRENT_SOURCE_DIR}" FILES ${headers})
  target_include_directories(interlock_${name} PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(interlock_${name} PUBLIC ${FLOOR_USES} fmt::fmt PRIVATE interlock_warnings)
  set_target_properties(interlock_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()
