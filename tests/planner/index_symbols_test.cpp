#include "planner/index_symbols.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const char* const python = R"(import os

LIMIT = 3

def load(path):
    return path

TABLE = {}

class Store:
    size = 0

    def load(self):
        return 1

    def save(self):
        return 2
)";

const parsers::CodeOutline& outline() {
  static const parsers::CodeOutline made = parsers::outline(parsers::Language::python, python);
  return made;
}

/// What a lookup says: "= NAME (how many)", "gap NAME", "? names" or "several names".
std::string said(const SymbolLookup& lookup) {
  if (const auto* found = std::get_if<FoundSymbol>(&lookup))
    return "= " + found->name + " (" + std::to_string(found->definitions.size()) + ")";
  if (const auto* gap = std::get_if<FoundGap>(&lookup)) return "gap " + gap->name;
  const auto& unknown = std::get<UnknownSymbol>(lookup);
  std::string out = unknown.ambiguous ? "several" : "?";
  for (const std::string& name : unknown.names) out += " " + name;
  return out;
}

TEST(IndexSymbols, AreFoundAsPeopleWriteThem) {
  const struct {
    const char* symbol;
    const char* said;
  } table[] = {
      {"load", "= load (1)"},
      {"Store", "= Store (1)"},
      {"Store.load", "= Store.load (1)"},
      {"Store::save", "= Store.save (1)"},
      {"Store#save", "= Store.save (1)"},
      {"save", "= Store.save (1)"},
      {"LIMIT", "= LIMIT (1)"},
      {"size", "= Store.size (1)"},
      {"<imports>", "gap <imports>"},
      {"<module>", "gap <module>"},
      {"<after load>", "gap <after load>"},
      {"<after Store::load>", "gap <after Store.load>"},
      {"<in Store>", "gap <in Store>"},
      {"<after nothing>", "?"},
      {"laod", "? load Store.load"},
      {"Store.lod", "? Store.load load"},
      {"limit", "? LIMIT"},
      {"store.sav", "? Store.save Store.load Store.size"},
      {"completely_different", "?"},
      {"", "?"},
  };
  for (const auto& [symbol, expected] : table) EXPECT_EQ(said(find_symbol(outline(), symbol)), expected) << symbol;
}

TEST(IndexSymbols, CoverOverloadsUnlessOneIsNamed) {
  const parsers::CodeOutline cpp =
      parsers::outline(parsers::Language::cpp,
                       "namespace n { void f(int a) {}\nvoid f(const char* a, T<int, 2> b) {} }\nstruct g {};\n"
                       "namespace m { void h() {} }\nnamespace o { void h() {} }\n");
  EXPECT_EQ(said(find_symbol(cpp, "n::f")), "= n.f (2)");
  EXPECT_EQ(said(find_symbol(cpp, "f(int)")), "= n.f (1)");
  EXPECT_EQ(said(find_symbol(cpp, "n::f(char*, T<int, 2>)")), "= n.f (1)");
  EXPECT_EQ(said(find_symbol(cpp, "n.f(long)")), "? n.f(int) n.f(char*,T<int,2>)");
  EXPECT_EQ(said(find_symbol(cpp, "h")), "several m.h o.h");
}

TEST(IndexSymbols, HaveTheirPlaces) {
  const auto place = [&](const char* symbol) {
    return places_of(outline(), std::get<FoundSymbol>(find_symbol(outline(), symbol)).definitions.at(0));
  };
  EXPECT_THAT(place("LIMIT"), ElementsAre("<module>"));
  EXPECT_THAT(place("load"), ElementsAre("load"));
  EXPECT_THAT(place("TABLE"), ElementsAre("<after load>"));
  EXPECT_THAT(place("Store"), ElementsAre("Store"));
  EXPECT_THAT(place("Store.size"), ElementsAre("<in Store>"));
}

TEST(IndexSymbols, AreFoundByLines) {
  EXPECT_THAT(places_at(outline(), 1, 1), ElementsAre("<imports>"));
  EXPECT_THAT(places_at(outline(), 5, 8), ElementsAre("load", "<after load>"));
  EXPECT_THAT(places_at(outline(), 14, 17), ElementsAre("Store.load", "<after Store.load>", "Store.save"));
  EXPECT_THAT(places_at(outline(), 90, 99), IsEmpty());
}

}  // namespace
}  // namespace planner
