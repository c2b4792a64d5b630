#include "parsers/code_walk.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include "parsers/code_chains.h"
#include "parsers/code_kinds.h"
#include "parsers/code_lines.h"
#include "parsers/code_tokens.h"
#include "parsers/code_tree.h"

namespace parsers {
namespace {

constexpr std::size_t most_names = 64;      // of one declaration that get its type
constexpr std::size_t longest_name = 1000;  // qualified; every definition inside repeats it

struct Frame {
  TSSymbol symbol = 0;
  std::uint32_t begin = 0, end = 0;
  const void* id = nullptr;
  NameUse use = NameUse::plain;
  bool called = false;         // a name here is called
  bool written = false;        // a member here is assigned to
  std::uint32_t receiver = 0;  // where what a member here is a member of begins
  bool opened = false;         // a definition begins here
  std::size_t root = 0;        // depth of the definition around, without wrappers
  bool importing = false;
  bool methods = false;                      // functions here are methods
  bool local = false;                        // inside a function or a scope
  std::uint32_t definition = no_definition;  // innermost, this one included
  std::uint32_t block = no_definition;       // innermost that is a block
  std::uint32_t scope_begin = 0, scope_end = 0;
  std::uint32_t type_begin = 0, type_end = 0;          // the type that the names here are declared with, end 0: none
  bool own_type = false;                               // one of its own children says it
  std::size_t first_local = 0, first_definition = 0;   // how many there were when the node began
  std::uint32_t parameters_begin = 0;                  // of the scope: where its parameters begin to be known
  std::size_t prefix = 0;                              // length of the qualified name around
  std::uint32_t variable_begin = 0, variable_end = 0;  // the outermost variable statement, end 0: none
  // Comments and attributes directly above the next child.
  bool leading = false;
  std::uint32_t lead_begin = 0, lead_row = 0, last_row = 0;
  bool any_child = false;
};

struct BodyRange {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t name_end = 0;
  const void* container_body = nullptr;   // the body node of a definition that holds further ones
  const void* container_value = nullptr;  // the class literal around that body: `C = class { ... }`
};

class CodeWalk {
 public:
  CodeWalk(const CodeTables& tables, std::string_view parsed, std::string_view text)
      : tables_(tables), parsed_(parsed), text_(text), lines_(text) {}

  CodeFacts walk(TSNode root) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    frames_.push_back({.symbol = ts_node_symbol(root), .end = static_cast<std::uint32_t>(text_.size())});
    bool more = ts_tree_cursor_goto_first_child(&cursor);
    while (more && !facts_.too_deep) {
      const TSNode node = ts_tree_cursor_current_node(&cursor);
      if (enter(node, ts_tree_cursor_current_field_id(&cursor)) && ts_tree_cursor_goto_first_child(&cursor)) continue;
      leave();
      while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
        more = frames_.size() > 1 && ts_tree_cursor_goto_parent(&cursor);
        if (!more) break;
        leave();
      }
    }
    ts_tree_cursor_delete(&cursor);
    if (!facts_.too_deep) finish();
    return std::move(facts_);
  }

 private:
  struct Candidate {
    const NodeRule* rule;
    TSNode node;
    DefinitionName name;
  };

