# tree-sitter and its grammars: C sources from npm packages that package-lock.json pins by hash, compiled here as one
# static library. None of their install scripts runs. Optimised in every build type: a parser without is ten times slower.
set(INTERLOCK_GRAMMARS "${CMAKE_CURRENT_SOURCE_DIR}/node_modules")

# node_modules keeps a copy of the lock file it was made from (script/bootstrap does the same).
set(lock "${CMAKE_CURRENT_SOURCE_DIR}/package-lock.json")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${lock}")
set(installed "${INTERLOCK_GRAMMARS}/.installed-lock")
execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${lock}" "${installed}"
                RESULT_VARIABLE lock_differs OUTPUT_QUIET ERROR_QUIET)
if(lock_differs)
  message(STATUS "Installing grammars from package-lock.json, without their scripts")
  execute_process(COMMAND npm ci --ignore-scripts --no-audit --no-fund
                  WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" RESULT_VARIABLE npm_failed)
  if(npm_failed)
    message(FATAL_ERROR "npm ci failed (${npm_failed}); script/bootstrap installs npm, and it needs its registry")
  endif()
  file(COPY_FILE "${lock}" "${installed}")
endif()

add_library(tree_sitter STATIC "${CMAKE_CURRENT_SOURCE_DIR}/parsers/code_tree_core.c")
target_include_directories(tree_sitter
  SYSTEM INTERFACE "${INTERLOCK_GRAMMARS}/tree-sitter/vendor/tree-sitter/lib/include"
  PRIVATE "${INTERLOCK_GRAMMARS}/tree-sitter/vendor/tree-sitter/lib/include"
          "${INTERLOCK_GRAMMARS}/tree-sitter/vendor/tree-sitter/lib/src")
target_compile_definitions(tree_sitter PRIVATE _GNU_SOURCE NDEBUG)
target_compile_options(tree_sitter PRIVATE -w -O2 -g0)
set_target_properties(tree_sitter PROPERTIES C_STANDARD 11 POSITION_INDEPENDENT_CODE ON)

# Directories in node_modules; a package of an organisation lies in the directory of that, one of several grammars has
# a directory for each.
foreach(grammar
    tree-sitter-bash tree-sitter-c tree-sitter-c-sharp tree-sitter-cpp tree-sitter-go tree-sitter-java
    tree-sitter-javascript @tree-sitter-grammars/tree-sitter-kotlin tree-sitter-php/php tree-sitter-python
    tree-sitter-ruby tree-sitter-rust tree-sitter-typescript/tsx tree-sitter-typescript/typescript)
  set(sources "${INTERLOCK_GRAMMARS}/${grammar}/src")
  set(units "${sources}/parser.c")
  if(EXISTS "${sources}/scanner.c")
    list(APPEND units "${sources}/scanner.c")
  endif()
  target_sources(tree_sitter PRIVATE ${units})
  set_source_files_properties(${units} PROPERTIES INCLUDE_DIRECTORIES "${sources}")
endforeach()
