// What GitRepository knows about trees, contents and their differences.
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "planner/io/files.h"
#include "planner/io/git_records.h"
#include "planner/io/git_repository.h"

namespace planner::io {
namespace {

/// What `cat-file --batch-command` writes: "<id> <type> <size>\n", with the content and a newline behind it where that
/// was asked for, or "<name> missing\n".
class ObjectReplies {
 public:
  struct Reply {
    bool blob;
    std::size_t size;
    std::string_view content;
  };
  explicit ObjectReplies(bool with_contents) : with_contents_(with_contents) {}

  /// The next one of a text that may have grown since; nullopt: it is not all there yet.
  std::optional<Reply> next(std::string_view text) {
    const std::string_view rest = text.substr(at_);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    const std::size_t kind = line.find(' '), number = line.rfind(' ');
    Reply reply{number > kind && line.substr(kind + 1, number - kind - 1) == "blob", 0, {}};
    const bool there =
        number > kind &&
        std::from_chars(line.data() + number + 1, line.data() + line.size(), reply.size).ec == std::errc();
    std::size_t length = end + 1;
    if (there && with_contents_) {
      length += reply.size + 1;
      if (rest.size() < length) return std::nullopt;
      reply.content = rest.substr(end + 1, reply.size);
    }
    at_ += length;
    return reply;
  }

 private:
  bool with_contents_;
  std::size_t at_ = 0;
};

}  // namespace

std::string GitRepository::empty_tree() const {
  // git knows it without having it.
  return layout_.object_format == "sha256" ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
                                           : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}

Result<Tree> GitRepository::tree(const ObjectId& commit) {
  return answer({"ls-tree", "-r", "-z", "--full-tree", commit}).map([](std::string&& text) {
    return Tree(parse_tree(text));
  });
}

Result<std::optional<std::string>> GitRepository::file(const ObjectId& commit, std::string_view path) {
  const Result<std::string> listed = answer({"ls-tree", "-z", "-l", "--full-tree", commit, "--", std::string(path)});
  if (!listed) return tl::make_unexpected(listed.error());
  for (const TreeEntry& entry : parse_tree(*listed)) {
    if (entry.path != path || (entry.mode & 0170000) == 0040000 || entry.mode == 0160000) continue;
    const std::size_t space = entry.blob.find(' ');  // -l: the size stands behind the id
    std::uint64_t size = 0;
    const std::size_t digits = std::min(entry.blob.find_first_not_of(' ', space), entry.blob.size());
    std::from_chars(entry.blob.data() + digits, entry.blob.data() + entry.blob.size(), size);
    if (size > most_file_bytes)
      return input_error(fmt::format("\"{}\" is larger than {} MiB", path, most_file_bytes >> 20));
    return answer({"cat-file", "blob", entry.blob.substr(0, space)}).map([](std::string&& text) {
      return std::optional(std::move(text));
    });
  }
  return std::nullopt;
}

Result<std::string> GitRepository::told(std::string_view command, const std::vector<ObjectId>& names) {
  // Many are worth a process of their own, which other threads need not wait for.
  constexpr std::size_t many = 256;
  const std::vector<std::string> arguments{"cat-file", "--batch-command", "--buffer"};
  std::string request;
  for (const ObjectId& name : names) request += fmt::format("{} {}\n", command, name);
  request += "flush\n";
  if (names.size() > many) return answer(arguments, std::move(request));
  const std::lock_guard hold(talking_);
  if (!objects_) {
    const Result<const ScratchRepository*> place = scratch();
    if (!place) return tl::make_unexpected(place.error());
    Result<Conversation> begun = converse_with_git((*place)->command(arguments));
    if (!begun) return tl::make_unexpected(begun.error());
    objects_ = std::move(*begun);
  }
  ObjectReplies replies(command == "contents");
  Finished finished = objects_->ask(request, [&, left = names.size()](std::string_view text) mutable {
    while (left > 0 && replies.next(text)) --left;
    return left == 0;
  });
  if (finished.exit_code == 0) return std::move(finished.out);
  objects_.reset();
  return world_error(fmt::format("git cat-file: {}", git_complaint(finished)), remedy());
}

Result<std::vector<std::optional<std::size_t>>> GitRepository::blob_sizes(const std::vector<ObjectId>& ids) {
  const Result<std::string> text = told("info", ids);
  if (!text) return tl::make_unexpected(text.error());
  std::vector<std::optional<std::size_t>> out(ids.size());
  ObjectReplies replies(false);
  for (std::optional<std::size_t>& size : out)
    if (const auto reply = replies.next(*text); reply && reply->blob) size = reply->size;
  return out;
}

Result<std::vector<std::optional<std::string>>> GitRepository::whole_blobs(const std::vector<ObjectId>& ids) {
  const Result<std::string> text = told("contents", ids);
  if (!text) return tl::make_unexpected(text.error());
  std::vector<std::optional<std::string>> out(ids.size());
  ObjectReplies replies(true);
  for (std::optional<std::string>& content : out)
    if (const auto reply = replies.next(*text); reply && reply->blob) content = reply->content;
  return out;
}

Result<std::vector<std::optional<std::string>>> GitRepository::blobs(const std::vector<ObjectId>& ids,
                                                                     std::size_t most_bytes) {
  const auto sizes = blob_sizes(ids);
  if (!sizes) return tl::make_unexpected(sizes.error());
  std::vector<std::size_t> wanted;
  std::vector<ObjectId> names;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!(*sizes)[i] || *(*sizes)[i] > most_bytes) continue;
    wanted.push_back(i);
    names.push_back(ids[i]);
  }
  std::vector<std::optional<std::string>> out(ids.size());
  if (wanted.empty()) return out;
  auto texts = whole_blobs(names);
  if (!texts) return tl::make_unexpected(texts.error());
  for (std::size_t i = 0; i < wanted.size(); ++i) out[wanted[i]] = std::move((*texts)[i]);
  return out;
}

Result<std::vector<Change>> GitRepository::changes(const ObjectId& base, const ObjectId& head) {
  const ObjectId from = base.empty() ? empty_tree() : base;
  const Result<std::string> text = answer({"diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev",
                                           "--no-ext-diff", "--no-textconv", "--end-of-options", from, head});
  if (!text) return tl::make_unexpected(text.error());
  std::vector<Change> out = parse_raw_diff(*text);
  name_renames(from, head, out);
  return out;
}

/// A rename is one path removed and one added, and both count; git's pairing is wrong now and then, so it only words
/// the message. It reads contents: where they are missing, identical ones are paired all the same.
void GitRepository::name_renames(const ObjectId& base, const ObjectId& head, std::vector<Change>& changes) {
  bool added = false, removed = false;
  for (const Change& change : changes) {
    added = added || change.kind == Change::Kind::added;
    removed = removed || change.kind == Change::Kind::removed;
  }
  if (!added || !removed) return;
  const Result<std::string> text = answer({"diff-tree", "-r", "-z", "-M", "-l400", "--diff-filter=R", "--name-status",
                                           "--no-ext-diff", "--no-textconv", "--end-of-options", base, head});
  if (!text) return pair_exact_renames(changes);
  std::map<std::string, std::string> from;
  for (std::string_view rest = *text; !rest.empty();) {
    next_field(rest);
    const std::string_view old_path = next_field(rest);
    from.emplace(next_field(rest), old_path);
  }
  for (Change& change : changes)
    if (const auto found = from.find(change.path); found != from.end() && change.kind == Change::Kind::added)
      change.renamed_from = found->second;
}

}  // namespace planner::io