  /// True: go on with its children. Pushes one frame in any case.
  bool enter(TSNode node, TSFieldId field) {
    Frame& parent = frames_.back();
    Frame frame = parent;
    frame.symbol = ts_node_symbol(node);
    frame.begin = ts_node_start_byte(node);
    frame.end = ts_node_end_byte(node);
    frame.id = node.id;
    frame.opened = frame.leading = frame.any_child = false;
    frame.own_type = false;
    frame.first_local = facts_.outline.locals.size();
    frame.first_definition = facts_.outline.definitions.size();
    const NodeMeaning& meaning = tables_.meaning(frame.symbol);
    const bool named_type = meaning.type && tables_.meaning(parent.symbol).typed;
    if ((field != 0 && field == tables_.type_field()) || named_type) declare_type(node, parent);
    NameUse use = tables_.use(parent.symbol, field);
    if (tables_.asks_beside(parent.symbol))
      use = tables_.use_beside(parent.symbol, use, text_.substr(parent.begin, frame.begin - parent.begin),
                               text_.substr(frame.end, parent.end - frame.end));
    read_use(use, parent, frame);

    if (ts_node_is_error(node) || ts_node_is_missing(node)) note_error(frame);
    if (meaning.comment || meaning.role() == NodeRole::leading) {
      note_leading(parent, frame, node);
      if (meaning.comment) {
        frames_.push_back(frame);
        return false;
      }
    }
    const bool named = ts_node_is_named(node);
    const bool string = meaning.string && frame.begin >= literal_end_;
    if (string) {
      add_token(frame, hash_of(text_.substr(frame.begin, frame.end - frame.begin)));
      literal_end_ = frame.end;
    }
    if (named) read_role(node, meaning, parent, frame);
    if (meaning.creation) declare_type(node, parent);
    const bool leaf = ts_node_child_count(node) == 0;
    if (frame.use == NameUse::base && named && (meaning.name || ts_node_named_child_count(node) != 0)) note_base(frame);
    if (leaf) {
      if (named && meaning.name && frame.end > frame.begin) read_name(node, frame, parent);
      add_leaf(frame);
    } else if (named && frame.end > frame.begin && frame.begin >= literal_end_) {
      add_token(frame, frame.symbol);
    }
    if (meaning.role() != NodeRole::leading) note_child(parent, ts_node_end_point(node).row);
    frames_.push_back(frame);
    return !leaf;
  }

  static void read_use(NameUse use, const Frame& parent, Frame& frame) {
    if (use == NameUse::inherit) return;  // the copy of the parent has it
    const bool named =
        parent.use == NameUse::bind || parent.use == NameUse::bind_local || parent.use == NameUse::ignore;
    frame.use = use != NameUse::qualified ? use : named ? parent.use : NameUse::member;
    frame.written = frame.use == NameUse::member && parent.use == NameUse::bind;
    frame.called = frame.use == NameUse::call || (frame.use == NameUse::member && parent.use == NameUse::call);
    frame.receiver = parent.begin;
  }

  /// The names of a declaration have the type that stands in it, before or after them: the first that says something.
  void declare_type(TSNode node, Frame& parent) {
    std::uint32_t begin = ts_node_start_byte(node), end = ts_node_end_byte(node);
    if (tables_.meaning(ts_node_symbol(node)).creation) {  // the class of `new C(...)`
      if (parent.type_end != 0) return;
      const std::string_view written = text_.substr(begin, end - begin);
      if (!written.starts_with("new")) return;
      end = begin + static_cast<std::uint32_t>(std::min(written.find('('), written.size()));
      begin += 3;
    }
    const std::string type = type_chain(text_.substr(begin, end - begin));
    if (parent.own_type) return;
    parent.own_type = true;
    parent.type_begin = begin;
    parent.type_end = end;
    if (type.empty()) return;
    CodeOutline& outline = facts_.outline;
    const auto first = [](std::size_t of_parent, std::size_t all) {
      return std::max(of_parent, all - std::min(all, most_names));
    };
    for (std::size_t i = first(parent.first_local, outline.locals.size()); i < outline.locals.size(); ++i)
      if (outline.locals[i].type.empty()) outline.locals[i].type = type;
    for (std::size_t i = first(parent.first_definition, outline.definitions.size()); i < outline.definitions.size();
         ++i)
      if (Definition& d = outline.definitions[i]; is_variable(d.kind) && !d.block && d.type.empty()) d.type = type;
  }

  std::string declared_type(const Frame& frame) const {
    return frame.type_end == 0 ? std::string()
                               : type_chain(text_.substr(frame.type_begin, frame.type_end - frame.type_begin));
  }

  /// The lists around the bases are no chains of names, nor is what a call gives.
  void note_base(const Frame& frame) {
    if (frame.definition == no_definition || frame.local) return;
    const std::string_view written = text_.substr(frame.begin, frame.end - frame.begin);
    std::string chain = receiver_of(written.substr(0, std::min(written.size(), written.find_first_of("<["))));
    auto& bases = facts_.outline.definitions[frame.definition].bases;
    if (chain != "?" && std::find(bases.begin(), bases.end(), chain) == bases.end()) bases.push_back(std::move(chain));
  }

  void leave() {
    const Frame& frame = frames_.back();
    const std::size_t prefix = frame.prefix;
    frames_.pop_back();
    if (!frames_.empty() && frames_.back().prefix != prefix) qualified_.resize(frames_.back().prefix);
  }

