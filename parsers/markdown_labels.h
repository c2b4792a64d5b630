// The words authors put before a scope, and the ones that only look like them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "parsers/work_order.h"

namespace parsers {

enum class LabelKind {
  write,
  read,
  depends_on,
  before,
  do_not_touch,
  permits,
  resources,
  keys,
  priority,
  estimate,
  status,
  branch,
  exploration,
  root,
  title,
  boundaries,  ///< only "Do NOT modify `x`" sentences in it count
  order_id,    ///< "Work Order: WO-1", names the document
  evidence,    ///< "Location: a.py:12", a place inside a declared file
  other,       ///< known, carries nothing that a plan uses
};

struct Label {
  std::string_view name;  ///< as `normal_label` gives it
  LabelKind kind;
  std::optional<Intent> intent;  ///< what the word itself says about how it writes
  bool weak = false;             ///< also an ordinary word: counts only when its value is paths
  bool single = false;           ///< a second one in the same order is a second scope block
};

/// Lower case, `-` and `_` as spaces, no emphasis, no final colon, no "(4 total)"; "file(s)" is "files".
std::string normal_label(std::string_view);

std::span<const Label> known_labels();

/// By its normal name.
const Label* find_label(std::string_view written);

/// The name of the label that `written` imitates with letters of another alphabet or invisible ones.
std::optional<std::string_view> label_in_disguise(std::string_view written);

/// The name of the label that `written` misspells by one or two letters.
std::optional<std::string_view> label_misspelt(std::string_view written);

/// Write, read, do-not-touch and permits: what a scope consists of.
bool is_path_set(LabelKind);

/// Whether `rest` is a value that makes a label of a name without a colon: "**Write set** a.py", "| Write set | a.py
/// |".
bool introduces(const Label&, std::string_view rest);

/// What `check --verbose` calls it.
std::string_view to_string(LabelKind);

/// "**Write set:** a.py", "Write set: a.py": a name, then a value on the same line.
struct LabelledText {
  const Label* label = nullptr;  ///< nullptr: a word nobody told us about
  std::string_view name;
  std::string_view rest;
  std::string_view line;  ///< from the first mark of emphasis on
  bool bold = false;
};
std::optional<LabelledText> split_label(std::string_view line);

}  // namespace parsers
