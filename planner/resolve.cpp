#include "planner/resolve.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <tuple>
#include <unordered_map>

#include "parsers/code_identifiers.h"

namespace planner {
namespace {

using parsers::Diagnostic;
using parsers::Intent;
using parsers::Location;
using parsers::Severity;

/// Everything that one call of resolve reads and collects.
class Binder {
 public:
  Binder(const parsers::Config& config, const Ground& ground, const std::vector<parsers::Source>& sources)
      : config_(config), ground_(ground), sources_(sources) {}

  Bound run(const std::vector<parsers::WorkOrders>& documents) {
    bind_rules();
    std::vector<const parsers::WorkOrder*> written = in_order(documents);
    for (const parsers::WorkOrder* order : written) note_new_symbols(*order);
    for (const parsers::WorkOrder* order : written) {
      foreign_ = order->foreign;  // one bad entry of somebody else's file is no reason to read nothing
      bound_.orders.list.push_back(bind_scope(*order));
    }
    for (std::size_t i = 0; i < written.size(); ++i) {
      foreign_ = written[i]->foreign;
      bind_dependencies(*written[i], bound_.orders.list[i]);
      bind_exclusions(*written[i], OrderId(i));
    }
    foreign_ = false;
    for (const parsers::WorkOrders& document : documents) {
      for (const parsers::Decision& decision : document.decisions) bind_decision(decision);
      for (const parsers::HandMadeWave& wave : document.waves) {
        HandMadeWave bound{wave.name, {}, place(wave.where)};
        for (const parsers::Key& key : wave.orders) bound.orders.push_back(key.name);
        bound_.orders.waves.push_back(std::move(bound));
      }
    }
    return std::move(bound_);
  }

 private:
  void say(Severity severity, Location where, std::string message, std::string remedy = {}) {
    if (quiet_) return;
    if (foreign_ && severity == Severity::error) severity = Severity::warning;
    bound_.diagnostics.push_back({severity, where, std::move(message), std::move(remedy)});
  }
  Place place(Location where) const {
    return {where.file.value < sources_.size() ? sources_[where.file.value].name : std::string(), where.line};
  }