  /// How deep a token lies in its definition is part of it: it tells `if a: b; c` from `if a: b` and `c`.
  void add_token(const Frame& frame, std::uint64_t token) {
    tokens_.add(frame.begin, hash_of(token, frames_.size() - frame.root));
  }

  void add_leaf(const Frame& frame) {
    if (frame.begin < literal_end_ || frame.end == frame.begin) return;
    const std::string_view token = text_.substr(frame.begin, frame.end - frame.begin);
    if (token != "," && token != ";") add_token(frame, hash_of(token));
  }

  void note_error(const Frame& frame) {
    auto& errors = facts_.outline.errors;
    if (errors.empty() || frame.end > errors.back().end || frame.begin >= errors.back().end)
      errors.push_back(lines_.range(frame.begin, frame.end));
  }

  static void note_child(Frame& parent, std::uint32_t last_row) {
    parent.leading = false;
    parent.any_child = true;
    parent.last_row = last_row;
  }

  /// A run of comments and attributes goes with what follows in the next line.
  static void note_leading(Frame& parent, const Frame& frame, TSNode node) {
    const std::uint32_t first_row = ts_node_start_point(node).row;
    const TSPoint end = ts_node_end_point(node);
    const std::uint32_t last_row = end.column == 0 && end.row > first_row ? end.row - 1 : end.row;
    if (!parent.leading || first_row > parent.lead_row + 1) {
      if (parent.any_child && parent.last_row == first_row) return;  // it ends the line of what stands before
      parent.lead_begin = frame.begin;
      parent.leading = true;
    }
    parent.lead_row = last_row;
  }

  void read_role(TSNode node, const NodeMeaning& meaning, const Frame& parent, Frame& frame) {
    if (meaning.variable && frame.variable_end == 0 && !frame.local) {
      frame.variable_begin = frame.begin;
      frame.variable_end = frame.end;
    }
    if (meaning.also_import) read_imports(node, frame);
    if (frame.importing) return;
    switch (meaning.role()) {
      case NodeRole::other:
      case NodeRole::leading:
        return;
      case NodeRole::import_:
        read_imports(node, frame);
        return;
      case NodeRole::prefix:
        if (frame.local) return;
        if (const auto name = name_of(*meaning.rule, node)) extend(frame, name->name);
        frame.methods = holds_methods(meaning.rule->kind);
        frame.scope_begin = frame.begin;
        frame.scope_end = frame.end;
        return;
      case NodeRole::wrapper:
      case NodeRole::definition:
        if (opened_above(node)) frame.root = frames_.size();
        if (!frame.local && !opened_above(node))
          if (const auto found = candidate(node, meaning); found && !opened_above(found->node))
            open(*found, node, parent, frame);
        if (meaning.role() == NodeRole::definition && !frame.opened && !opened_above(node) &&
            (meaning.rule->find_name == nullptr || meaning.rule->own_scope)) {
          if (parent.local) bind_local_definition(*meaning.rule, node, parent);
          enter_scope(frame, node);
        }
        return;
      case NodeRole::scope:
        if (frame.definition == no_definition || (bodies_[frame.definition].container_body != frame.id &&
                                                  bodies_[frame.definition].container_value != frame.id))
          enter_scope(frame, node);
        return;
    }
  }

  void bind_local_definition(const NodeRule& rule, TSNode node, const Frame& parent) {
    if (auto name = name_of(rule, node))
      facts_.outline.locals.push_back({std::move(name->name), parent.scope_begin, parent.scope_end, {}});
  }

  void enter_scope(Frame& frame, TSNode node) const {
    frame.local = true;
    frame.type_end = 0;
    frame.scope_begin = frame.parameters_begin = frame.begin;
    frame.scope_end = frame.end;
    if (tables_.table().defaults_outside)
      if (const auto body = child_in(node, "body")) frame.parameters_begin = ts_node_start_byte(*body);
  }

  /// A wrapper around this definition has opened it already.
  bool opened_above(TSNode node) const { return !opened_.empty() && opened_.back() == node.id; }

  std::optional<DefinitionName> name_of(const NodeRule& rule, TSNode node) const {
    if (rule.find_name != nullptr) return rule.find_name(node, rule.kind, parsed_);
    const auto name = child_in(node, rule.name);
    if (!name || ts_node_end_byte(*name) == ts_node_start_byte(*name)) return std::nullopt;
    return DefinitionName{std::string(text_of(*name, parsed_)), *name, rule.kind};
  }

