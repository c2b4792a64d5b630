// A value, or why the world refused it.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace planner {

struct Error {
  enum class Kind {
    input,  ///< the user's words or files: exit 2
    world,  ///< git, disk or database: exit 3
  };
  Kind kind = Kind::world;
  std::string what;    ///< one sentence, no full stop
  std::string remedy;  ///< what to do
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> input_error(std::string what, std::string remedy = {}) {
  return tl::make_unexpected(Error{Error::Kind::input, std::move(what), std::move(remedy)});
}
inline tl::unexpected<Error> world_error(std::string what, std::string remedy = {}) {
  return tl::make_unexpected(Error{Error::Kind::world, std::move(what), std::move(remedy)});
}

}  // namespace planner
