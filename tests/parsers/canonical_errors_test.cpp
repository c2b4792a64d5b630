#include <gtest/gtest.h>
#include <string>

#include "parsers/work_order.h"

namespace parsers {
namespace {

std::string said(const std::string& text) {
  const Source source{"a.yaml", text};
  return describe(read_canonical(source, {}).diagnostics, {source});
}

TEST(CanonicalErrors, OfDocumentsAndScopes) {
  const std::pair<std::string, std::string> table[] = {
      {"",
       "a.yaml: error: no work orders: the document is nothing\n"
       "  the least there can be: work_orders: [{id: WO-1, write: [src/a.py]}]\n"},
      {"# nothing\n",
       "a.yaml: error: no work orders: the document is nothing\n"
       "  the least there can be: work_orders: [{id: WO-1, write: [src/a.py]}]\n"},
      {"[]\n",
       "a.yaml: error: no work orders: the document is a list\n"
       "  the least there can be: work_orders: [{id: WO-1, write: [src/a.py]}]\n"},
      {"foo\n",
       "a.yaml: error: no work orders: the document is the text \"foo\"\n"
       "  the least there can be: work_orders: [{id: WO-1, write: [src/a.py]}]\n"},
      {"decision: []\n",
       "a.yaml: error: no \"work_orders\" in the document\n"
       "  the least there can be: work_orders: [{id: WO-1, write: [src/a.py]}]\n"
       "a.yaml:1:1: error: unknown key \"decision\" in the document\n"
       "  decision: []\n"
       "  ^\n"
       "  did you mean \"decisions\"? the keys are work_orders, decisions\n"},
      {"work_orders:\n",
       "a.yaml:1:1: error: \"work_orders\" wants a list, not nothing\n"
       "  work_orders:\n"
       "  ^\n"
       "  unknown is not empty: write \"work_orders: []\" for none, list the entries, or leave the key out\n"},
      {"work_orders: {id: a}\n",
       "a.yaml:1:14: error: \"work_orders\" wants a list, not a mapping\n"
       "  work_orders: {id: a}\n"
       "               ^\n"
       "  write every entry on a line of its own, after \"- \"\n"},
      {"work_orders:\n"
       "  - foo\n",
       "a.yaml:2:5: error: a work order is a mapping, not the text \"foo\"\n"
       "    - foo\n"
       "      ^\n"
       "  write it as \"key: value\" lines\n"},
      {"work_orders:\n"
       "  - write: [a]\n",
       "a.yaml:2:5: error: a work order without an id\n"
       "    - write: [a]\n"
       "      ^\n"
       "  add \"id: NAME\"\n"},
      {"work_orders:\n"
       "  - id: a\n"
       "    titel: x\n",
       "a.yaml:3:5: error: unknown key \"titel\" in a work order\n"
       "      titel: x\n"
       "      ^\n"
       "  did you mean \"title\"? the keys are id, title, priority, estimate, root, write, read, depends_on, before, "
       "do_not_touch, permits, closed, resources, keys, exploration, scope, branch, status, no_change\n"},
      {"work_orders:\n"
       "  - {id: a, xyzzy: 1}\n",
       "a.yaml:2:13: error: unknown key \"xyzzy\" in a work order\n"
       "    - {id: a, xyzzy: 1}\n"
       "              ^\n"
       "  the keys are id, title, priority, estimate, root, write, read, depends_on, before, do_not_touch, permits, "
       "closed, resources, keys, exploration, scope, branch, status, no_change\n"},
      {"work_orders:\n"
       "  - {id: a, title: true, branch: \"\", exploration: [x]}\n",
       "a.yaml:2:20: error: \"title\" wants text, not true\n"
       "    - {id: a, title: true, branch: \"\", exploration: [x]}\n"
       "                     ^\n"
       "  put it in quotes: \"true\"\n"
       "a.yaml:2:34: error: \"branch\" is empty\n"
       "    - {id: a, title: true, branch: \"\", exploration: [x]}\n"
       "                                   ^\n"
       "  give it a value, or leave the key out\n"
       "a.yaml:2:51: error: \"exploration\" wants text, not a list\n"
       "    - {id: a, title: true, branch: \"\", exploration: [x]}\n"
       "                                                    ^\n"},
      {"work_orders:\n"
       "  - {id: a, title: }\n",
       "a.yaml:2:13: error: \"title\" wants text, not nothing\n"
       "    - {id: a, title: }\n"
       "              ^\n"
       "  give it a value, or leave it out\n"},
      {"work_orders:\n"
       "  - {id: a, priority: high}\n"
       "  - {id: b, priority: \"3\"}\n"
       "  - {id: c, priority: 0}\n"
       "  - {id: d, priority: 1.5}\n"
       "  - {id: e, priority: 999999999999999999999999999999}\n",
       "a.yaml:2:23: error: \"priority\" wants an integer from 1 to 1000000000, not the text \"high\"\n"
       "    - {id: a, priority: high}\n"
       "                        ^\n"
       "a.yaml:3:23: error: \"priority\" wants an integer from 1 to 1000000000, not the text \"3\"\n"
       "    - {id: b, priority: \"3\"}\n"
       "                        ^\n"
       "  write it without quotes\n"
       "a.yaml:4:23: error: \"priority\" wants an integer from 1 to 1000000000, not 0\n"
       "    - {id: c, priority: 0}\n"
       "                        ^\n"
       "a.yaml:5:23: error: \"priority\" wants an integer from 1 to 1000000000, not 1.5\n"
       "    - {id: d, priority: 1.5}\n"
       "                        ^\n"
       "a.yaml:6:23: error: \"priority\" wants an integer from 1 to 1000000000, not 999999999999999999999999999999\n"
       "    - {id: e, priority: 999999999999999999999999999999}\n"
       "                        ^\n"},
      {"work_orders:\n"
       "  - {id: a, estimate: 45}\n"
       "  - {id: b, estimate: 0m}\n"
       "  - {id: c, estimate: [1h]}\n",
       "a.yaml:2:23: error: \"estimate\" wants a duration, not 45\n"
       "    - {id: a, estimate: 45}\n"
       "                        ^\n"
       "  write it as 90s, 45m or 2h: a whole number and its unit\n"
       "a.yaml:3:23: error: \"estimate\" wants a duration, not the text \"0m\"\n"
       "    - {id: b, estimate: 0m}\n"
       "                        ^\n"
       "  write it as 90s, 45m or 2h: a whole number and its unit\n"
       "a.yaml:4:23: error: \"estimate\" wants a duration, not a list\n"
       "    - {id: c, estimate: [1h]}\n"
       "                        ^\n"
       "  write it as 90s, 45m or 2h: a whole number and its unit\n"},
      {"work_orders:\n"
       "  - {id: a, write: none}\n"
       "  - {id: b, write: N/A}\n"
       "  - {id: c, write: a.py}\n"
       "  - {id: d, write: {path: a.py}}\n",
       "a.yaml:2:20: error: \"write\" wants a list, not the text \"none\"\n"
       "    - {id: a, write: none}\n"
       "                     ^\n"
       "  an explicitly empty set is \"write: []\"\n"
       "a.yaml:3:20: error: \"write\" wants a list, not the text \"N/A\"\n"
       "    - {id: b, write: N/A}\n"
       "                     ^\n"
       "  an explicitly empty set is \"write: []\"\n"
       "a.yaml:4:20: error: \"write\" wants a list, not the text \"a.py\"\n"
       "    - {id: c, write: a.py}\n"
       "                     ^\n"
       "  also a single entry needs a list: write: [\"a.py\"]\n"
       "a.yaml:5:20: error: \"write\" wants a list, not a mapping\n"
       "    - {id: d, write: {path: a.py}}\n"
       "                     ^\n"
       "  write every entry on a line of its own, after \"- \"\n"},
      {"work_orders:\n"
       "  - id: a\n"
       "    write:\n"
       "    read: ~\n",
       "a.yaml:3:5: error: \"write\" wants a list, not nothing\n"
       "      write:\n"
       "      ^\n"
       "  unknown is not empty: write \"write: []\" for none, list the entries, or leave the key out\n"
       "a.yaml:4:5: error: \"read\" wants a list, not nothing\n"
       "      read: ~\n"
       "      ^\n"
       "  unknown is not empty: write \"read: []\" for none, list the entries, or leave the key out\n"},
      {"work_orders:\n"
       "  - {id: a, write: [\"\", [b], ~, true, {intent: create}, {path: }]}\n",
       "a.yaml:2:21: error: an empty path in \"write\"\n"
       "    - {id: a, write: [\"\", [b], ~, true, {intent: create}, {path: }]}\n"
       "                      ^\n"
       "  name a file, a directory with / at its end, or a pattern\n"
       "a.yaml:2:25: error: an entry of \"write\" wants text, not a list\n"
       "    - {id: a, write: [\"\", [b], ~, true, {intent: create}, {path: }]}\n"
       "                          ^\n"
       "a.yaml:2:30: error: an entry of \"write\" wants text, not nothing\n"
       "    - {id: a, write: [\"\", [b], ~, true, {intent: create}, {path: }]}\n"
       "                               ^\n"
       "  give it a value, or leave it out\n"
       "a.yaml:2:33: error: an entry of \"write\" wants text, not true\n"
       "    - {id: a, write: [\"\", [b], ~, true, {intent: create}, {path: }]}\n"
       "                                  ^\n"
       "  put it in quotes: \"true\"\n"
       "a.yaml:2:39: error: an entry of \"write\" without a path\n"
       "    - {id: a, write: [\"\", [b], ~, true, {intent: create}, {path: }]}\n"
       "                                        ^\n"
       "  write it as {path: FILE, ...}\n"
       "a.yaml:2:58: error: \"path\" wants text, not nothing\n"
       "    - {id: a, write: [\"\", [b], ~, true, {intent: create}, {path: }]}\n"
       "                                                           ^\n"
       "  give it a value, or leave it out\n"},
      {"work_orders:\n"
       "  - id: a\n"
       "    write:\n"
       "      -\n"
       "      - a\n",
       "a.yaml:4:7: error: an entry of \"write\" wants text, not nothing\n"
       "        -\n"
       "        ^\n"
       "  give it a value, or leave it out\n"},
      {"work_orders:\n"
       "  - {id: a, write: [\"x\\ny\", \"x\\0y\"]}\n",
       "a.yaml:2:21: error: a NUL or a line break inside a path in \"write\"\n"
       "    - {id: a, write: [\"x\\ny\", \"x\\0y\"]}\n"
       "                      ^\n"
       "  write one path per entry\n"
       "a.yaml:2:29: error: a NUL or a line break inside a path in \"write\"\n"
       "    - {id: a, write: [\"x\\ny\", \"x\\0y\"]}\n"
       "                              ^\n"
       "  write one path per entry\n"},
      {"work_orders:\n"
       "  - {id: a, write: [{path: a, intent: rename}, {path: a, intent: delete, to: b}, {path: a, after: b}, {path: "
       "a, intent: remove}, {path: a, to: b}]}\n",
       "a.yaml:2:28: error: a rename without its target\n"
       "    - {id: a, write: [{path: a, intent: rename}, {path: a, intent: delete, to: b}, {path: a, after: b}, {path: "
       "a, intent: remove}, {path: a, to: b}]}\n"
       "                             ^\n"
       "  add \"to: NEW-PATH\"\n"
       "a.yaml:2:78: error: \"to\" without \"intent: rename\"\n"
       "    - {id: a, write: [{path: a, intent: rename}, {path: a, intent: delete, to: b}, {path: a, after: b}, {path: "
       "a, intent: remove}, {path: a, to: b}]}\n"
       "                                                                               ^\n"
       "  only a rename has a target\n"
       "a.yaml:2:99: error: \"after\" without \"intent: create\"\n"
       "    - {id: a, write: [{path: a, intent: rename}, {path: a, intent: delete, to: b}, {path: a, after: b}, {path: "
       "a, intent: remove}, {path: a, to: b}]}\n"
       "                                                                                                    ^\n"
       "  it says behind which symbol a new symbol goes\n"
       "a.yaml:2:121: error: unknown intent \"remove\"\n"
       "    - {id: a, write: [{path: a, intent: rename}, {path: a, intent: delete, to: b}, {path: a, after: b}, {path: "
       "a, intent: remove}, {path: a, to: b}]}\n"
       "                                                                                                               "
       "           ^\n"
       "  an intent is modify, create, delete, rename or append\n"
       "a.yaml:2:144: error: \"to\" without \"intent: rename\"\n"
       "  th: a, intent: rename}, {path: a, intent: delete, to: b}, {path: a, after: b}, {path: a, intent: remove}, "
       "{path: a, to: b}]}\n"
       "                                                                                                               "
       "           ^\n"
       "  only a rename has a target\n"},
      {"work_orders:\n"
       "  - {id: a, write: [{path: a, tolerates_writes: false}, {path: a, intent: rename, to: \"\"}, {path: a, intent: "
       "~}, {path: a, pth: b}]}\n",
       "a.yaml:2:49: error: \"tolerates_writes\" in \"write\"\n"
       "    - {id: a, write: [{path: a, tolerates_writes: false}, {path: a, intent: rename, to: \"\"}, {path: a, "
       "intent: ~}, {path: a, pth: b}]}\n"
       "                                                  ^\n"
       "  only an entry of \"read\" can tolerate writes\n"
       "a.yaml:2:87: error: an empty path in \"to\"\n"
       "    - {id: a, write: [{path: a, tolerates_writes: false}, {path: a, intent: rename, to: \"\"}, {path: a, "
       "intent: ~}, {path: a, pth: b}]}\n"
       "                                                                                        ^\n"
       "  name a file, a directory with / at its end, or a pattern\n"
       "a.yaml:2:102: error: \"intent\" wants text, not nothing\n"
       "    - {id: a, write: [{path: a, tolerates_writes: false}, {path: a, intent: rename, to: \"\"}, {path: a, "
       "intent: ~}, {path: a, pth: b}]}\n"
       "                                                                                                       ^\n"
       "  give it a value, or leave it out\n"
       "a.yaml:2:124: error: unknown key \"pth\" in an entry of \"write\"\n"
       "   {id: a, write: [{path: a, tolerates_writes: false}, {path: a, intent: rename, to: \"\"}, {path: a, intent: "
       "~}, {path: a, pth: b}]}\n"
       "                                                                                                               "
       "           ^\n"
       "  did you mean \"path\"? the keys are path, intent, to, after, tolerates_writes\n"},

  };
  for (const auto& [text, expected] : table) EXPECT_EQ(said(text), expected) << text;
}

}  // namespace
}  // namespace parsers
