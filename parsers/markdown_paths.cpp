#include "parsers/markdown_paths.h"

#include <algorithm>
#include <cctype>

#include "parsers/markdown_words.h"

namespace parsers {
namespace {

constexpr std::string_view extensions[] = {
    "adoc",  "astro", "bash", "bat",   "bazel",  "c",          "cc",    "cfg", "cjs",    "clj",     "cmake",
    "conf",  "cpp",   "cs",   "css",   "csv",    "cts",        "cu",    "cxx", "dart",   "db",      "dockerfile",
    "el",    "env",   "erl",  "ex",    "exs",    "fs",         "go",    "gql", "gradle", "graphql", "h",
    "hbs",   "hcl",   "hh",   "hpp",   "hs",     "htm",        "html",  "hxx", "ini",    "ipynb",   "java",
    "jpg",   "js",    "json", "json5", "jsonc",  "jsonl",      "jsx",   "kt",  "kts",    "less",    "lock",
    "lua",   "m",     "md",   "mdx",   "mjs",    "ml",         "mli",   "mm",  "mod",    "mts",     "nix",
    "patch", "php",   "pl",   "png",   "prisma", "properties", "proto", "ps1", "pxd",    "py",      "pyi",
    "pyx",   "r",     "rb",   "rs",    "rst",    "s",          "sass",  "sbt", "scala",  "scss",    "sh",
    "snap",  "sol",   "sql",  "sum",   "svelte", "svg",        "swift", "tex", "tf",     "tfvars",  "toml",
    "ts",    "tsv",   "tsx",  "txt",   "vue",    "xml",        "yaml",  "yml", "zig",    "zsh",
};

constexpr std::string_view known_names[] = {"brewfile",      "build",      "cargo.lock", "changelog",   "codeowners",
                                            "containerfile", "dockerfile", "gemfile",    "jenkinsfile", "justfile",
                                            "license",       "makefile",   "notice",     "procfile",    "rakefile",
                                            "readme",        "vagrantfile"};

/// Names of products, which sentences use as words.
constexpr std::string_view products[] = {"node.js",    "next.js", "vue.js",   "nuxt.js",  "react.js",
                                         "three.js",   "d3.js",   "chart.js", "ember.js", "alpine.js",
                                         "express.js", "asp.net", "socket.io"};

constexpr std::string_view dot_files[] = {".gitignore", ".gitattributes", ".dockerignore", ".editorconfig", ".npmrc",
                                          ".nvmrc",     ".eslintrc",      ".prettierrc",   ".env",          ".gitkeep"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_url(std::string_view token) {
  return token.find("://") != std::string_view::npos || token.starts_with("mailto:");
}

bool is_known_name(std::string_view token) {
  return std::find(std::begin(known_names), std::end(known_names), lowered(token)) != std::end(known_names);
}

void expand(std::string_view path, std::vector<std::string>& out) {
  constexpr std::size_t most = 257;
  const std::size_t open = path.find('{');
  int depth = 0;
  std::vector<std::size_t> cuts{open};
  for (std::size_t i = open; i < path.size() && open != std::string_view::npos; ++i) {
    if (path[i] == '{') ++depth;
    if (path[i] == ',' && depth == 1) cuts.push_back(i);
    if (path[i] != '}' || --depth != 0) continue;
    if (cuts.size() == 1) break;
    cuts.push_back(i);
    for (std::size_t c = 0; c + 1 < cuts.size() && out.size() < most; ++c) {
      std::string one(path.substr(0, open));
      one += path.substr(cuts[c] + 1, cuts[c + 1] - cuts[c] - 1);
      one += path.substr(i + 1);
      expand(one, out);
    }
    return;
  }
  out.emplace_back(path);
}

}  // namespace

bool has_known_extension(std::string_view token) {
  const std::size_t dot = token.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || token.size() - dot > 12) return false;
  const std::string extension = lowered(token.substr(dot + 1));
  return std::find(std::begin(extensions), std::end(extensions), extension) != std::end(extensions);
}

bool is_line_range(std::string_view text) {
  if (text.starts_with("lines ") || text.starts_with("line ")) return true;
  if (text.starts_with('L') || text.starts_with('~')) text.remove_prefix(1);
  if (text.empty() || !is_digit(text[0])) return false;
  const std::size_t word = text.find_first_not_of("0123456789-,:+L ");
  if (word == std::string_view::npos) return true;
  const std::string_view tail = text.substr(word);
  return tail == "end" || tail == "EOF" || tail.starts_with("–") || tail.starts_with("end,");
}

std::string_view without_lines(std::string_view token) {
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    if (token[i] != ':' && token[i] != '#') continue;
    if (token[i] == ':' && (token[i - 1] == ':' || token[i + 1] == ':')) {
      i += token[i + 1] == ':' ? 1 : 0;
      continue;
    }
    if (token[i] == '#' && token[i + 1] != 'L') continue;
    if (is_line_range(token.substr(i + 1))) return token.substr(0, i);
  }
  return token;
}

