#include "parsers/document_kind.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

TEST(KindOf, GoesByNameThenByContent) {
  const struct {
    std::string name, text;
    DocumentKind kind;
  } table[] = {
      {"a.md", "{\"work_orders\": []}", DocumentKind::markdown},
      {"A.MARKDOWN", "work_orders: []", DocumentKind::markdown},
      {"a.yaml", "# Title", DocumentKind::yaml},
      {"a.YML", "", DocumentKind::yaml},
      {"a.yaml", "{work_orders: []}", DocumentKind::yaml},
      {"a.json", "[]", DocumentKind::json},
      {"<stdin>", "", DocumentKind::markdown},
      {"<stdin>", "\n\xEF\xBB\xBF{", DocumentKind::markdown},
      {"<stdin>", "\xEF\xBB\xBF\n {", DocumentKind::json},
      {"<stdin>", "# A comment, or a heading\nwork_orders:\n", DocumentKind::yaml},
      {"<stdin>", "---\r\ndecisions: []\r\n", DocumentKind::yaml},
      {"<stdin>", "# How to write orders\n```yaml\nwork_orders:\n```\n", DocumentKind::markdown},
      {"orders", "## WO-1: x\n**Write set:** a\n", DocumentKind::markdown},
      {".md", "", DocumentKind::markdown},
      {"md", "work_orders: []", DocumentKind::yaml},
  };
  for (const auto& [name, text, kind] : table) EXPECT_EQ(kind_of({name, text}), kind) << name << "\n" << text;
}

}  // namespace
}  // namespace parsers
