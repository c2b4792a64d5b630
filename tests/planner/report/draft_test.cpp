#include "planner/report/draft.h"

#include <gtest/gtest.h>

#include "parsers/work_order.h"
#include "planner/draft_answer.h"

namespace planner {
namespace {

/// One order with one proposed line, named and reasoned by text that wants to be something else.
DraftAnswer hostile() {
  DraftAnswer answer;
  Order order;
  order.id = "A";
  order.title = "x\"\n    scope: declared";
  Entry entry;
  entry.resource = resource_from("src/a.py");
  entry.where = {"b\n- evil.md", 3};
  entry.certainty = Certainty::inferred;
  order.proposed.push_back(entry);
  answer.orders.list.push_back(order);
  Drafted drafted{OrderId(0), {}, {}};
  drafted.write.push_back({entry, DraftBasis::resolved, "said\n      - \"**\"\xE2\x80\xA8now"});
  answer.drafted.push_back(drafted);
  return answer;
}

TEST(DraftReport, IsReadBackAsAProposalWhateverTheTextSays) {
  const parsers::Source source{"drafted.yaml", report::text(hostile())};
  const auto read = parsers::read_canonical(source, parsers::FileId{0});
  EXPECT_TRUE(read.diagnostics.empty()) << source.text;
  ASSERT_EQ(read.value.orders.size(), 1U);
  EXPECT_TRUE(read.value.orders.front().proposed);
  ASSERT_EQ(read.value.orders.front().write->size(), 1U);
  EXPECT_EQ(read.value.orders.front().write->front().text, "src/a.py");
}

TEST(DraftReport, SaysTheEvidenceOfEveryLine) {
  EXPECT_NE(report::json(hostile()).find("\"basis\": \"resolved\""), std::string::npos);
}

}  // namespace
}  // namespace planner
