#include "parsers/diagnostic.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

TEST(Describe, ShowsPlaceLineCaretAndRemedy) {
  const std::vector<Source> sources{{"orders/a.yaml", "one\n  two: x\r\nthree"}};
  const std::vector<Diagnostic> diagnostics{
      {Severity::warning, {FileId{0}, 3, 0}, "odd line", ""},
      {Severity::error, {FileId{0}, 2, 8}, "unknown key \"x\"", "did you mean \"y\"?"},
  };
  EXPECT_EQ(describe(diagnostics, sources),
            "orders/a.yaml:2:8: error: unknown key \"x\"\n"
            "    two: x\n"
            "         ^\n"
            "  did you mean \"y\"?\n"
            "orders/a.yaml:3: warning: odd line\n"
            "  three\n");
}

TEST(Describe, CaretCountsCharactersNotBytes) {
  const std::vector<Source> sources{{"a", "ééé x"}};
  EXPECT_EQ(describe({{Severity::error, {FileId{0}, 1, 8}, "m", ""}}, sources), "a:1:8: error: m\n  ééé x\n      ^\n");
}

TEST(Describe, CountsWhatItDoesNotShow) {
  const std::vector<Source> sources{{"a", ""}};
  const std::vector<Diagnostic> three(3, Diagnostic{Severity::error, {FileId{0}, 0, 0}, "m", ""});
  EXPECT_EQ(describe(three, sources, 2), "a: error: m\na: error: m\n... and 1 more\n");
}

TEST(Printable, MakesControlsVisible) {
  const std::pair<std::string, std::string> table[] = {
      {"plain", "plain"},
      {"a\x1b]0;x\x07", "a\\x1B]0;x\\x07"},
      {"tab\there", "tab here"},
      {"\xE2\x80\xAE", "\\xE2\\x80\\xAE"},
      {"\xff\xc0\xaf", "\\xFF\\xC0\\xAF"},
      {"caf\xC3\xA9", "caf\xC3\xA9"},
      {"\xED\xA0\x80", "\\xED\\xA0\\x80"},
      {"x\ny", "x\\x0Ay"},
      {"\xC2\x9B", "\\xC2\\x9B"},
  };
  for (const auto& [raw, shown] : table) EXPECT_EQ(printable(raw), shown);
}

}  // namespace
}  // namespace parsers
