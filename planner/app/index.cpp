#include "planner/app/index.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "planner/app/references.h"

namespace planner::app {
namespace {

constexpr std::size_t at_once = 128;  // files that are parsed and forgotten together

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

std::string shown(const parsers::CodeOutline& outline) {
  std::size_t bytes = 0;
  for (const parsers::CodeRange& error : outline.errors) bytes += error.end - error.begin;
  return fmt::format("{} parse error{}, {} bytes, the first on line {}", outline.errors.size(),
                     outline.errors.size() == 1 ? "" : "s", bytes, outline.errors.front().first_line);
}

void count(const CodeFile& file, const parsers::CodeOutline& outline, IndexAnswer::Outlines& out) {
  IndexAnswer::OfLanguage& here = out.languages[static_cast<std::size_t>(*file.language)];
  ++here.files;
  out.definitions += outline.definitions.size();
  out.references += outline.references.size();
  if (!outline.proven()) {
    ++here.unproven;
    out.unproven.push_back({file.path, std::string(to_string(outline.status))});
  } else if (!outline.errors.empty()) {
    ++here.degraded;
    out.degraded.push_back({file.path, shown(outline)});
  } else {
    ++here.parsed;
  }
}

IndexAnswer::Outlines parse_all(Code& code, const Progress& progress) {
  IndexAnswer::Outlines out;
  std::vector<CodeFileId> sources;
  for (std::size_t i = 0; i < code.files().size(); ++i)
    if (code.files()[i].language) sources.emplace_back(i);
  for (std::size_t first = 0; first < sources.size(); first += at_once) {
    progress(first, sources.size());
    const std::size_t last = std::min(first + at_once, sources.size());
    const std::vector<CodeFileId> here(sources.begin() + static_cast<std::ptrdiff_t>(first),
                                       sources.begin() + static_cast<std::ptrdiff_t>(last));
    code.prepare(here);
    for (const CodeFileId id : here) count(code.files()[id.value], code.outline(id), out);
    code.forget(here);
  }
  progress(sources.size(), sources.size());
  return out;
}

}  // namespace

Answer<IndexAnswer> index(World& world, const IndexRequest& request, const Progress& progress) {
  if (!world.repository || !world.code)
    return refuse({Error::Kind::world, "index needs a git repository, and there is none here",
                   "run it inside one, or name it with --repo DIR"});
  IndexAnswer answer;
  Result<std::unique_ptr<Code>> code = nullptr;
  if (request.revision.empty() && world.repository->has_work_tree()) {
    code = world.code->in_worktree(world.repository->top());
  } else {
    auto commit = world.repository->commit(request.revision.empty() ? "HEAD" : request.revision);
    if (!commit) return refuse(commit.error());
    const auto tree = world.repository->tree(*commit);
    if (!tree) return refuse(tree.error());
    answer.commit = std::move(*commit);
    code = world.code->at(*tree);
  }
  if (!code) return refuse(code.error());
  const std::vector<CodeFile>& files = (*code)->files();
  for (const UnreadFile& unread : (*code)->unread())
    answer.unread.push_back({files[unread.file.value].path, unread.why});
  answer.files = files.size();
  answer.unknown_language = static_cast<std::size_t>(
      std::count_if(files.begin(), files.end(), [](const CodeFile& file) { return !file.language; }));
  if (!request.references.empty())
    if (const Result<void> written = write_references(**code, request.references, progress); !written)
      return refuse(written.error());
  if (request.stats) answer.outlines = parse_all(**code, progress);
  answer.effort = (*code)->effort();
  return answer;
}

}  // namespace planner::app
