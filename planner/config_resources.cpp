// Things outside of the tree that orders share: ports, databases, data of tests.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "planner/config_evidence.h"

namespace planner {
namespace {

struct Suggestions {
  std::map<std::string, SuggestedResource> by_name;

  void add(const std::string& name, std::string_view reason, Place where) {
    constexpr std::size_t most_shown = 3;
    SuggestedResource& resource =
        by_name.try_emplace(name, SuggestedResource{name, std::string(reason), {}}).first->second;
    if (resource.evidence.size() < most_shown) resource.evidence.push_back(std::move(where));
  }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_compose(std::string_view name) {
  return (name.starts_with("docker-compose") || name.starts_with("compose")) &&
         (name.ends_with(".yml") || name.ends_with(".yaml"));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\"'");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\"'") - from + 1);
}

/// "8080" of `8080:80`, `127.0.0.1:8080:80/tcp`, `${WEB_PORT:-8080}:80`; empty: no port of this machine is named.
std::string published_port(std::string_view text) {
  text = trimmed(text.substr(0, text.find(" #")));
  std::string plain;  // a variable is its default
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$' || i + 1 >= text.size() || text[i + 1] != '{') {
      plain += text[i];
      continue;
    }
    const std::size_t close = text.find('}', i), def = text.find(":-", i);
    if (close == std::string_view::npos) return {};
    if (def != std::string_view::npos && def < close) plain += text.substr(def + 2, close - def - 2);
    i = close;
  }
  const std::size_t inner = plain.rfind(':');
  if (inner == std::string::npos || inner == 0) return {};
  const std::size_t outer = plain.rfind(':', inner - 1);
  const std::string port =
      plain.substr(outer == std::string::npos ? 0 : outer + 1, inner - (outer == std::string::npos ? 0 : outer + 1));
  const bool number = !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
  return number ? port : std::string();
}

/// The database that a URL in the line names, without anything else of it; empty: none.
std::string database_of(std::string_view line) {
  for (const std::string_view scheme : {"postgresql", "postgres", "mysql", "mariadb", "mongodb", "mssql"}) {
    const std::size_t at = line.find(fmt::format("{}", scheme));
    if (at == std::string_view::npos) continue;
    const std::size_t mark = line.find("://", at);
    if (mark == std::string_view::npos || line.find_first_of(" \t=\"'", at) < mark) continue;
    const std::string_view url = line.substr(mark + 3, line.find_first_of(" \t\r\"'`", mark) - mark - 3);
    const std::size_t slash = url.find('/');
    if (slash == std::string_view::npos) continue;
    std::string_view name = url.substr(slash + 1);
    name = name.substr(0, name.find_first_of("?#;,/)}"));
    const bool plain = !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
    });
    if (plain) return std::string(name);
  }
  return {};
}

void read_lines(std::string_view path, std::string_view text, Suggestions& out) {
  const bool compose = is_compose(base_name(path));
  std::size_t ports_indent = std::string_view::npos;  // inside of a list of ports
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::size_t indent = line.find_first_not_of(" \t");
    if (indent == std::string_view::npos || line[indent] == '#') continue;
    const std::string_view words = line.substr(indent);
    if (compose) {
      if (ports_indent != std::string_view::npos &&
          (indent < ports_indent || (indent == ports_indent && words[0] != '-')))
        ports_indent = std::string_view::npos;
      if (words.starts_with("ports:"))
        ports_indent = indent;
      else if (ports_indent != std::string_view::npos && words.starts_with("published:"))
        if (const std::string port = published_port(std::string(trimmed(words.substr(10))) + ":0"); !port.empty())
          out.add("port:" + port, "published by a container", {std::string(path), number});
      if (ports_indent != std::string_view::npos && words.starts_with("- "))
        if (const std::string port = published_port(words.substr(2)); !port.empty())
          out.add("port:" + port, "published by a container", {std::string(path), number});
    }
    if (const std::string name = database_of(line); !name.empty())
      out.add("db:" + name, "a database that a URL names", {std::string(path), number});
  }
}

}  // namespace

bool tells_of_resources(std::string_view path) {
  const std::string_view name = base_name(path);
  return is_compose(name) || name == ".env" || name.starts_with(".env.") || path.starts_with(".github/workflows/") ||
         name == ".gitlab-ci.yml";
}

void find_resources(const ProposalInput& input, ConfigProposal& out) {
  Suggestions found;
  std::map<std::string_view, std::string_view> fixtures;  // directory -> its first file
  for (const std::string_view path : input.files) {
    if (tells_of_resources(path))
      if (const auto text = input.texts.find(std::string(path)); text != input.texts.end())
        read_lines(path, text->second, found);
    if (const std::size_t at = path.find("/fixtures/"); at != std::string_view::npos)
      if (path.substr(0, at).find("test") != std::string_view::npos) fixtures.try_emplace(path.substr(0, at + 9), path);
    if (path.ends_with(".sqlite3") || path.ends_with(".sqlite"))
      if (parsers::printable(path) == path)
        found.add(fmt::format("db:{}", path), "a database in the tree", {std::string(path), 0});
  }
  for (const auto& [directory, file] : fixtures)
    if (parsers::printable(directory) == directory)
      found.add(fmt::format("fixture:{}", directory), "for orders whose tests write there while they run",
                {std::string(file), 0});
  for (auto& [name, resource] : found.by_name) out.resources.push_back(std::move(resource));
}

}  // namespace planner
