#include "planner/app/changes.h"

#include "planner/index_changes.h"

namespace planner::app {
namespace {

using Changed = ChangesAnswer::Changed;

/// A larger file is no source: it is named as a whole, without being read.
constexpr std::size_t most_source_bytes = std::size_t{1} << 20;

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

/// One line for a file that is no source, or came or went as a whole.
Changed whole(const Change& change) {
  const char* what = change.kind == Change::Kind::added     ? "added"
                     : change.kind == Change::Kind::removed ? "removed"
                                                            : "body";
  return {change.path, "", "", what, 0, 0, false};
}

Changed of_symbol(const std::string& path, const SymbolChange& change, const parsers::CodeOutline& before,
                  const parsers::CodeOutline& after) {
  const bool removed = change.new_definition == parsers::no_definition;
  const parsers::Definition& definition =
      removed ? before.definitions[change.old_definition] : after.definitions[change.new_definition];
  return {path,
          change.symbol,
          change.before,
          std::string(to_string(change.kind)),
          definition.range.first_line,
          definition.range.last_line,
          definition.degraded};
}

/// Every changed symbol of one file; what changed outside of all symbols is one change of the file.
void compare(const Change& change, const std::string& old_text, const std::string& new_text,
             std::vector<Changed>& out) {
  const auto language = parsers::language_of(change.path);
  if (!language) return out.push_back(whole(change));
  const parsers::CodeOutline before = parsers::outline(*language, old_text),
                             after = parsers::outline(*language, new_text);
  const std::vector<SymbolChange> symbols = symbol_changes(before, after);
  const bool proven = before.proven() && after.proven();
  if (symbols.empty() || !proven) {
    out.push_back(whole(change));
    out.back().unproven = !proven;
  }
  for (const SymbolChange& symbol : symbols) out.push_back(of_symbol(change.path, symbol, before, after));
}

}  // namespace

Answer<ChangesAnswer> changes(World& world, const ChangesRequest& request) {
  if (!world.repository)
    return refuse({Error::Kind::world, "changes needs a git repository, and there is none here",
                   "run it inside one, or name it with --repo DIR"});
  Repository& repository = *world.repository;
  ChangesAnswer answer;
  for (const auto& [revision, id] : {std::pair(&request.base, &answer.base), std::pair(&request.head, &answer.head)}) {
    auto commit = repository.commit(*revision);
    if (!commit) return refuse(commit.error());
    *id = std::move(*commit);
  }
  const auto changed = repository.changes(answer.base, answer.head);
  if (!changed) return refuse(changed.error());
  std::vector<ObjectId> wanted;
  for (const Change& change : *changed)
    for (const ObjectId& blob : {change.old_blob, change.new_blob})
      if (!blob.empty()) wanted.push_back(blob);
  const auto contents = repository.blobs(wanted, most_source_bytes);
  if (!contents) return refuse(contents.error());
  std::size_t next = 0;
  for (const Change& change : *changed) {
    const auto text = [&](const ObjectId& blob) {
      return blob.empty() ? std::optional(std::string()) : (*contents)[next++];
    };
    const std::optional<std::string> before = text(change.old_blob), after = text(change.new_blob);
    if (before && after)
      compare(change, *before, *after, answer.changes);
    else
      answer.changes.push_back(whole(change));
  }
  return answer;
}

}  // namespace planner::app
