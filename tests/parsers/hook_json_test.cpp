// One JSON value out of an input that may not end.
#include "parsers/hook_json.h"

#include <gtest/gtest.h>
#include <string>

namespace parsers {
namespace {

struct End {
  const char* text;
  std::size_t size;  // npos: not complete
};
void PrintTo(const End& c, std::ostream* out) { *out << c.text; }

class JsonEnd : public testing::TestWithParam<End> {};

TEST_P(JsonEnd, IsFoundInPiecesOfAnySize) {
  const std::string text = GetParam().text;
  for (std::size_t piece = 1; piece <= text.size() + 1; ++piece) {
    JsonValueEnd end;
    for (std::size_t at = 0; at < text.size(); at += piece) end.feed(std::string_view(text).substr(at, piece));
    EXPECT_EQ(end.done(), GetParam().size != std::string::npos) << piece;
    if (end.done()) {
      EXPECT_EQ(end.size(), GetParam().size) << piece;
    }
  }
}

const End ends[] = {
    {"{}", 2},
    {"  {\"a\": [1, {}]} {\"b\": 2}", 16},
    {R"({"a": "}\"{"})", 13},
    {R"({"a": "\\"} x)", 11},
    {"[[]]tail", 4},
    {"\xef\xbb\xbf{}", 5},
    {"nonsense", 1},
    {"}", 1},
    {"\"text\" {}", 1},
    {"", std::string::npos},
    {"   ", std::string::npos},
    {"{\"a\": \"", std::string::npos},
    {"{\"a\": [1, 2}", std::string::npos},
};
INSTANTIATE_TEST_SUITE_P(Texts, JsonEnd, testing::ValuesIn(ends));

struct Bad {
  std::string text;
  const char* problem;
};
void PrintTo(const Bad& c, std::ostream* out) { *out << c.text.substr(0, 40); }

class BadHookJson : public testing::TestWithParam<Bad> {};

TEST_P(BadHookJson, IsRefusedWithAReason) {
  const HookJson json = read_hook_json(GetParam().text);
  EXPECT_EQ(json.problem, GetParam().problem);
  EXPECT_EQ(json.value.kind, Node::Kind::null);
}

std::string repeated(const char* text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

const Bad bad[] = {
    {"", "it is empty"},
    {" \n", "it is empty"},
    {"{", "it is not JSON from byte 2 on"},
    {"{'a': 1}", "it is not JSON from byte 2 on"},
    {R"({"a": 1, "a": 2})", "the key \"a\" stands twice in one object"},
    {"{\"a\": \"\xff\"}", "it is not JSON from byte 8 on"},
    {repeated("[", 100'000), "it is nested more than 64 deep"},
    {"[" + repeated("1,", 200'000) + "1]", "it holds more than 100,000 values"},
};
INSTANTIATE_TEST_SUITE_P(Texts, BadHookJson, testing::ValuesIn(bad));

TEST(HookJson, KeepsLongTextsWhole) {
  const std::string content(5 << 20, 'x');
  const HookJson json = read_hook_json("{\"content\": \"" + content + "\"} and whatever follows");
  ASSERT_EQ(json.problem, "");
  EXPECT_EQ(json.value.find("content")->text, content);
}

TEST(HookJson, RefusesAnObjectOfTooManyKeys) {
  std::string text = "{\"k\": 0";
  for (int i = 0; i < 2000; ++i) text += ", \"k" + std::to_string(i) + "\": 0";
  EXPECT_EQ(read_hook_json(text + "}").problem, "an object has more than 1000 keys");
}

}  // namespace
}  // namespace parsers