  /// The one definition in a wrapper, or the node itself.
  std::optional<Candidate> candidate(TSNode node, const NodeMeaning& meaning) const {
    if (meaning.role() == NodeRole::definition) {
      auto name = name_of(*meaning.rule, node);
      if (!name || name->name.empty()) return std::nullopt;
      return Candidate{meaning.rule, node, *std::move(name)};
    }
    if (meaning.rule->find_name != nullptr)
      if (auto name = name_of(*meaning.rule, node)) return Candidate{meaning.rule, node, *std::move(name)};
    std::optional<TSNode> only;
    bool several = false;
    for_each_named_child(node, [&](TSNode child) {
      const NodeRole role = tables_.meaning(ts_node_symbol(child)).role();
      if (role != NodeRole::definition && role != NodeRole::wrapper) return;
      several = several || only.has_value();
      only = child;
    });
    if (!only || several) return std::nullopt;
    return candidate(*only, tables_.meaning(ts_node_symbol(*only)));
  }

  void extend(Frame& frame, std::string_view name) {
    if (name.empty()) return;
    if (!qualified_.empty()) qualified_ += '.';
    qualified_ += name;
    frame.prefix = qualified_.size();
    facts_.too_deep = facts_.too_deep || frame.prefix > longest_name;
  }

  void open(const Candidate& found, TSNode outer, const Frame& parent, Frame& frame) {
    const auto body = found.rule->body.empty() ? std::nullopt : body_of(found);
    extend(frame, found.name.name);
    Definition definition;
    definition.name = qualified_;
    definition.kind = found.name.kind;
    if (definition.kind == SymbolKind::function && frame.methods) definition.kind = SymbolKind::method;
    frame.methods = holds_methods(definition.kind);
    definition.block = body.has_value() || found.rule->always_block;
    const bool led = parent.leading && ts_node_start_point(outer).row <= parent.lead_row + 1;
    definition.range = lines_.widened(led ? parent.lead_begin : frame.begin, frame.end);
    place_name(definition, ts_node_start_byte(found.name.node));
    definition.container = frame.block;
    if (!found.rule->parameters.empty()) definition.parameters = parameters_of(found);

    BodyRange range;
    range.name_end = ts_node_end_byte(found.name.node);
    if (body) {
      range.begin = ts_node_start_byte(*body);
      range.end = ts_node_end_byte(*body);
      if (!is_function(definition.kind)) {
        range.container_body = body->id;
        range.container_value = part_of(found.node, found.rule->body)->id;
      }
    }
    frame.definition = static_cast<std::uint32_t>(facts_.outline.definitions.size());
    if (definition.block) frame.block = frame.definition;
    frame.opened = true;
    frame.root = frames_.size();
    frame.variable_end = 0;
    if (is_function(definition.kind)) {
      enter_scope(frame, found.node);
    } else {  // parameters of a type, of a class
      frame.scope_begin = frame.parameters_begin = frame.begin;
      frame.scope_end = frame.end;
    }
    facts_.outline.definitions.push_back(std::move(definition));
    bodies_.push_back(range);
    opened_.push_back(found.node.id);
  }

  /// The type of a parameter; where no field tells it, that is the child that is one.
  std::optional<TSNode> type_in(TSNode parameter) const {
    auto type = child_in(parameter, "type");
    if (!type && tables_.meaning(ts_node_symbol(parameter)).typed)
      for_each_named_child(parameter, [&](TSNode child) {
        if (!type && tables_.meaning(ts_node_symbol(child)).type) type = child;
      });
    return type;
  }

  /// The body's own body where a function literal is the value: `f = () => { ... }`.
  std::optional<TSNode> body_of(const Candidate& found) const {
    auto body = part_of(found.node, found.rule->body);
    if (!body) return std::nullopt;
    const NodeRole role = tables_.meaning(ts_node_symbol(*body)).role();
    if (role == NodeRole::scope || role == NodeRole::definition)
      if (const auto inner = child_in(*body, "body")) return inner;
    return body;
  }

  void place_name(Definition& definition, std::uint32_t byte) const {
    definition.line = lines_.line(byte);
    definition.column = lines_.column(byte);
  }

