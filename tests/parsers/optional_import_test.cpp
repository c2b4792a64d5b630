#include "parsers/optional_import.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

struct Case {
  const char* name;
  Language language;
  const char* text;  // the import stands on line 2
  bool optional;
};

const Case cases[] = {
    {"python", Language::python, "try:\n  import fast\nexcept ImportError:\n  fast = None\n", true},
    {"python_of_many", Language::python,
     "try:\n  from .a import b\nexcept (OSError, ModuleNotFoundError) as e:\n  b = 0\n", true},
    {"python_anything", Language::python, "try:\n  import fast\nexcept:\n  pass\n", true},
    {"python_other_error", Language::python, "try:\n  import fast\nexcept KeyError:\n  pass\n", false},
    {"python_nested", Language::python, "try:\n  if x: import fast\nexcept ImportError:\n  pass\n", true},
    {"python_in_handler", Language::python, "try: pass\nexcept ImportError: import slow\n", false},
    {"python_finally", Language::python, "try:\n  import fast\nfinally:\n  pass\n", false},
    {"python_plain", Language::python, "import a\nimport fast\n", false},
    {"javascript", Language::javascript, "try {\n  x = require('fast');\n} catch (e) { x = null; }\n", true},
    {"javascript_finally", Language::javascript, "try {\n  x = require('fast');\n} finally { y(); }\n", false},
    {"javascript_in_handler", Language::javascript, "try { a(); } catch (e) {\n  x = require('slow');\n}\n", false},
    {"typescript", Language::typescript, "try {\n  x = require('fast');\n} catch { x = null; }\n", true},
    {"ruby", Language::ruby, "begin\n  require 'fast'\nrescue LoadError\n  nil\nend\n", true},
    {"ruby_other_error", Language::ruby, "begin\n  require 'fast'\nrescue KeyError\n  nil\nend\n", false},
    {"go", Language::go, "package a\nimport \"fast\"\n", false},
    {"not_there", Language::python, "x", false},
    {"nothing", Language::python, "", false},
};

class OptionalImport : public testing::TestWithParam<Case> {};

TEST_P(OptionalImport, IsOneWhoseFailureIsCaught) {
  EXPECT_EQ(is_optional_import(GetParam().language, GetParam().text, 2), GetParam().optional);
}

INSTANTIATE_TEST_SUITE_P(Cases, OptionalImport, testing::ValuesIn(cases),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace parsers
