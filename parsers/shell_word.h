// One word of a shell command after quotes and escapes, as far as it does not depend on the environment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/code_tree.h"

namespace parsers {

struct ShellWord {
  std::string text;      ///< the value; of an unknown word what was written
  bool known = true;     ///< false: a variable, a substitution or the like decides
  bool pattern = false;  ///< an unquoted *, ? or [
};

/// A word node (word, string, raw_string, concatenation, ...) as the words it becomes: one, or several where braces
/// are expanded. REQUIRES: `text` is what was parsed.
std::vector<ShellWord> words_of(TSNode, std::string_view text, std::string_view home);

/// The contents of a here-document or a here-string as text; known is false when it holds expansions.
ShellWord quoted_text(std::string_view raw);

}  // namespace parsers
