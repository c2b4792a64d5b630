#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <gtest/gtest.h>
#include <memory>

#include "planner/report/markdown_escape.h"
#include "planner/report/report.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

/// As a forge would show it, trusting all HTML.
std::string rendered(const std::string& markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, void (*)(cmark_parser*)> parser(cmark_parser_new(CMARK_OPT_UNSAFE),
                                                                      cmark_parser_free);
  for (const char* name : {"table", "autolink", "strikethrough"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, void (*)(cmark_node*)> root(cmark_parser_finish(parser.get()), cmark_node_free);
  const std::unique_ptr<char, void (*)(void*)> html(
      cmark_render_html(root.get(), CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser.get())), std::free);
  return html.get();
}

void expect_harmless(const std::string& markdown) {
  const std::string html = rendered(markdown);
  for (const char* bad : {"<script", "<a ", "<img", "<em>bold", "<strong>bold", "@everyone", "#12<", "\x1b", "<h2"})
    EXPECT_EQ(html.find(bad), std::string::npos) << bad << "\n" << html;
}

TEST(MarkdownPlan, ShowsWhatMattersAndFoldsTheRest) {
  const PlanAnswer answer = undecided();
  EXPECT_EQ(without_digests(markdown(answer), answer), R"out(### Plan: decision-needed

5 work orders: 2 lanes, 3 waves, 3 steps; 3 conflicting pairs, 1 alone, 1 decision needed

#### Schedule: 3 steps on 2 agents (as many as it takes)

| when | agent | work order | title | after |
|---|---|---|---|---|
| step 1 | 1 | `WO-A` | Remove the old view |  |
| step 1 | 2 | `WO-C` | Test the dice |  |
| step 2 | 1 | `WO-B` | Polish the view | `WO-A`, `WO-C` |
| step 2 | 2 | `WO-D` |  | `WO-C` |
| step 3 | 1 | `WO-E` | Nobody knows | `WO-B`, `WO-D` |

#### Decisions needed: 1

**`WO-A` and `WO-B`**

  - orphaned-work: `src/view.py` (WO-A deletes what WO-B writes): `WO-A` deletes it (`orders.yaml:2`), `WO-B` writes it (`orders.yaml:3`)

| choice | costs |
|---|---|
| `first:WO-A` | 3 steps, as planned |
| `first:WO-B` | 4 steps, 1 more |
| `drop:WO-A` | 3 steps, as planned |
| `drop:WO-B` | 3 steps, as planned |
| `together` | 3 steps, as planned |

Answer it under `decisions:` in an order file, for instance:

```yaml
- {between: [WO-A, WO-B], choose: "first:WO-A", digest: "PAIR-DIGEST"}
```

#### Unknown scopes: 1

- `WO-E` (`orders.yaml:6`): no write set is declared; it runs alone

#### Bottleneck

- 3 steps, and no plan is shorter: WO-A, WO-B and WO-E exclude each other
- 3 waves, and no plan can do with fewer: WO-A, WO-B and WO-E exclude each other

**Ready now:** `WO-C`

**Held:**

- `WO-A` (`orders.yaml:2`): orphaned-work with WO-B needs a decision
- `WO-B` (`orders.yaml:3`): orphaned-work with WO-A needs a decision

#### Findings: 0 errors, 0 warnings, 1 note

| severity | rule | work order | place | what |
|---|---|---|---|---|
| note | `unknown-cost` | `WO-E` | `orders.yaml:6` | WO-E has no accepted scope and runs alone, which costs up to 1 of 3 steps and 1 of 3 waves (inferred) |

<details><summary>Lanes: one session each, in this order</summary>

- `WO-A` → `WO-C` → `WO-B` → `WO-D`
- a lane of its own each: `WO-E`

</details>

<details><summary>Waves: all at once, then a barrier</summary>

1. `WO-A`, `WO-C`
1. `WO-B`, `WO-D`
1. `WO-E`

</details>

<details><summary>Conflicts</summary>

- `WO-A` and `WO-B`: a decision is needed; until then never at once
  - orphaned-work: `src/view.py` (WO-A deletes what WO-B writes): `WO-A` deletes it (`orders.yaml:2`), `WO-B` writes it (`orders.yaml:3`)
  - write-write: `src/view.py`: `WO-A` deletes it (`orders.yaml:2`), `WO-B` writes it (`orders.yaml:3`)
- `WO-B` and `WO-C`: never at once
  - write-write: `tests/test_c.py`: `WO-B` writes `tests/**` (`orders.yaml:3`), `WO-C` writes it (`orders.yaml:4`)
- `WO-C` and `WO-D`: WO-C goes first
  - read-write: `src/rng.py`: `WO-C` reads it (`orders.yaml:4`), `WO-D` writes it (`orders.yaml:5`)
- `WO-E` and all others: WO-E runs alone
  - unknown-scope (unproven) (no write set is declared, so it may write anything): `WO-E` is declared here (`orders.yaml:6`)

</details>

no repository, input DIGEST
)out");
}

TEST(MarkdownPlan, HostileTextStaysText) {
  const std::string out = markdown(hostile());
  expect_harmless(out);
  EXPECT_NE(rendered(out).find("<td>\\x1B[31mred\\x1B[0m &lt;script&gt;alert(1)&lt;/script&gt; |"), std::string::npos)
      << rendered(out);
}

TEST(MarkdownPlan, HostileTextKeepsTheColumnsOfTables) {
  const std::string html = rendered(markdown(hostile()));
  std::size_t cells = 0;
  for (std::size_t at = html.find("<td>"); at != std::string::npos; at = html.find("<td>", at + 1)) ++cells;
  EXPECT_EQ(cells, 10U);
}

TEST(MarkdownVerify, HostileTextStaysText) {
  VerifyAnswer answer;
  answer.judged = {{{"<script>"}, "fix", "a", "b", 1, {}}, {{"WO-2"}, "fix", "a", "b", 1, {}}};
  answer.crossed = {{{"<script>", "WO-2"}, {"a|`b`.py"}}};
  answer.not_judged = {{"<script>", "there is no branch <script>"}};
  answer.findings = {{"foreign-work",
                      FindingSeverity::error,
                      Certainty::proved,
                      "WO-1",
                      "<script> @everyone | https://evil.example",
                      {"a|`b`.py", 3},
                      {{{"<img>.py", 1}, "a@evil.example"}}}};
  const std::string out = markdown(answer);
  expect_harmless(out);
  EXPECT_NE(rendered(out).find("<code>a|`b`.py:3</code>"), std::string::npos) << rendered(out);
}

TEST(MarkdownVerify, TheTrailerIsThereToBePasted) {
  VerifyAnswer answer;
  answer.findings = {{"undeclared-write",
                      FindingSeverity::error,
                      Certainty::proved,
                      "WO-1",
                      "\"_a_.py\" was added; undo it, or commit with the trailer Scope-Add: _a_.py -- reason",
                      {"_a_.py", 0},
                      {}}};
  EXPECT_NE(markdown(answer).find("| \"\\_a\\_.py\" was added<br>undo it, or commit with the trailer: "
                                  "`Scope-Add: _a_.py -- reason` |\n"),
            std::string::npos)
      << markdown(answer);
}

TEST(Escaped, LeavesWordsAlone) {
  EXPECT_EQ(escaped("resolve_attack in core/a.py: 3 steps, 2 of 4"), "resolve_attack in core/a.py: 3 steps, 2 of 4");
  EXPECT_EQ(escaped("_a_ *b* a\\b"), "\\_a\\_ \\*b\\* a\\\\b");
  EXPECT_EQ(escaped("@me #1 https://x www.x"), "@<!-- -->me #<!-- -->1 https:<!-- -->//x www<!-- -->.x");
}

TEST(Code, FenceIsLongerThanWhatItHolds) {
  EXPECT_EQ(code("a.py"), "`a.py`");
  EXPECT_EQ(code("a`b"), "``a`b``");
  EXPECT_EQ(code("``a"), "``` ``a ```");
  EXPECT_EQ(code("a|b"), "`a\\|b`");
  EXPECT_EQ(code("a\nb"), "`a\\x0Ab`");
  EXPECT_EQ(code_block("sh", "echo ```"), "````sh\necho ```\n````\n");
}

}  // namespace
}  // namespace planner::report
