// The YAML parser's complaints in words for the person who wrote the file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parsers {

struct YamlComplaint {
  std::size_t at = 0;  ///< offset into the text
  std::string message;
  std::string remedy;
};

/// What is wrong at `at` in `text`, given what the parser called it.
YamlComplaint explain_yaml(std::string_view text, std::size_t at, std::string_view parser_words);

}  // namespace parsers
