#include "planner/ci_documents.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "parsers/diagnostic.h"
#include "parsers/path_pattern.h"
#include "planner/hook_scripts.h"
#include "planner/yaml_text.h"

namespace planner {
namespace {

constexpr std::string_view mark = "# Written by interlock init --ci; --undo removes it.\n";
constexpr std::string_view gitlab_job = ".gitlab/interlock.yml";
constexpr std::string_view begin_hooks =
    "# >>> interlock: written by interlock init --ci pre-commit; --undo removes it >>>";
constexpr std::string_view end_hooks = "# <<< interlock <<<";

bool plain(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

/// "OWNER/REPO" of a repository on GitHub; empty: it is somewhere else.
std::string on_github(const CiSource& source) {
  constexpr std::string_view host = "https://github.com/";
  if (!source.url.starts_with(host)) return {};
  std::string name = source.url.substr(host.size());
  if (name.ends_with(".git")) name.resize(name.size() - 4);
  return std::count(name.begin(), name.end(), '/') == 1 ? name : std::string();
}

std::string github_workflow(const CiWishes& wishes) {
  std::string orders;
  for (const std::string& path : wishes.orders) orders += fmt::format("            {}\n", path);
  return fmt::format(
      R"({}#
# Work orders and interlock.yaml are read from the target branch, so a pull request cannot change what it is judged by.
name: interlock
on:
  pull_request:
permissions:
  contents: read
jobs:
  interlock:
    runs-on: ubuntu-latest
    container: debian:12
    steps:
      - name: Install git, without which checkout makes no clone
        run: apt-get update -q && apt-get install -q -y --no-install-recommends ca-certificates git
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: {}@{}
        with:
          orders: |
{}          # protect: what harms others is an error, what is only undeclared a warning; later: strict
          policy: protect
)",
      mark, on_github(*wishes.source), wishes.source->ref, orders);
}

std::string gitlab_document(const CiWishes& wishes) {
  std::vector<std::string> orders;
  for (const std::string& path : wishes.orders) orders.push_back(shell_quoted(path));
  return fmt::format(
      R"({}#
# Work orders and interlock.yaml are read from the target branch, so a merge request cannot change what it is judged by.
interlock:
  stage: test
  image: debian:12
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
    # protect: what harms others is an error, what is only undeclared a warning; later: strict
    INTERLOCK_POLICY: protect
  cache:
    key: {}
    paths:
      - .interlock/
  script:
    - apt-get update -q
    - apt-get install -q -y --no-install-recommends ca-certificates git
    - |
      if [ ! -x .interlock/ci ]; then
        source=$(mktemp -d)
        git init -q "$source"
        git -C "$source" fetch -q --depth 1 {} {}
        git -C "$source" checkout -q FETCH_HEAD
        "$source/script/ci" build .interlock
      fi
    - git fetch -q origin "+refs/heads/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME:refs/remotes/origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - |
      export INTERLOCK_TARGET="$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
      export INTERLOCK_BRANCH="$CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"
      export INTERLOCK_HEAD="${{CI_MERGE_REQUEST_SOURCE_BRANCH_SHA:-$CI_COMMIT_SHA}}"
      .interlock/ci verify {}
  artifacts:
    when: always
    reports:
      codequality: interlock-codequality.json
      junit: interlock-junit.xml
)",
      mark, yaml_quoted("interlock-" + wishes.source->ref), shell_quoted(wishes.source->url),
      shell_quoted(wishes.source->ref), fmt::join(orders, " "));
}

std::string gitlab_main() { return fmt::format("{}include:\n  - local: {}\n", mark, gitlab_job); }

std::string argument_list(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const std::string& word : words) out.push_back(yaml_quoted(word));
  return fmt::format("[{}]", fmt::join(out, ", "));
}

