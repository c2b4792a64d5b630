// A text answer: a verdict and sections, all of it or the forty lines that matter most.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/report/report.h"
#include "planner/report/wrap.h"

namespace planner::report {

class Page {
 public:
  explicit Page(TextStyle style) : pen{style.color}, brief_(style.brief) {}

  /// The answer in one sentence.
  void verdict(std::string_view text, Ink);

  /// Sections print in the order they are opened; one without lines prints only if its title says it all. Leading
  /// sections are what a brief page keeps first.
  enum class Rank { lead, rest };
  void section(std::string_view title, Rank, Ink = Ink::bold);

  /// A line of the open section. Spaces may become line breaks. One that begins an item is where a brief page may stop;
  /// by default lines further in belong to what stands above them.
  enum class Item { begins, continues };
  void line(std::string_view text, std::size_t indent = 2, std::size_t hanging = 4);
  void line(std::string_view text, std::size_t indent, std::size_t hanging, Item);

  /// A line that has to stay one line to be copied.
  void verbatim(std::string text, Item = Item::continues);

  std::string print() const;

  const Pen pen;

 private:
  struct Section {
    std::string title;
    Rank rank;
    Ink ink;
    std::vector<std::string> lines;
    std::vector<std::size_t> items;  ///< where they begin in `lines`
  };
  static std::size_t end_of_item(const Section&, std::size_t begin);
  std::string title_of(const Section&, std::size_t shown) const;
  std::string print_brief(std::size_t total) const;

  bool brief_;
  std::vector<std::string> verdict_;
  std::vector<Section> sections_;
};

}  // namespace planner::report
