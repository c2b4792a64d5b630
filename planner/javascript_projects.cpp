#include "planner/javascript_projects.h"

#include <algorithm>

#include "parsers/document.h"
#include "planner/code_names.h"

namespace planner {
namespace {

using parsers::Node;

constexpr unsigned most_extends = 8;

Node read_json(const std::string& path, std::string_view text) {
  return parsers::read_json({path, plain_json(text)}, parsers::FileId{0}).value;
}

std::string_view text_in(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  return found == nullptr || found->kind != Node::Kind::scalar ? std::string_view() : std::string_view(found->text);
}

/// Every file that a value of `exports` names, whatever the conditions, in their order.
void targets_of(const Node& value, std::vector<std::string>& out) {
  if (value.kind == Node::Kind::scalar) out.push_back(value.text);
  for (const Node& item : value.items) targets_of(item, out);
  for (const Node::Member& member : value.members) targets_of(member.value, out);
}

PathMapping mapping(std::string pattern, const Node& value) {
  PathMapping out{std::move(pattern), {}};
  targets_of(value, out.targets);
  return out;
}

/// The entry of that directory's file names, if there is one.
std::optional<CodeFileId> file_in(Code& code, std::string_view directory, std::string_view name) {
  return code.find(directory.empty() ? std::string(name) : std::string(directory) + '/' + std::string(name));
}

}  // namespace

std::string plain_json(std::string_view text) {
  std::string out(text);
  if (out.starts_with("\xEF\xBB\xBF")) out.replace(0, 3, "   ");
  std::size_t comma = std::string::npos;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char c = out[i];
    if (c == '"') {
      for (++i; i < out.size() && out[i] != '"' && out[i] != '\n'; ++i)
        if (out[i] == '\\') ++i;
      comma = std::string::npos;
    } else if (c == '/' && i + 1 < out.size() && out[i + 1] == '/') {
      for (; i < out.size() && out[i] != '\n'; ++i) out[i] = ' ';
    } else if (c == '/' && i + 1 < out.size() && out[i + 1] == '*') {
      const std::size_t end = std::min(out.find("*/", i + 2), out.size() - 2) + 2;
      for (; i < end; ++i)
        if (out[i] != '\n') out[i] = ' ';
      --i;
    } else if (c == ',') {
      comma = i;
    } else if (c == ']' || c == '}') {
      if (comma != std::string::npos) out[comma] = ' ';
      comma = std::string::npos;
    } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
      comma = std::string::npos;
    }
  }
  return out;
}

std::optional<std::string_view> star_of(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text ? std::optional(std::string_view()) : std::nullopt;
  const std::string_view before = pattern.substr(0, star), after = pattern.substr(star + 1);
  if (text.size() < before.size() + after.size() || !text.starts_with(before) || !text.ends_with(after))
    return std::nullopt;
  return text.substr(before.size(), text.size() - before.size() - after.size());
}

JavascriptProjects::JavascriptProjects(Code& code) : code_(code) {}

/// True: the file says something about paths.
bool JavascriptProjects::read_config(const std::string& path, unsigned depth, ScriptConfig& out) {
  const auto file = code_.find(path);
  const auto text = file ? code_.text(*file) : std::nullopt;
  if (!text || depth == 0) return false;
  const Node root = read_json(path, *text);
  const std::string_view directory = directory_of(path);
  bool said = false;
  // What it extends comes first, so that it can be overruled; a project that only refers to others is all of them.
  std::vector<std::string> others;
  if (const Node* extends = root.find("extends")) targets_of(*extends, others);
  if (const Node* references = root.find("references"))
    for (const Node& reference : references->items) others.emplace_back(text_in(reference, "path"));
  for (const std::string& other : others) {
    if (!other.starts_with('.')) continue;  // of an installed package
    auto target = joined(directory, other);
    if (!target) continue;
    if (!target->ends_with(".json"))
      *target = code_.find(*target + ".json") ? *target + ".json" : *target + "/tsconfig.json";
    said = read_config(*target, depth - 1, out) || said;
  }
  const Node* options = root.find("compilerOptions");
  if (options == nullptr) return said;
  if (const std::string_view base = text_in(*options, "baseUrl"); !base.empty()) {
    out.base = joined(directory, base);
    said = true;
  }
  const Node* paths = options->find("paths");
  if (paths == nullptr) return said;
  const std::string from = out.base.value_or(std::string(directory));
  for (const Node::Member& member : paths->members) {
    PathMapping mapped{member.key.text, {}};
    std::vector<std::string> targets;
    targets_of(member.value, targets);
    for (const std::string& target : targets)
      if (auto place = joined(from, target)) mapped.targets.push_back(*std::move(place));
    out.paths.insert(out.paths.begin(), std::move(mapped));  // before those it overrules
    said = true;
  }
  return said;
}

