// The way in: one page of verbs is in verbs.h.
#include <exception>
#include <iostream>

#include "planner/cli/verbs.h"

int main(int argc, char** argv) {
  try {
    return static_cast<int>(planner::cli::run(argc, argv));
  } catch (const std::exception& bug) {
    std::cerr << "interlock: internal error: " << bug.what() << "\n  please report it together with the input\n";
    return 3;
  }
}