/// One item of `repos`, each line behind `indent`.
std::string hooks_item(const CiWishes& wishes, std::string_view indent) {
  std::vector<std::string> verify = wishes.orders;
  for (const char* word : {"--orders-at", "", "--policy", "protect"})
    verify.push_back(*word == '\0' ? wishes.target : std::string(word));
  struct Hook {
    const char* id;
    const char* name;
    const char* entry;
    std::vector<std::string> arguments;
    const char* stage;
  };
  const Hook hooks[] = {{"interlock-check", "work orders are sound", "interlock check", wishes.orders, nullptr},
                        {"interlock-guard", "staged files are within the scope",
                         "interlock guard --agent git --event pre-commit", wishes.orders, "commit"},
                        {"interlock-verify", "the work is what was declared", "interlock verify", verify, "push"}};
  std::vector<std::string> lines{std::string(begin_hooks)};
  if (wishes.source) {
    lines.push_back(fmt::format("- repo: {}", wishes.source->url));
    lines.push_back(fmt::format("  rev: {}", yaml_quoted(wishes.source->ref)));
  } else {
    lines.emplace_back("- repo: local");
  }
  lines.emplace_back("  hooks:");
  for (const Hook& hook : hooks) {
    lines.push_back(fmt::format("    - id: {}", hook.id));
    if (!wishes.source) {
      lines.push_back(fmt::format("      name: {}", hook.name));
      lines.push_back(fmt::format("      entry: {}", hook.entry));
      for (const char* line : {"language: system", "pass_filenames: false", "always_run: true", "require_serial: true"})
        lines.push_back(fmt::format("      {}", line));
      if (hook.stage != nullptr) lines.push_back(fmt::format("      stages: [{}]", hook.stage));
    }
    lines.push_back(fmt::format("      args: {}", argument_list(hook.arguments)));
  }
  lines.emplace_back(end_hooks);
  std::string out;
  for (const std::string& line : lines) out += fmt::format("{}{}\n", indent, line);
  return out;
}

std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, std::min(text.find('\n', at), text.size() - 1) + 1 - at);
}

struct Span {
  std::size_t begin, end;
};
/// The lines between the marks, marks included.
std::optional<Span> our_hooks(std::string_view text) {
  const std::size_t begin = text.find(begin_hooks);
  const std::size_t end = begin == std::string_view::npos ? begin : text.find(end_hooks, begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t line = text.rfind('\n', begin);
  return Span{line == std::string_view::npos ? 0 : line + 1, end + line_at(text, end).size()};
}

/// Where an item can be put behind the last one of the list `repos`, and how far items are indented.
struct Behind {
  std::size_t at;
  std::string indent;
};
std::optional<Behind> end_of_repos(std::string_view text) {
  std::optional<Behind> out;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = line_at(text, at);
    const std::size_t next = at + line.size();
    const std::size_t first = line.find_first_not_of(" \r\n");
    if (first == std::string_view::npos || line[first] == '#') {
      at = next;
      continue;
    }
    if (!inside) {
      if (line.starts_with("repos:")) {
        if (line.substr(6).find_first_not_of(" \r\n") != std::string_view::npos) return std::nullopt;
        inside = true;
      }
    } else if (first == 0 && line[0] != '-') {
      break;  // the next key
    } else {
      if (!out) {
        if (line[first] != '-') return std::nullopt;
        out = Behind{next, std::string(first, ' ')};
      }
      out->at = next;
    }
    at = next;
  }
  return out;
}

Result<std::optional<std::string>> with_hooks_in(const std::optional<std::string>& before, const CiWishes& wishes) {
  const std::string whole = "repos:\n" + hooks_item(wishes, "  ");
  if (!before) return whole;
  if (const std::optional<Span> ours = our_hooks(*before)) {
    const std::size_t indent = before->find('#', ours->begin) - ours->begin;
    std::string item = hooks_item(wishes, std::string(indent, ' '));
    if ((*before)[ours->end - 1] != '\n') item.pop_back();
    return before->substr(0, ours->begin) + item + before->substr(ours->end);
  }
  const std::optional<Behind> behind = end_of_repos(*before);
  if (!behind)
    return input_error(".pre-commit-config.yaml has no list \"repos:\" with an item a line that could be added to",
                       "add to it yourself what this prints: interlock init --ci pre-commit --dry-run, in an empty "
                       "directory");
  std::string item = hooks_item(wishes, behind->indent);
  if ((*before)[behind->at - 1] != '\n') {  // the file does not end its last line, and so it stays
    item.pop_back();
    item.insert(0, "\n");
  }
  return before->substr(0, behind->at) + item + before->substr(behind->at);
}

}  // namespace

std::optional<CiSystem> ci_system_from(std::string_view name) {
  if (name == "github") return CiSystem::github;
  if (name == "gitlab") return CiSystem::gitlab;
  if (name == "pre-commit") return CiSystem::pre_commit;
  return std::nullopt;
}

