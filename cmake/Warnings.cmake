# High warning level for our own code; errors only where INTERLOCK_WERROR says so (the dev presets).
option(INTERLOCK_WERROR "Warnings are errors" OFF)
add_library(interlock_warnings INTERFACE)
target_compile_options(interlock_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wold-style-cast -Wcast-qual -Wimplicit-fallthrough -Wunused
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wuseless-cast>
  # At -O2 g++ 12 sees overlaps in std::string that cannot be (GCC bug 105651).
  $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  $<$<BOOL:${INTERLOCK_WERROR}>:-Werror>)

# And what other tools say about it: the targets format, check_format and tidy.
include(Format)
