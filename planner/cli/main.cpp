// The way in: words to a request, the request to an answer, the answer to an exit code.
#include <exception>
#include <iostream>

#include "planner/cli/arguments.h"
#include "planner/cli/run.h"

int main(int argc, char** argv) {
  try {
    return static_cast<int>(planner::cli::run(planner::cli::parse_arguments(argc, argv)));
  } catch (const std::exception& bug) {
    std::cerr << "interlock: internal error: " << bug.what() << "\n  please report it together with the input\n";
    return 3;
  }
}
