# The version of the code index: a hash of everything that its records depend on (the pinned grammars, and the sources
# that read code and write records), so that nobody has to remember to raise a number. Run by the build:
#   cmake -D OUTPUT=file.cpp -P IndexVersion.cmake FILES...
set(contents "")
math(EXPR last "${CMAKE_ARGC} - 1")
set(reading FALSE)
foreach(i RANGE ${last})
  if(reading)
    file(SHA256 "${CMAKE_ARGV${i}}" hash)
    string(APPEND contents "${hash}\n")
  elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
    set(reading TRUE)
  endif()
endforeach()
string(SHA256 version "${contents}")
string(SUBSTRING "${version}" 0 16 version)
file(WRITE "${OUTPUT}" "#include \"planner/index_version.h\"\n\n"
  "namespace planner {\n\nstd::uint64_t index_version() { return 0x${version}; }\n\n}  // namespace planner\n")
