# High warning level for our own code; errors only where INTERLOCK_WERROR says so (the dev presets).
option(INTERLOCK_WERROR "Warnings are errors" OFF)
add_library(interlock_warnings INTERFACE)
target_compile_options(interlock_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wold-style-cast -Wcast-qual -Wimplicit-fallthrough -Wunused
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wuseless-cast>
  $<$<BOOL:${INTERLOCK_WERROR}>:-Werror>)

# And what other tools say about it: the targets format, check_format and tidy.
include(Format)
