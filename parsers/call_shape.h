// How many values a function takes and a call gives: enough to say that a call does not fit, and never that it does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/language.h"

namespace parsers {

struct Parameter {
  std::string name;  ///< as keywords name it; empty: unknown
  bool required = true;
  bool keyword_only = false;
};

struct ParameterList {
  std::vector<Parameter> parameters;  ///< without self, this and cls
  bool any_more = false;              ///< *args, ...rest, variadic
  bool any_keyword = false;           ///< **kwargs
  friend bool operator==(const ParameterList&, const ParameterList&);
};

struct ArgumentList {
  std::uint32_t positional = 0;
  std::vector<std::string> keywords;
  bool open = false;  ///< spread, or an expression that may be several: any number
};

/// The parameters behind the name of a function that ends at `name_end`; nullopt: none are found there, or the language
/// has none. O(length of the list).
std::optional<ParameterList> parameters_at(Language, std::string_view text, std::size_t name_end);

/// The arguments of a call whose name ends at `name_end`; nullopt: it is no call with parentheses.
std::optional<ArgumentList> arguments_at(Language, std::string_view text, std::size_t name_end);

/// Why the call cannot be right: "gives 2 values where 3 are needed", "gives no tools", "gives an unknown client".
/// nullopt: it may well be.
std::optional<std::string> misfit(const ParameterList&, const ArgumentList&);

}  // namespace parsers
