// What lies between the blocks of a file: its gaps.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "parsers/code_outline.h"

namespace parsers {

/// Makes blocks nest and not overlap, then the gaps that together with the innermost blocks cover the text exactly.
/// `imports`: pieces of `<imports>`, by begin. The whole text of a file without blocks and imports is `<module>`.
std::vector<Gap> gaps_between(std::vector<Definition>&, std::span<const CodeRange> imports, std::string_view text);

}  // namespace parsers