  /// The parameters' types without spacing; the declarator's stars without its name.
  std::string parameters_of(const Candidate& found) const {
    TSNode holder = found.node;
    while (!part_of(holder, found.rule->parameters)) {
      const auto declarator = child_in(holder, "declarator");
      if (!declarator) return {};
      holder = *declarator;
    }
    std::string out;
    for_each_named_child(*part_of(holder, found.rule->parameters), [&](TSNode parameter) {
      const auto type = type_in(parameter);
      if (!type) return;
      if (!out.empty()) out += ',';
      std::string_view written = text_of(*type, text_);
      while (!written.empty() && (written.front() == ':' || written.front() == ' ')) written.remove_prefix(1);
      for (const char c : written)
        if (!std::isspace(static_cast<unsigned char>(c))) out += c;
      if (const auto declarator = child_in(parameter, "declarator"))
        for (const char c : text_of(*declarator, text_))
          if (c == '*' || c == '&' || c == '[' || c == ']') out += c;
    });
    return out;
  }

  /// Of a file, and brought in: its lines are `<imports>` and its names are mentions of what it imports.
  void read_imports(TSNode node, Frame& frame) {
    if (tables_.table().imports == nullptr) return;
    auto& imports = facts_.outline.imports;
    const std::size_t before = imports.size();
    tables_.table().imports(node, text_, imports);
    if (frame.local)
      for (std::size_t i = before; i < imports.size(); ++i) {
        imports[i].begin = frame.scope_begin;
        imports[i].end = frame.scope_end;
      }
    if (imports.size() == before || imports.back().module.empty()) return;
    frame.importing = true;
    if (frame.block != no_definition || frame.local) return;
    const bool statement = frame.variable_end != 0;
    facts_.import_pieces.push_back(statement ? lines_.widened(frame.variable_begin, frame.variable_end)
                                             : lines_.widened(frame.begin, frame.end));
  }

  void read_name(TSNode node, const Frame& frame, const Frame& parent) {
    NameUse use = frame.use;
    if (frame.definition != no_definition && bodies_[frame.definition].name_end == frame.end) return;
    const LanguageTable::Nodes silent = tables_.table().no_meaning;
    if (!silent.empty() &&
        std::find(silent.begin(), silent.end(), text_.substr(frame.begin, frame.end - frame.begin)) != silent.end())
      return;
    if (frame.importing && use != NameUse::ignore) use = NameUse::plain;
    if (frame.local && (use == NameUse::bind || use == NameUse::bind_local) &&
        tables_.table().capitals_in_patterns_mention && std::isupper(static_cast<unsigned char>(text_[frame.begin])))
      use = NameUse::plain;
    switch (use) {
      case NameUse::ignore:
      case NameUse::inherit:
      case NameUse::qualified:
        return;
      case NameUse::field:
        if (!frame.local && frame.definition != no_definition) add_variable(node, frame, parent);
        return;
      case NameUse::bind:
        if (!frame.local) return add_variable(node, frame, parent);
        [[fallthrough]];
      case NameUse::bind_local:
        facts_.outline.locals.push_back({std::string(text_of(node, text_)),
                                         use == NameUse::bind_local ? frame.parameters_begin : frame.scope_begin,
                                         frame.scope_end, declared_type(frame)});
        return;
      case NameUse::plain:
      case NameUse::base:
      case NameUse::call:
      case NameUse::member:
        add_reference(node, frame, use);
    }
  }

  void add_variable(TSNode node, const Frame& frame, const Frame& parent) {
    const bool member = frame.definition != no_definition;
    Definition definition;
    definition.name = qualified_;
    if (!definition.name.empty()) definition.name += '.';
    definition.name += text_of(node, text_);
    definition.kind = member ? SymbolKind::field : SymbolKind::variable;
    definition.block = false;
    const bool statement = parent.variable_end != 0;
    definition.range =
        statement ? lines_.range(parent.variable_begin, parent.variable_end) : lines_.range(parent.begin, parent.end);
    place_name(definition, frame.begin);
    definition.container = frame.block;
    definition.type = declared_type(frame);
    bodies_.push_back({frame.end, definition.range.end, frame.end});
    facts_.outline.definitions.push_back(std::move(definition));
  }

