#include "parsers/call_shape.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

/// Why `call` does not fit `definition`; both begin with the name f.
std::string judged(Language language, std::string_view definition, std::string_view call) {
  const auto parameters = parameters_at(language, definition, definition.find('f') + 1);
  const auto arguments = arguments_at(language, call, call.find('f') + 1);
  if (!parameters) return "no parameters";
  if (!arguments) return "no arguments";
  return misfit(*parameters, *arguments).value_or("fits");
}

struct Case {
  Language language;
  const char *definition, *call, *expected;
};

class CallShape : public testing::TestWithParam<Case> {};

TEST_P(CallShape, SaysWhatCannotBeRight) {
  const Case& c = GetParam();
  EXPECT_EQ(judged(c.language, c.definition, c.call), c.expected) << c.definition << " <- " << c.call;
}

using enum Language;

INSTANTIATE_TEST_SUITE_P(
    Python, CallShape,
    testing::Values(Case{python, "f(a, b)", "f(1, 2)", "fits"}, Case{python, "f(a, b)", "f(1)", "does not give b"},
                    Case{python, "f(a)", "f(1, 2)", "gives 2 values where 1 can be taken"},
                    Case{python, "f(a, b=1)", "f(1)", "fits"}, Case{python, "f(self, a)", "f(1)", "fits"},
                    Case{python, "f(a, *, key)", "f(1)", "does not give key"},
                    Case{python, "f(a, *, key)", "f(1, key=2)", "fits"},
                    Case{python, "f(a, *rest, **more)", "f(1, 2, 3, x=4)", "fits"},
                    Case{python, "f(a)", "f(b=1)", "gives b, which is not taken"},
                    Case{python, "f(a: dict[str, int] = {}, b: int)", "f(b=1)", "fits"},
                    Case{python, "f(a)", "f(*args)", "fits"}, Case{python, "f(a, b)", "f(g(1, 2), \"x, y\")", "fits"},
                    Case{python, "f(\n    a,  # one, two\n    b,\n)", "f(1, 2,)", "fits"},
                    Case{python, "f[T](a: T)", "f(x == 1)", "fits"}, Case{python, "f()", "f()", "fits"},
                    Case{python, "f(a)", "f", "no arguments"}, Case{python, "f(a", "f(1)", "no parameters"}));

INSTANTIATE_TEST_SUITE_P(
    Others, CallShape,
    testing::Values(Case{go, "f(ctx context.Context, a, b int) error", "f(ctx, 1)",
                         "gives 2 values where 3 are needed"},
                    Case{go, "f(a int, more ...string)", "f(1)", "fits"}, Case{go, "f(a, b int)", "f(both())", "fits"},
                    Case{go, "f[T any](a T)", "f[int](1, 2)", "gives 2 values where 1 can be taken"},
                    Case{go, "f(a string)", "f(`x, y`)", "fits"},
                    Case{typescript, "f(a: Map<string, number>, b?: string)", "f(m)", "fits"},
                    Case{typescript, "f = async (a: string, b = 2) => {}", "f()", "gives 0 values where 1 are needed"},
                    Case{javascript, "f(a, ...rest)", "f(1, 2, 3)", "fits"},
                    Case{javascript, "f(a)", "f(...all)", "fits"},
                    Case{java, "f(Map<String, Integer> m, int n)", "f(m, 1)", "fits"},
                    Case{java, "f(int n)", "f(new HashMap<String, Integer>(), 2)", "fits"},
                    Case{java, "f(String... all)", "f(a, b, c)", "fits"},
                    Case{rust, "f<'a, T>(&mut self, a: &'a T)", "f(x)", "fits"},
                    Case{rust, "f(self, a: u8)", "f::<u8>(1, 'c')", "gives 2 values where 1 can be taken"},
                    Case{cpp, "f(int a, int b = 2)", "f(1)", "fits"}, Case{c, "f(void)", "f()", "fits"},
                    Case{cpp, "f(std::pair<int, int> p)", "f(1, 2)", "gives 2 values where 1 can be taken"},
                    Case{c_sharp, "f(int a, string name = \"x\")", "f(1, name: \"y\")", "fits"},
                    Case{php, "f($a, $b = null)", "f(1)", "fits"}, Case{ruby, "f(a, b)", "f(1)", "no parameters"},
                    Case{bash, "f()", "f 1", "no parameters"}));

TEST(CallShape, ListsCompareByWhatCallersSee) {
  const auto list = [](std::string_view text) { return *parameters_at(python, text, 1); };
  EXPECT_EQ(list("f(a, b: int)"), list("f(a: str, b)"));
  EXPECT_FALSE(list("f(a, b)") == list("f(a, b=1)"));
}

}  // namespace
}  // namespace parsers