const ScriptConfig& JavascriptProjects::config_of(std::string_view directory) {
  if (const auto kept = configs_.find(directory); kept != configs_.end()) return kept->second;
  ScriptConfig out;
  bool said = false;
  for (const std::string_view name : {"tsconfig.json", "jsconfig.json"})
    if (!said && file_in(code_, directory, name))
      said = read_config(directory.empty() ? std::string(name) : std::string(directory) + '/' + std::string(name),
                         most_extends, out);
  if (!said && !directory.empty()) out = config_of(directory_of(directory));
  return configs_[std::string(directory)] = std::move(out);
}

const ScriptPackage& JavascriptProjects::read_package(CodeFileId file) {
  auto& [name, out] = packages_[file];
  const std::string& path = code_.files()[file.index()].path;
  const auto text = code_.text(file);
  if (!text) return out;
  const Node root = read_json(path, *text);
  out.directory = directory_of(path);
  name = text_in(root, "name");
  if (const Node* exports = root.find("exports")) {
    const bool parts = std::any_of(exports->members.begin(), exports->members.end(),
                                   [](const Node::Member& m) { return m.key.text.starts_with('.'); });
    if (!parts) out.exports.push_back(mapping(".", *exports));
    for (const Node::Member& member : exports->members)
      if (parts) out.exports.push_back(mapping(member.key.text, member.value));
  } else {
    PathMapping entry{".", {}};
    for (const std::string_view key : {"source", "types", "typings", "module", "main"})
      if (const std::string_view target = text_in(root, key); !target.empty()) entry.targets.emplace_back(target);
    out.exports.push_back(std::move(entry));
  }
  if (const Node* imports = root.find("imports"))
    for (const Node::Member& member : imports->members) out.imports.push_back(mapping(member.key.text, member.value));
  return out;
}

const ScriptPackage* JavascriptProjects::around(std::string_view directory) {
  for (;; directory = directory_of(directory)) {
    if (const auto file = file_in(code_, directory, "package.json")) {
      const auto kept = packages_.find(*file);
      return kept != packages_.end() ? &kept->second.second : &read_package(*file);
    }
    if (directory.empty()) return nullptr;
  }
}

const ScriptPackage* JavascriptProjects::package(std::string_view name) {
  if (!by_name_) {
    by_name_.emplace();
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < code_.files().size(); ++i) {
      const std::string& path = code_.files()[i].path;
      if (!path.ends_with("package.json") || (path.size() > 12 && path[path.size() - 13] != '/')) continue;
      if (path.find("node_modules/") != std::string::npos) continue;
      const CodeFileId file(i);
      if (!packages_.contains(file)) read_package(file);
      const std::string& own = packages_[file].first;
      if (own.empty()) continue;
      if (++seen[own] == 1)
        by_name_->emplace(own, file);
      else
        by_name_->erase(own);
    }
  }
  const auto found = by_name_->find(name);
  return found == by_name_->end() ? nullptr : &packages_[found->second].second;
}

}  // namespace planner
