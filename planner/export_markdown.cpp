// spec-kit's task lines and ccpm's front matter.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "planner/conflict.h"
#include "planner/export.h"

namespace planner {
namespace {

/// Lines without their ends, as offsets into the text.
struct Lines {
  explicit Lines(std::string_view whole) : text(whole) {
    for (std::size_t at = 0; at <= text.size();) {
      std::size_t end = std::min(text.find('\n', at), text.size());
      const std::size_t next = end + 1;
      if (end > at && text[end - 1] == '\r') --end;
      spans.emplace_back(at, end);
      at = next;
    }
  }
  std::string_view line(std::size_t number) const {  // from 1
    const auto [from, to] = spans[number - 1];
    return text.substr(from, to - from);
  }
  std::string_view text;
  std::vector<std::pair<std::size_t, std::size_t>> spans;
};

std::vector<OrderId> orders_of(const parsers::Source& source, const Orders& orders) {
  std::vector<OrderId> out;
  for (std::size_t i = 0; i < orders.list.size(); ++i)
    if (orders.list[i].where.file == source.name && orders.list[i].where.line > 0) out.emplace_back(i);
  std::sort(out.begin(), out.end(),
            [&](OrderId a, OrderId b) { return orders.list[a.index()].where < orders.list[b.index()].where; });
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Pairs that must not run at once, those of large hubs too.
class Apart {
 public:
  explicit Apart(const Plan& plan) {
    for (const Conflict& c : plan.conflicts)
      if (!c.with_all && c.resolution != Resolution::hint) pairs_.emplace(c.between[0], c.between[1]);
    for (std::size_t h = 0; h < plan.hubs.size(); ++h) {
      for (const OrderId id : plan.hubs[h].writers) hubs_[id].emplace(h, true);
      for (const OrderId id : plan.hubs[h].readers) hubs_[id].emplace(h, false);
    }
  }
  bool operator()(OrderId a, OrderId b) const {
    if (pairs_.contains(std::minmax(a, b))) return true;
    const auto x = hubs_.find(a), y = hubs_.find(b);
    if (x == hubs_.end() || y == hubs_.end()) return false;
    return std::any_of(x->second.begin(), x->second.end(), [&](const auto& use) {
      const auto other = y->second.find(use.first);
      return other != y->second.end() && (use.second || other->second);
    });
  }

 private:
  std::set<std::pair<OrderId, OrderId>> pairs_;
  std::map<OrderId, std::map<std::size_t, bool>> hubs_;
};

/// "[1, 2]" with more in it; ids that are there already stay as they are written.
std::string with_items(std::string_view list, const std::vector<std::string>& more) {
  std::string_view inner = trimmed(list);
  inner = trimmed(inner.substr(1, inner.size() - 2));
  while (inner.ends_with(',')) inner = trimmed(inner.substr(0, inner.size() - 1));
  std::string out = "[" + std::string(inner);
  for (const std::string& item : more) out += (out.size() > 1 ? ", " : "") + item;
  return out + "]";
}

/// Adds ids to a list in the front matter, in whichever style it is written. False: it is none that can be added to.
bool add_to_front_matter(const Lines& lines, std::string_view key, const std::vector<std::string>& ids,
                         std::vector<TextEdit>& edits) {
  if (lines.spans.size() < 2 || trimmed(lines.line(1)).find("---") == std::string_view::npos) return false;
  const std::string eol = lines.text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
  for (std::size_t n = 2; n <= lines.spans.size(); ++n) {
    const std::string_view line = lines.line(n);
    if (trimmed(line) == "---") {
      std::string list = "[";
      for (std::size_t i = 0; i < ids.size(); ++i) list += (i == 0 ? "" : ", ") + ids[i];
      edits.push_back({lines.spans[n - 1].first, 0, fmt::format("{}: {}]{}", key, list, eol)});
      return true;
    }
    if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ':') continue;
    const std::size_t from = lines.spans[n - 1].first + key.size() + 1;
    const std::string_view value = trimmed(line.substr(key.size() + 1));
    const std::size_t close = value.find(']');
    if (value.starts_with('[') && close != std::string_view::npos) {
      const std::size_t at = static_cast<std::size_t>(value.data() - lines.text.data());
      edits.push_back({at, close + 1, with_items(value.substr(0, close + 1), ids)});
      return true;
    }
    if (value.starts_with('[')) return false;
    if (!value.empty()) {
      std::string more;
      for (const std::string& id : ids) more += ", " + id;
      edits.push_back({lines.spans[n - 1].second, 0, more});
      return true;
    }
    std::size_t last = n;
    while (last + 1 <= lines.spans.size() && trimmed(lines.line(last + 1)).starts_with("- ")) ++last;
    if (last == n) {
      edits.push_back({from, 0, " " + with_items("[]", ids)});
      return true;
    }
    const std::string_view item = lines.line(last);
    const std::string indent(item.substr(0, item.find('-')));
    std::string more;
    for (const std::string& id : ids) more += fmt::format("{}{}- {}", eol, indent, id);
    edits.push_back({lines.spans[last - 1].second, 0, more});
    return true;
  }
  return false;
}

}  // namespace

FileExport export_spec_kit(const parsers::Source& source, const Orders& orders, const Plan& plan,
                           const Learned& learned) {
  FileExport out;
  const Lines lines(source.text);
  const std::vector<OrderId> tasks = orders_of(source, orders);
  const std::set<OrderId> here(tasks.begin(), tasks.end());
  const Apart apart(plan);
  const auto at = [&](OrderId id) -> const Order& { return orders.list[id.index()]; };
  // A mark says "different files" of its whole section; the first of two that meet keeps it.
  std::vector<OrderId> kept;
  std::string section;
  std::set<OrderId> taken_back;
  for (const OrderId id : tasks) {
    const Order& task = at(id);
    if (!task.parallel || !task.parallel->parallel) continue;
    if (task.parallel->among != section) kept.clear();
    section = task.parallel->among;
    if (!task.open()) continue;
    const auto other = std::find_if(kept.begin(), kept.end(), [&](OrderId earlier) { return apart(earlier, id); });
    if (other == kept.end()) {
      kept.push_back(id);
      continue;
    }
    const std::string_view line = lines.line(task.where.line);
    const std::size_t mark = line.find(task.parallel->text);
    if (mark == std::string_view::npos) continue;
    std::size_t length = task.parallel->text.size();
    while (mark + length < line.size() && line[mark + length] == ' ') ++length;
    out.edits.push_back({lines.spans[task.where.line - 1].first + mark, length, ""});
    out.said.push_back(
        fmt::format("{} is no longer marked {}: not at once with {}", task.id, task.parallel->text, at(*other).id));
    taken_back.insert(id);  // and goes in its turn, as the text has it
  }
  std::map<OrderId, std::vector<std::string>> waits;
  std::vector<std::size_t> ranks(orders.list.size(), SIZE_MAX);
  for (const OrderId id : tasks) ranks[id.index()] = at(id).where.line;
  for (const auto& [first, second] : waits_by_rank(orders, learned, ranks)) {
    if (!here.contains(first) || !here.contains(second) || taken_back.contains(first) || taken_back.contains(second))
      continue;
    waits[second].emplace_back(own_id(at(first).id));
  }
  for (const auto& [id, on] : waits) {
    std::string list;
    for (const std::string& task : on) list += (list.empty() ? "" : ", ") + task;
    out.edits.push_back({lines.spans[at(id).where.line - 1].second, 0, fmt::format(" (depends on {})", list)});
    out.said.push_back(fmt::format("{} waits for {}", at(id).id, list));
  }
  return out;
}

FileExport export_ccpm(const parsers::Source& source, const Orders& orders, const Learned& learned) {
  FileExport out;
  const std::vector<OrderId> tasks = orders_of(source, orders);
  if (tasks.size() != 1) return out;  // streams of an analysis have no field of their own
  const OrderId id = tasks.front();
  const std::string_view place = source.name;
  const std::string_view directory = place.substr(0, place.rfind('/') + 1);
  const auto neighbour = [&](OrderId other) {
    const std::string_view file = orders.list[other.index()].where.file;
    return file.substr(0, file.rfind('/') + 1) == directory;
  };
  std::vector<std::string> conflicts, waits;
  const auto known = [&](std::string_view key, const std::string& other) {
    const Order& order = orders.list[id.index()];
    const auto [a, b] = std::minmax(order.id, other);
    if (key == "conflicts_with")
      return std::any_of(order.resources.begin(), order.resources.end(), [&, x = a, y = b](const ResourceUse& use) {
        return use.name == fmt::format("conflicts_with:{}+{}", x, y);
      });
    return false;
  };
  for (const auto& [a, b] : learned.exclusive) {
    const OrderId other = a == id ? b : b == id ? a : id;
    if (other == id || !neighbour(other) || known("conflicts_with", orders.list[other.index()].id)) continue;
    conflicts.emplace_back(own_id(orders.list[other.index()].id));
  }
  for (const auto& [first, second] : learned.reader_first)
    if (second == id && neighbour(first)) waits.emplace_back(own_id(orders.list[first.index()].id));
  const Lines lines(source.text);
  const std::pair<std::string_view, std::vector<std::string>*> lists[] = {{"conflicts_with", &conflicts},
                                                                          {"depends_on", &waits}};
  for (const auto& [key, ids] : lists) {
    std::sort(ids->begin(), ids->end(), [](const std::string& a, const std::string& b) {
      return std::pair(a.size(), a) < std::pair(b.size(), b);
    });
    ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
    if (ids->empty()) continue;
    std::string text;
    for (const std::string& each : *ids) text += (text.empty() ? "" : ", ") + each;
    const bool added = add_to_front_matter(lines, key, *ids, out.edits);
    out.said.push_back(fmt::format("{}: {} {}{}", orders.list[id.index()].id, key, text,
                                   added ? "" : " (not written: no list to add to)"));
  }
  return out;
}

}  // namespace planner