  /// All orders by (priority, id); the second of two with one id is an error and left out.
  std::vector<const parsers::WorkOrder*> in_order(const std::vector<parsers::WorkOrders>& documents) {
    std::vector<const parsers::WorkOrder*> all;
    std::unordered_map<std::string_view, const parsers::WorkOrder*> first;
    for (const parsers::WorkOrders& document : documents)
      for (const parsers::WorkOrder& order : document.orders) {
        const auto [known, fresh] = first.emplace(order.id, &order);
        if (fresh) {
          all.push_back(&order);
          continue;
        }
        const Place other = place(known->second->where);
        say(Severity::error, order.where, fmt::format("work order \"{}\" is declared twice", order.id),
            fmt::format("the first is at {}:{}; give this one another id or merge them", other.file, other.line));
      }
    const auto rank = [](const parsers::WorkOrder* o) {
      return std::tuple(o->priority.value_or(INT64_MAX), std::string_view(o->id));
    };
    std::sort(all.begin(), all.end(), [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
    for (std::size_t i = 0; i < all.size(); ++i) ids_.emplace(all[i]->id, OrderId(i));
    return all;
  }

  void bind_rules() {
    Rules& rules = bound_.orders.rules;
    rules.target = config_.target;
    rules.isolation = config_.isolation;
    rules.policy = config_.policy;
    rules.require_order = config_.require_order;
    rules.append = configured(config_.classes.append);
    rules.regenerate = configured(config_.classes.regenerate);
    rules.companion = configured(config_.classes.companion);
    for (const parsers::ConfiguredPath& path : config_.classes.barrier)
      for (Resource& resource : configured({path})) {
        rules.barrier.push_back(std::move(resource));
        rules.barrier_where.push_back(place(path.where));
      }
    rules.removed = configured(config_.removed);
    for (const parsers::ConfiguredPath& series : config_.series) {
      if (const auto error = parsers::PathPattern::pattern_error(series.text))
        say(Severity::error, series.where, fmt::format("{}: \"{}\"", *error, series.text));
      rules.series.push_back(series.text);
    }
    for (const auto& [name, pool] : config_.pools)
      rules.pools.push_back({name, static_cast<int>(std::min<std::int64_t>(pool.capacity, INT32_MAX))});
    for (const auto& [name, paths] : config_.areas) areas_[name] = configured(paths);
  }

  std::vector<Resource> configured(const std::vector<parsers::ConfiguredPath>& paths) {
    std::vector<Resource> out;
    for (const parsers::ConfiguredPath& path : paths) {
      if (path.text.starts_with('@')) {
        say(Severity::error, path.where, fmt::format("\"{}\" is an area, and only orders may name areas", path.text),
            "write its paths here");
        continue;
      }
      const CanonicalPath canonical = canonical_path(path.text, "", ground_);
      if (canonical.error.empty())
        out.push_back(resource_from(all_below(as_directory(canonical.text))));
      else
        say(Severity::error, path.where, canonical.error + fmt::format(": \"{}\"", path.text));
    }
    return out;
  }

  static Certainty certainty_of(parsers::Sure sure) {
    return sure == parsers::Sure::declared ? Certainty::declared : Certainty::inferred;
  }

  /// "dir/**" says the same as "dir/", and a directory is easier to reason about.
  static std::string all_below(std::string text) {
    const bool only_tail =
        text.ends_with("/**") && !parsers::is_pattern(std::string_view(text).substr(0, text.size() - 2));
    return only_tail ? text.substr(0, text.size() - 2) : text;
  }

  std::string as_directory(std::string text) const {
    if (ground_.tree && text.find("::") == std::string::npos && text.back() != '/' && ground_.tree->has_directory(text))
      text += '/';
    return text;
  }

  /// The prefix of an order's paths, canonical; empty after an error, which is said where the prefix is written.
  std::string bind_root(const parsers::WorkOrder& order) {
    if (order.root.empty()) return {};
    std::string root = order.root;
    while (root.size() > 1 && root.back() == '/') root.pop_back();
    CanonicalPath canonical = canonical_path(root, "", ground_);
    if (canonical.error.empty() && (parsers::is_pattern(canonical.text) ||
                                    canonical.text.find("::") != std::string::npos || canonical.text.starts_with('@')))
      canonical.error = "root is one directory";
    if (canonical.error.empty()) return canonical.text;
    say(Severity::error, order.root_where, fmt::format("{}: \"{}\"", canonical.error, order.root));
    return {};
  }

  Order bind_scope(const parsers::WorkOrder& as_written) {
    parsers::WorkOrder written = as_written;
    written.root = bind_root(as_written);
    Order order;
    order.id = written.id;
    order.title = written.title;
    order.where = place(written.where);
    order.priority = written.priority;
    order.estimate = written.estimate;
    order.closed = written.closed;
    order.exploration = written.exploration;
    order.branch = written.branch;
    order.status = written.status;
    order.no_change = written.no_change;
    if (written.write) {
      std::vector<Entry> entries = bind_entries(*written.write, written);
      if (written.proposed)
        order.proposed = std::move(entries);
      else if (!(written.foreign && entries.empty() && !written.write->empty()))  // all refused: unknown, not nothing
        order.write = std::move(entries);
    }
    if (written.read) order.read = bind_entries(*written.read, written);
    quiet_ = true;  // what is only named or said is compared, and nothing hangs on it
    order.mentions = bind_entries(written.mentions, written);
    order.said = bind_entries(written.said, written);
    quiet_ = false;
    if (written.parallel)
      order.parallel = ParallelMark{written.parallel->parallel, written.parallel->text, written.parallel->among,
                                    place(written.parallel->where)};
    order.do_not_touch = bind_entries(written.do_not_touch, written);
    order.permits = bind_entries(written.permits, written);
    for (const parsers::ResourceUse& use : written.resources)
      order.resources.push_back({use.name, use.mode, config_.pools.contains(use.name), place(use.where)});
    for (const parsers::Key& key : written.keys)
      order.keys.push_back({key.name, parsers::Mode::exclusive, false, place(key.where)});
    return order;
  }

  std::vector<Entry> bind_entries(const std::vector<parsers::ScopeEntry>& written, const parsers::WorkOrder& order) {
    std::vector<Entry> out;
    for (const parsers::ScopeEntry& entry : written) bind_entry(entry, order, out);
    return out;
  }

  void bind_entry(const parsers::ScopeEntry& written, const parsers::WorkOrder& order, std::vector<Entry>& out) {
    const auto add = [&](Resource resource, Intent intent) {
      out.push_back({std::move(resource), intent, written.intent_declared, written.tolerates_writes, written.after,
                     written.text, place(written.where), certainty_of(written.sure), nullptr});
      // What is over is held against nothing: the symbols that it wrote may be gone for good reason.
      const bool over = order.status == parsers::Status::done || order.status == parsers::Status::failed ||
                        order.status == parsers::Status::dropped;
      if (out.back().resource.kind == Resource::Kind::symbol && !over) bind_symbol(out.back(), written);
    };
    if (written.text.starts_with('@')) {
      const auto area = areas_.find(written.text.substr(1));
      if (area == areas_.end())
        return say(Severity::error, written.where, fmt::format("unknown area \"{}\"", written.text),
                   areas_.empty() ? "areas are declared in interlock.yaml, under \"areas\""
                                  : fmt::format("interlock.yaml declares: {}", fmt::join(area_names(), ", ")));
      for (const Resource& resource : area->second) add(resource, written.intent);
      return;
    }
    for (std::string& text : paths_of(written.text, written.where, order))
      add(resource_from(std::move(text)), written.intent);
    if (written.intent != Intent::rename) return;
    if (const auto error = rename_error(written))
      return say(Severity::error, written.where, fmt::format("{}: \"{}\" to \"{}\"", *error, written.text, written.to));
    // The target of a rename comes into being: it counts as created.
    for (std::string& text : paths_of(written.to, written.where, order))
      add(resource_from(std::move(text)), Intent::create);
  }

  /// Looks the symbol up in the code. A file that is not there yet may hold anything one day.
  void bind_symbol(Entry& entry, const parsers::ScopeEntry& written) {
    const auto file = ground_.code ? ground_.code->find(entry.resource.path()) : std::nullopt;
    if (!file) return;
    const bool created = entry.intent == Intent::create;
    std::string_view after = entry.after;  // of the same file, which need not be repeated
    if (after.starts_with(entry.resource.path()) && after.substr(entry.resource.path().size()).starts_with("::"))
      after = symbol_of(after);
    if (written.intent == Intent::rename && created) after = symbol_of(written.text);  // renamed where it stands
    auto cover = cover_of(ground_.code->outline(*file), entry.resource.symbol(), created, after);
    if (auto* known = std::get_if<SymbolCover>(&cover)) {
      entry.cover = std::make_shared<const SymbolCover>(std::move(*known));
      return;
    }
    const UnknownSymbol& unknown = std::get<UnknownSymbol>(cover);
    const Severity severity = entry.certainty == Certainty::declared ? Severity::error : Severity::warning;
    const std::string_view name = created ? after : entry.resource.symbol();
    if (!created && comes_into_being(entry.resource)) {
      entry.cover = std::make_shared<const SymbolCover>(
          SymbolCover{false, "another order creates it", false, false, qualified(entry.resource.symbol()), {}, {}});
      return;
    }
    if (in_broken_text(*file, name)) {
      entry.cover = std::make_shared<const SymbolCover>(
          SymbolCover{false, "it stands in text that could not be parsed", created, false, std::string(name), {}, {}});
      return;
    }
    if (unknown.ambiguous)
      return say(severity, written.where,
                 fmt::format("\"{}\" could be {} of {}", name, fmt::join(unknown.names, " or "), entry.resource.path()),
                 "write the whole name");
    const std::string nearest =
        unknown.names.empty() ? std::string() : fmt::format("nearest: {}; ", fmt::join(unknown.names, ", "));
    if (created)
      return say(severity, written.where,
                 fmt::format("there is no symbol \"{}\" in {} to come after", name, entry.resource.path()),
                 nearest + "without \"after\" the new symbol may go into any gap");
    say(severity, written.where, fmt::format("there is no symbol \"{}\" in {}", name, entry.resource.path()),
        nearest + "one that is to be created needs \"intent: create\" and \"after: SYMBOL\"");
  }

  /// The symbols that an order creates, or renames others to.
  void note_new_symbols(const parsers::WorkOrder& order) {
    if (!order.write) return;
    for (const parsers::ScopeEntry& entry : *order.write) {
      const std::string& text = entry.intent == Intent::rename ? entry.to : entry.text;
      const bool comes = entry.intent == Intent::rename || entry.intent == Intent::create;
      if (comes && text.find("::") != std::string::npos)
        if (CanonicalPath canonical = canonical_path(text, order.root, ground_); canonical.error.empty())
          new_symbols_.push_back(resource_from(std::move(canonical.text)));
    }
  }

  bool comes_into_being(const Resource& resource) const {
    const std::string name = qualified(resource.symbol());
    return std::any_of(new_symbols_.begin(), new_symbols_.end(), [&](const Resource& other) {
      return other.kind == Resource::Kind::symbol && other.path() == resource.path() &&
             encloses(qualified(other.symbol()), name);
    });
  }

  /// Is the last part of the name mentioned where the parser found its way only by guessing?
  bool in_broken_text(CodeFileId file, std::string_view name) const {
    const std::vector<parsers::CodeRange>& errors = ground_.code->outline(file).errors;
    if (errors.empty()) return false;
    const std::string whole = qualified(name);
    const std::string_view last = std::string_view(whole).substr(whole.find_last_of('.') + 1);
    const auto broken = [&](std::uint32_t line) {
      return std::any_of(errors.begin(), errors.end(),
                         [&](const parsers::CodeRange& e) { return e.first_line <= line && line <= e.last_line; });
    };
    const std::optional<std::string> text = ground_.code->text(file);
    const std::vector<std::uint32_t> lines = text ? parsers::lines_naming(*text, last) : std::vector<std::uint32_t>{};
    return std::any_of(lines.begin(), lines.end(), broken);
  }

  /// The symbol of "path::symbol".
  static std::string_view symbol_of(std::string_view text) { return text.substr(text.find("::") + 2); }

  static std::optional<std::string> rename_error(const parsers::ScopeEntry& entry) {
    const auto symbol = [](const std::string& text) { return text.find("::") != std::string::npos; };
    if (entry.text == entry.to) return "a rename needs another name";
    if (parsers::is_pattern(entry.text) || parsers::is_pattern(entry.to))
      return "a rename goes from one path to one path";
    if (symbol(entry.text) != symbol(entry.to)) return "a symbol is renamed to a symbol, a file to a file";
    return std::nullopt;
  }

  std::vector<std::string> area_names() const {
    std::vector<std::string> names;
    for (const auto& [name, paths] : areas_) names.push_back("@" + name);
    return names;
  }

  /// The canonical paths that one written path stands for: one, unless a bare name in prose has several homes.
  std::vector<std::string> paths_of(const std::string& text, Location where, const parsers::WorkOrder& order) {
    CanonicalPath canonical = canonical_path(text, order.root, ground_);
    if (!canonical.error.empty() && foreign_) canonical = elsewhere(text, std::move(canonical));
    if (!canonical.error.empty()) {
      say(Severity::error, where, fmt::format("{}: \"{}\"", canonical.error, text));
      return {};
    }
    const std::string& path = canonical.text;
    if (order.loose && is_bare(text)) return homes_of(path, text, where);
    std::string bound = as_directory(path);
    if (bound != path)
      say(Severity::warning, where, fmt::format("\"{}\" is a tracked directory; read as \"{}\"", path, bound),
          "write the trailing slash to say that everything below is meant");
    return {bound};
  }

  /// The absolute path of somebody else's machine: what stands behind a directory that is called like our top.
  CanonicalPath elsewhere(const std::string& text, CanonicalPath refused) const {
    if (!text.starts_with('/') || ground_.tops.empty()) return refused;
    for (const std::string& top : ground_.tops) {
      const std::string name = top.substr(top.rfind('/') + 1) + "/";
      const std::size_t at = text.find("/" + name);
      if (name.size() < 2 || at == std::string::npos || at + 1 + name.size() >= text.size()) continue;
      CanonicalPath inside = canonical_path(text.substr(at + 1 + name.size()), "", ground_);
      if (inside.error.empty()) return inside;
    }
    return refused;
  }

  static bool is_bare(std::string_view text) {
    return text.find('/') == std::string_view::npos && !parsers::is_pattern(text.substr(0, text.find("::")));
  }

  std::vector<std::string> homes_of(const std::string& path, const std::string& text, Location where) {
    const std::size_t colon = path.find("::");
    const std::string file = path.substr(0, colon);
    const std::string symbol = colon == std::string::npos ? std::string() : path.substr(colon);
    if (!ground_.tree) {
      say(Severity::note, where,
          fmt::format("\"{}\" is a bare name and there is no repository to look it up in; taken as \"{}\"", text,
                      path));
      return {path};
    }
    if (ground_.tree->has_file(file)) return {path};
    if (ground_.tree->has_directory(file)) {
      say(Severity::warning, where, fmt::format("\"{0}\" is a tracked directory; read as \"{0}/\"", file));
      return {file + "/"};
    }
    const std::size_t slash = file.rfind('/');
    const auto& homes = ground_.tree->named(std::string_view(file).substr(slash == std::string::npos ? 0 : slash + 1));
    std::vector<std::string> out;
    for (std::uint32_t home : homes) out.push_back(ground_.tree->entries()[home].path + symbol);
    if (out.empty()) {
      say(Severity::note, where, fmt::format("no tracked file is named \"{}\"; taken as \"{}\"", text, path));
      return {path};
    }
    if (out.size() > 1)
      say(Severity::warning, where,
          fmt::format("\"{}\" names {} tracked files, all of them are meant: {}", text, out.size(),
                      fmt::join(out, ", ")),
          "write the path of the one that is meant");
    return out;
  }

  void bind_dependencies(const parsers::WorkOrder& written, Order& order) {
    for (const parsers::Dependency& d : written.depends_on) bind_dependency(d, written, "depends on", order.depends_on);
    for (const parsers::Dependency& d : written.before) bind_dependency(d, written, "goes before", order.before);
  }

  void bind_dependency(const parsers::Dependency& written, const parsers::WorkOrder& order, std::string_view verb,
                       std::vector<Dependency>& out) {
    using Kind = parsers::Dependency::Kind;
    Dependency bound{written.kind, written.target, std::nullopt, place(written.where), certainty_of(written.sure)};
    if (written.kind == Kind::path) {
      const CanonicalPath canonical = canonical_path(written.target, order.root, ground_);
      if (!canonical.error.empty())
        return say(Severity::error, written.where, fmt::format("{}: \"{}\"", canonical.error, written.target));
      bound.target = canonical.text;
    }
    if (written.kind == Kind::order) {
      if (written.target == order.id)
        return say(Severity::error, written.where, fmt::format("work order \"{}\" {} itself", order.id, verb));
      const auto known = ids_.find(written.target);
      if (known != ids_.end()) {
        bound.order = known->second;
      } else {
        say(order.loose ? Severity::warning : Severity::error, written.where,
            fmt::format("\"{}\" {} \"{}\", and there is no such work order", order.id, verb, written.target),
            order.loose ? "the order is planned, but not ready until this is settled"
                        : fmt::format("add its file to the call, or write \"external:{}\"", written.target));
      }
    }
    out.push_back(std::move(bound));
  }

  /// "conflicts_with: [12]" is a thing of which there is one, and both need it: never at once, in no order.
  void bind_exclusions(const parsers::WorkOrder& written, OrderId id) {
    for (const parsers::Key& key : written.conflicts_with) {
      const auto known = ids_.find(key.name);
      if (known == ids_.end()) {
        say(Severity::warning, key.where,
            fmt::format("\"{}\" conflicts with \"{}\", and there is no such work order", written.id, key.name));
        continue;
      }
      if (known->second == id) continue;
      const auto [a, b] = std::minmax(written.id, key.name);
      const std::string name = fmt::format("conflicts_with:{}+{}", a, b);
      for (const OrderId side : {id, known->second}) {
        Order& order = bound_.orders.list[side.index()];
        const auto same = [&](const ResourceUse& use) { return use.name == name; };
        if (std::none_of(order.resources.begin(), order.resources.end(), same))
          order.resources.push_back({name, parsers::Mode::exclusive, false, place(key.where)});
      }
    }
  }

  void bind_decision(const parsers::Decision& written) {
    Decision bound;
    for (int side = 0; side < 2; ++side) {
      const auto known = ids_.find(written.between[side]);
      if (known == ids_.end())
        return say(Severity::error, written.where,
                   fmt::format("the decision names \"{}\", and there is no such work order", written.between[side]));
      bound.between[side] = known->second;
    }
    if (bound.between[1] < bound.between[0]) std::swap(bound.between[0], bound.between[1]);
    bound.choice = written.choice;
    if (written.choice != parsers::Decision::Choice::together) bound.chosen = ids_.at(written.chosen);
    bound.why = written.why;
    bound.by = written.by;
    bound.digest = written.digest;
    bound.where = place(written.where);
    for (const Decision& other : bound_.orders.decisions)
      if (other.between[0] == bound.between[0] && other.between[1] == bound.between[1] &&
          other.digest == bound.digest && (other.choice != bound.choice || other.chosen != bound.chosen))
        return say(
            Severity::error, written.where,
            fmt::format("\"{}\" and \"{}\" are decided twice, in two ways", written.between[0], written.between[1]),
            fmt::format("the first is at {}:{}; keep one of them", other.where.file, other.where.line));
    bound_.orders.decisions.push_back(std::move(bound));
  }

  const parsers::Config& config_;
  const Ground& ground_;
  const std::vector<parsers::Source>& sources_;
  std::map<std::string, std::vector<Resource>> areas_;
  std::unordered_map<std::string_view, OrderId> ids_;
  std::vector<Resource> new_symbols_;
  Bound bound_;
  bool foreign_ = false;  // of the order at hand
  bool quiet_ = false;
};

std::string_view strip_here(std::string_view text) {
  while (text.starts_with("./")) {
    text.remove_prefix(2);
    while (text.starts_with('/')) text.remove_prefix(1);
  }
  return text;
}

}  // namespace

bool Order::open() const {
  return status == parsers::Status::pending || status == parsers::Status::running || status == parsers::Status::review;
}

CanonicalPath canonical_path(std::string_view written, std::string_view root, const Ground& ground) {
  std::string_view text = strip_here(written);
  bool from_top = false;
  for (const std::string& top : ground.tops)
    if (text.size() > top.size() && text.starts_with(top) && text[top.size()] == '/') {
      text.remove_prefix(top.size() + 1);
      from_top = true;
      break;
    }
  if (!from_top && !root.empty() && text.starts_with('/')) {
    text.remove_prefix(1);
    from_top = true;
  }
  text = strip_here(text);
  std::string path(text);
  if (!from_top && !root.empty() && !text.empty()) path = fmt::format("{}/{}", root, text);

  const std::size_t colon = path.find("::");
  const std::string file = path.substr(0, colon);
  if (const auto error = parsers::PathPattern::pattern_error(file)) return {"", *error};
  if (colon != std::string::npos && !(ground.tree && ground.tree->has_file(path))) {
    if (colon + 2 == path.size()) return {"", "nothing stands after \"::\"; a symbol is path::Outer.inner"};
    if (parsers::is_pattern(file)) return {"", "a symbol needs one path before \"::\", not a pattern"};
    if (file.back() == '/') return {"", "a symbol needs a file before \"::\", not a directory"};
  }
  return {path, ""};
}

Bound resolve(const std::vector<parsers::WorkOrders>& documents, const parsers::Config& config, const Ground& ground,
              const std::vector<parsers::Source>& sources) {
  return Binder(config, ground, sources).run(documents);
}

}  // namespace planner