bool has_lower_extension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == name.size() || name.size() - dot > 12) return false;
  return std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dot) + 1, name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c); });
}

bool names_a_path(std::string_view token) {
  if (token.empty() || is_url(token) || token.find_first_of("\"'=<>|\n") != std::string_view::npos) return false;
  const std::string_view path = token.substr(0, token.find("::"));
  if (path.empty()) return false;
  if (token.starts_with('@')) return token.size() > 1 && is_word(token[1]);
  const bool letters = std::any_of(path.begin(), path.end(),
                                   [](char c) { return is_word(c) || (c & 0x80) != 0 || c == '*' || c == '.'; });
  if (!letters) return false;
  // "app/(group)/page.tsx" exists; "clear()" and "max(0, x)" are code.
  if (path.find("()") != std::string_view::npos) return false;
  if (path.find('(') != std::string_view::npos && path.find('/') == std::string_view::npos) return false;
  if (path.find(' ') != std::string_view::npos)
    return path.find('/') != std::string_view::npos && has_lower_extension(path);
  if (path.find('/') != std::string_view::npos || path.find('\\') != std::string_view::npos)
    return path != "/" && !path.starts_with("//");
  if (path.starts_with('.') && path.size() > 1) return is_word(path[1]) || path.starts_with("..");
  if (path.find('*') != std::string_view::npos)
    return path.find_first_not_of("*+-") != std::string_view::npos || path == "**" || path == "*";
  return has_known_extension(path) || is_known_name(path);
}

bool is_bare_path(std::string_view token) {
  for (const std::string_view words : {"and/or", "read/write", "w/o", "n/a", "either/or", "i/o"})
    if (lowered(token) == words) return false;
  if (token.starts_with("[") && token.ends_with("]") && token.find('/') == std::string_view::npos) return false;
  if (!names_a_path(token) || token == "*" || token == "**") return false;
  if (token.find('/') == std::string_view::npos || token.find_first_of("*{[.\\") != std::string_view::npos) return true;
  return token.ends_with('/') || std::count(token.begin(), token.end(), '/') > 1 || token.starts_with('/') ||
         token.find("::") != std::string_view::npos || is_known_name(token.substr(token.rfind('/') + 1)) ||
         std::all_of(token.begin(), token.end(),
                     [](char c) { return is_digit(c) || c == '_' || c == '-' || c == '/' || (c >= 'a' && c <= 'z'); });
}

bool is_plain_path(std::string_view token) {
  if (!is_bare_path(token) || std::find(std::begin(products), std::end(products), lowered(token)) != std::end(products))
    return false;
  const std::size_t slash = token.rfind('/');
  if (std::find(std::begin(dot_files), std::end(dot_files), token) != std::end(dot_files)) return true;
  if (slash == std::string_view::npos) {
    const std::size_t dot = token.rfind('.');
    // "10 a.m" and "the U.S" end like a file of Objective-C and one of assembly.
    return has_known_extension(token) && (dot > 1 || token.size() - dot > 2);
  }
  return token.find_first_of("*{[") != std::string_view::npos || slash + 1 == token.size() ||
         std::count(token.begin(), token.end(), '/') > 1 || has_lower_extension(token.substr(slash + 1));
}

bool is_quoted_path(std::string_view token) {
  const std::size_t blank = token.find(' ');
  return names_a_path(token) && (blank == std::string_view::npos || token.find('/') < blank);
}

std::vector<std::string> expand_braces(std::string_view path) {
  const auto braces = std::count(path.begin(), path.end(), '{');
  if (braces == 0) return {std::string(path)};
  std::vector<std::string> out;
  if (braces > 16 || path.size() > 1024) return out;  // 2^16 paths at best
  expand(path, out);
  if (out.size() > 256) out.clear();
  return out;
}

}  // namespace parsers
