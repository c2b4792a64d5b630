#include "parsers/document_yaml_words.h"

#include <algorithm>
#include <fmt/format.h>

namespace parsers {
namespace {

struct Words {
  std::string_view parser;  ///< how the parser's message begins
  std::string_view message;
  std::string_view remedy;
};

constexpr std::string_view quote_it = "put text that begins with a special character in quotes: \"...\"";
constexpr std::string_view no_alias = "an alias (text that begins with *), and this reader takes none";
constexpr std::string_view no_anchor = "an anchor (text that begins with &), and this reader takes none";
constexpr std::string_view quote_pattern = "a pattern that begins with * needs quotes: \"*.py\"";
constexpr std::string_view no_tag = "a tag (text that begins with !), and this reader takes none";
constexpr std::string_view line_out_of_place = "this does not fit what comes before it";

constexpr Words table[] = {
    {"end of map not found", line_out_of_place,
     "check the indentation of this line, and the end of the line before it"},
    {"end of map flow not found", "a , or } is missing before this",
     "separate members with commas and close every { with }"},
    {"end of sequence not found", line_out_of_place,
     "begin every entry with \"- \" at the same indentation; text that begins with [ or a quote goes wholly in quotes"},
    {"end of sequence flow not found", "a , or ] is missing before this",
     "separate entries with commas and close every [ with ]"},
    {"illegal map value", "a \":\" where no value can begin",
     "put text that holds \": \" in quotes; or a colon is missing, or the indentation is off, in the line before"},
    {"illegal map key", "a key where none can begin", "check the indentation of this line"},
    {"illegal block entry", "a \"- \" where no entry can begin",
     "begin a list on the line after its key; put text that begins with \"- \" in quotes"},
    {"illegal tab when looking for indentation", "a tab in the indentation", "indent with spaces"},
    {"illegal flow end", "a closing bracket that nothing opened", "remove it, or put the text in quotes"},
    {"illegal EOF in scalar", "a quoted text that is not closed", "end the text with the same quote"},
    {"illegal document indicator in scalar", "a document mark inside a quoted text", "close the quotes before it"},
    {"illegal character in scalar", "a character that no plain text can hold", quote_it},
    {"unknown escape character", "an unknown escape in a quoted text",
     "write a backslash as \\\\, or use single quotes"},
    {"bad character found while scanning hex number", "an escape without its hexadecimal digits",
     "write a backslash as \\\\, or use single quotes"},
    {"invalid unicode", "an escape that names no character", "write the character itself"},
    {"the referenced anchor is not defined", no_alias, quote_pattern},
    {"alias not found after *", no_alias, quote_pattern},
    {"illegal character found while scanning alias", no_alias, quote_pattern},
    {"anchor not found after &", no_anchor, quote_it},
    {"illegal character found while scanning anchor", no_anchor, quote_it},
    {"cannot assign multiple anchors", no_anchor, quote_it},
    {"tag handle with no suffix", no_tag, quote_it},
    {"end of verbatim tag not found", no_tag, quote_it},
    {"illegal character found while scanning tag handle", no_tag, quote_it},
    {"cannot assign multiple tags", no_tag, quote_it},
    {"YAML directives", "a directive that is not understood", "remove the line"},
    {"bad YAML version", "a directive that is not understood", "remove the line"},
    {"YAML major version", "a directive that is not understood", "remove the line"},
    {"repeated", "a directive for the second time", "remove the line"},
    {"TAG directives", "a directive that is not understood", "remove the line"},
    {"unexpected character in block scalar", "text after | or >", "begin the text on the next line"},
    {"cannot set zero indentation", "a block of text without indentation", "indent the text below | or >"},
    {"bad file", "nested too deeply", "write it flatter"},
};

/// The offset of a tab in the indentation of the line around `at`, or npos.
std::size_t indenting_tab(std::string_view text, std::size_t at) {
  std::size_t from = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  from = from == std::string_view::npos ? 0 : from + 1;
  const std::size_t content = text.find_first_not_of(" \t", from);
  const std::size_t tab = text.find('\t', from);
  return tab < content ? tab : std::string_view::npos;
}

}  // namespace

YamlComplaint explain_yaml(std::string_view text, std::size_t at, std::string_view parser_words) {
  at = std::min(at, text.size());
  if (const std::size_t tab = indenting_tab(text, at); tab != std::string_view::npos)
    return {tab, "a tab in the indentation", "indent with spaces"};
  for (const Words& words : table)
    if (parser_words.substr(0, words.parser.size()) == words.parser)
      return {at, std::string(words.message), std::string(words.remedy)};
  if (parser_words.substr(0, 13) == "unknown token" && at < text.size())
    return {at, fmt::format("text cannot begin with {}", text[at]), std::string(quote_it)};
  return {at, "this is not YAML", "check the indentation, the quotes and the brackets around here"};
}

}  // namespace parsers