Result<CiSource> ci_source_from(std::string_view text) {
  const auto refuse = [&] {
    return input_error(fmt::format("\"{}\" does not say where interlock comes from", text),
                       "write --source OWNER/REPOSITORY@REF, or URL@REF");
  };
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return refuse();
  CiSource out{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
  if (!plain(out.ref, "._-/") || out.ref.front() == '-' || out.ref.front() == '/' ||
      out.ref.find("..") != std::string::npos)
    return refuse();
  if (!plain(out.url, "._-/:@~") || out.url.front() == '-') return refuse();
  if (out.url.find("://") != std::string::npos || out.url.starts_with("git@")) return out;
  if (std::count(out.url.begin(), out.url.end(), '/') != 1 || out.url.find_first_of(":@~") != std::string::npos ||
      out.url.starts_with('/') || out.url.ends_with('/') || out.url.starts_with('.'))
    return refuse();
  out.url.insert(0, "https://github.com/");
  return out;
}

std::vector<CiFile> ci_files(CiSystem system) {
  switch (system) {
    case CiSystem::github:
      return {{".github/workflows/interlock.yml", false}};
    case CiSystem::gitlab:
      return {{std::string(gitlab_job), false}, {".gitlab-ci.yml", true}};
    case CiSystem::pre_commit:
      break;
  }
  return {{".pre-commit-config.yaml", true}};
}

Result<void> check_wishes(CiSystem system, const CiWishes& wishes) {
  if (wishes.orders.empty())
    return input_error("--ci needs ORDERS: where on the target do the work orders stand?",
                       "for instance: interlock init --ci github --source OWNER/REPOSITORY@REF orders");
  for (const std::string& path : wishes.orders) {
    const bool bad = parsers::path_error(path.ends_with('/') ? path.substr(0, path.size() - 1) : path).has_value();
    if (bad || parsers::printable(path) != path || path.front() == '-' || path.front() == ' ' || path.back() == ' ' ||
        path.find("${{") != std::string::npos)
      return input_error(fmt::format("\"{}\" cannot stand in a CI document", path),
                         "name the work orders by paths relative to the top of the repository");
  }
  if (system == CiSystem::pre_commit) return {};
  if (!wishes.source)
    return input_error("--source is needed: where does the job take interlock from?",
                       "write --source OWNER/REPOSITORY@REF, or URL@REF, of a repository that holds interlock");
  if (system == CiSystem::github && on_github(*wishes.source).empty())
    return input_error(fmt::format("\"{}\" is not on GitHub, and its actions come from there", wishes.source->url),
                       "write --source OWNER/REPOSITORY@REF");
  return {};
}

Result<std::optional<std::string>> with_ci(CiSystem system, const CiFile& file,
                                           const std::optional<std::string>& before, const CiWishes& wishes) {
  if (system == CiSystem::pre_commit) return with_hooks_in(before, wishes);
  if (file.shared) return before ? before : std::optional(gitlab_main());
  if (before && !before->starts_with(mark))
    return input_error(fmt::format("{} is there, and init did not write it", file.path),
                       "move it out of the way, or take from it what you need; nothing was changed");
  return std::optional(system == CiSystem::github ? github_workflow(wishes) : gitlab_document(wishes));
}

std::optional<std::string> without_ci(CiSystem system, const CiFile& file, const std::string& text) {
  if (system == CiSystem::pre_commit) {
    const std::optional<Span> ours = our_hooks(text);
    if (!ours) return text;
    const bool last = ours->end == text.size() && !text.ends_with('\n') && ours->begin > 0;
    const std::string rest = text.substr(0, ours->begin - (last ? 1 : 0)) + text.substr(ours->end);
    return rest == "repos:\n" ? std::nullopt : std::optional(rest);
  }
  if (file.shared) return text == gitlab_main() ? std::nullopt : std::optional(text);
  return text.starts_with(mark) ? std::nullopt : std::optional(text);
}

std::vector<std::string> ci_notes(CiSystem system, const std::optional<std::string>& shared_before) {
  switch (system) {
    case CiSystem::github:
      return {"commit the workflow to the target branch; a pull request is judged by the orders that are there"};
    case CiSystem::gitlab:
      if (shared_before && shared_before->find(gitlab_job) == std::string::npos)
        return {fmt::format(".gitlab-ci.yml stays as it is; add to it: include: [{{local: {}}}]", gitlab_job)};
      return {};
    case CiSystem::pre_commit:
      break;
  }
  return {"to run them: pre-commit install --hook-type pre-commit --hook-type pre-push"};
}

}  // namespace planner
