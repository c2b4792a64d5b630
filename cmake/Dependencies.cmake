# Everything here is a Debian 12 package; script/bootstrap names them.
find_package(Boost 1.74 REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(Threads REQUIRED)
find_package(SQLite3 3.35 REQUIRED)
find_package(PostgreSQL REQUIRED)  # the client library alone

# cmark-gfm ships a pkg-config file for the core only.
find_path(CMARK_GFM_INCLUDE cmark-gfm.h REQUIRED)
find_library(CMARK_GFM_LIBRARY cmark-gfm REQUIRED)
find_library(CMARK_GFM_EXTENSIONS_LIBRARY cmark-gfm-extensions REQUIRED)
add_library(cmark-gfm INTERFACE)
target_include_directories(cmark-gfm SYSTEM INTERFACE "${CMARK_GFM_INCLUDE}")
target_link_libraries(cmark-gfm INTERFACE "${CMARK_GFM_EXTENSIONS_LIBRARY}" "${CMARK_GFM_LIBRARY}")

# CaDiCaL comes as a static library without any description.
find_path(CADICAL_INCLUDE cadical.hpp REQUIRED)
find_library(CADICAL_LIBRARY cadical REQUIRED)
add_library(cadical INTERFACE)
target_include_directories(cadical SYSTEM INTERFACE "${CADICAL_INCLUDE}")
target_link_libraries(cadical INTERFACE "${CADICAL_LIBRARY}")

# The same objects for everybody who builds the same commit again.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
endif()

# libmd: SHA-256 for digests of plans and of large-file pointers, instead of our own.
find_path(LIBMD_INCLUDE sha2.h REQUIRED)
find_library(LIBMD_LIBRARY md REQUIRED)
add_library(libmd INTERFACE)
target_include_directories(libmd SYSTEM INTERFACE "${LIBMD_INCLUDE}")
target_link_libraries(libmd INTERFACE "${LIBMD_LIBRARY}")

# utf8proc: case folding and normalisation of names that a file system may take for the same.
find_path(UTF8PROC_INCLUDE utf8proc.h REQUIRED)
find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)
add_library(utf8proc INTERFACE)
target_include_directories(utf8proc SYSTEM INTERFACE "${UTF8PROC_INCLUDE}")
target_link_libraries(utf8proc INTERFACE "${UTF8PROC_LIBRARY}")