  void add_reference(TSNode node, const Frame& frame, NameUse use) {
    Reference reference;
    reference.name = text_of(node, text_);
    reference.kind = Reference::Kind::use;
    if (use == NameUse::member) reference.kind = Reference::Kind::member;
    if (frame.written) reference.kind = Reference::Kind::write;
    if (frame.called) reference.kind = Reference::Kind::call;
    const std::string_view before = text_.substr(frame.receiver, frame.begin - frame.receiver);
    const bool behind_separator = before.ends_with('.') || before.ends_with("->") || before.ends_with("::");
    if (use == NameUse::member || (use == NameUse::call && behind_separator)) reference.receiver = receiver_of(before);
    if (frame.importing) reference.kind = Reference::Kind::import;
    const TSPoint start = ts_node_start_point(node);
    reference.line = start.row + 1;
    reference.column = start.column + 1;
    reference.byte = frame.begin;
    reference.enclosing = frame.block;
    facts_.outline.references.push_back(std::move(reference));
  }

  void finish() {
    CodeOutline& outline = facts_.outline;
    sort_definitions();
    for (std::size_t i = 0; i < outline.definitions.size(); ++i) hash_definition(i);
    mark_degraded();
    std::stable_sort(outline.imports.begin(), outline.imports.end(),
                     [](const Import& a, const Import& b) { return a.line < b.line; });
    std::stable_sort(outline.locals.begin(), outline.locals.end(),
                     [](const LocalName& a, const LocalName& b) { return a.begin < b.begin; });
  }

  /// A variable is seen at its name, after the blocks that its statement began with.
  void sort_definitions() {
    auto& definitions = facts_.outline.definitions;
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
      const CodeRange &x = definitions[a].range, &y = definitions[b].range;
      return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
    };
    std::vector<std::uint32_t> order(definitions.size());
    std::iota(order.begin(), order.end(), 0U);
    if (std::is_sorted(order.begin(), order.end(), before)) return;
    std::stable_sort(order.begin(), order.end(), before);
    std::vector<std::uint32_t> place(order.size());
    std::vector<Definition> sorted;
    std::vector<BodyRange> bodies;
    for (const std::uint32_t from : order) {
      place[from] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(definitions[from]));
      bodies.push_back(bodies_[from]);
    }
    definitions = std::move(sorted);
    bodies_ = std::move(bodies);
    for (Definition& d : definitions)
      if (d.container != no_definition) d.container = place[d.container];
    for (Reference& r : facts_.outline.references)
      if (r.enclosing != no_definition) r.enclosing = place[r.enclosing];
  }

  void hash_definition(std::size_t at) {
    Definition& d = facts_.outline.definitions[at];
    const BodyRange& body = bodies_[at];
    if (body.end == 0) {
      d.signature = tokens_.hash(d.range.begin, d.range.end);
      return;
    }
    d.signature = hash_of(tokens_.hash(d.range.begin, body.begin), tokens_.hash(body.end, d.range.end));
    std::uint32_t from = body.begin;
    for (std::size_t i = at + 1; i < facts_.outline.definitions.size(); ++i) {
      const Definition& inner = facts_.outline.definitions[i];
      if (inner.range.begin >= d.range.end) break;
      if (!inner.block || inner.container != at) continue;
      d.body = hash_of(d.body, tokens_.hash(from, inner.range.begin));
      from = inner.range.end;
    }
    d.body = hash_of(d.body, tokens_.hash(from, body.end));
  }

  void mark_degraded() {
    CodeOutline& outline = facts_.outline;
    if (!outline.errors.empty()) outline.status = OutlineStatus::degraded;
    for (Definition& d : outline.definitions) {
      const auto first = std::lower_bound(outline.errors.begin(), outline.errors.end(), d.range.begin,
                                          [](const CodeRange& e, std::uint32_t byte) { return e.end < byte; });
      d.degraded = first != outline.errors.end() && first->begin <= d.range.end;
    }
  }

  const CodeTables& tables_;
  std::string_view parsed_, text_;
  CodeLines lines_;
  CodeTokens tokens_;
  CodeFacts facts_;
  std::vector<BodyRange> bodies_;  // of every definition
  std::vector<Frame> frames_;
  std::vector<const void*> opened_;
  std::string qualified_;
  std::uint32_t literal_end_ = 0;
};

}  // namespace

CodeFacts walk_code(const CodeTables& tables, TSNode root, std::string_view parsed, std::string_view text) {
  return CodeWalk(tables, parsed, text).walk(root);
}

}  // namespace parsers
