#include "planner/io/record_store.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include <sys/stat.h>

#include "planner/io/files.h"
#include "planner/io/git_command.h"
#include "planner/io/scratch_repository.h"
#include "planner/io/worktree_scratch.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;
constexpr const char* ending = ".record";

/// A session's name may hold anything; a file's may not.
std::string file_name(const std::string& session) {
  std::string out;
  for (const char c : session) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out + ending;
}

Result<void> make_directory(const GitLayout& layout, const std::string& directory) {
  const Result<std::string> state = state_directory(layout);
  if (!state) return tl::make_unexpected(state.error());
  if (::mkdir(directory.c_str(), 0777) != 0 && errno != EEXIST)
    return world_error(fmt::format("cannot make \"{}\": {}", directory, std::strerror(errno)));
  struct stat about {};
  if (::lstat(directory.c_str(), &about) != 0 || !S_ISDIR(about.st_mode))
    return world_error(fmt::format("\"{}\" is not a directory", directory), "move it away");
  return {};
}

/// A pack ends in the checksum of what stands before.
std::string name_of(const std::string& pack, const std::string& object_format) {
  const std::size_t bytes = object_format == "sha256" ? 32 : 20;
  std::string out;
  for (const char c : pack.substr(pack.size() - bytes)) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out + ".pack";
}

/// Packs what the user's repository and the work tree hold, in a scratch repository.
class Packer {
 public:
  explicit Packer(WorktreeScratch scratch) : scratch_(std::move(scratch)) {}

  /// As `git add` would, but in here.
  Result<void> store(const std::vector<std::string>& paths) const {
    std::string input;
    for (const std::string& path : paths) input += path + '\0';
    const Result<std::string> done = scratch_.answer({"update-index", "--add", "--remove", "-z", "--stdin"}, input);
    if (!done) return tl::make_unexpected(done.error());
    return {};
  }

  /// Those of the ids that are there.
  Result<std::set<ObjectId>> present(const std::vector<ObjectId>& ids) const {
    std::string input;
    for (const ObjectId& id : ids) input += id + "\n";
    const Result<std::string> found =
        scratch_.answer({"cat-file", "--batch-check=%(objectname) %(objecttype)"}, std::move(input));
    if (!found) return tl::make_unexpected(found.error());
    std::set<ObjectId> out;
    for (std::string_view rest = *found; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (!line.ends_with(" missing")) out.emplace(line.substr(0, line.find(' ')));
    }
    return out;
  }

  /// Everything that base..head brought.
  Result<std::string> objects_between(const ObjectId& base, const ObjectId& head) const {
    std::vector<std::string> arguments{"rev-list", "--objects", "--no-object-names", head};
    if (!base.empty()) arguments.push_back("^" + base);
    return scratch_.answer(std::move(arguments));
  }

  Result<std::string> packed(std::string ids) const {
    return scratch_.answer({"pack-objects", "-q", "--stdout", "--threads=1"}, std::move(ids));
  }

 private:
  WorktreeScratch scratch_;
};

const RecordedFile* kept_before(const Record* known, const RecordedFile& file) {
  if (known)
    for (const RecordedFile& old : known->files)
      if (old.blob == file.blob && !old.pack.empty()) return &old;
  return nullptr;
}

}  // namespace

Result<StoredRecords> RecordStore::all() const {
  StoredRecords out;
  std::error_code ignored;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory(), ignored))
    if (entry.path().extension() == ending && entry.is_regular_file(ignored) && !entry.is_symlink(ignored))
      names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const Result<std::string> text = read_file(directory() + "/" + name);
    std::optional<Record> record = text ? record_in(*text) : std::nullopt;
    if (record && file_name(record->session) == name)
      out.records.push_back(std::move(*record));
    else
      out.damaged.push_back(name);
  }
  std::sort(out.records.begin(), out.records.end(),
            [](const Record& a, const Record& b) { return a.session < b.session; });
  return out;
}

Result<void> RecordStore::keep(Record& record, const Record* known) const {
  const std::string name = file_name(record.session);
  if (name.size() > 240) return input_error("the name of the session is too long", "at most 200 bytes");
  if (Result<void> made = make_directory(layout_, directory()); !made) return made;
  Result<WorktreeScratch> scratch = WorktreeScratch::make(layout_);
  if (!scratch) return tl::make_unexpected(scratch.error());
  const Packer packer(std::move(*scratch));

  std::vector<RecordedFile*> loose;
  for (RecordedFile& file : record.files) {
    if (file.mode == 0160000) continue;  // a submodule's commit is in its own repository
    if (const RecordedFile* old = kept_before(known, file))
      file.pack = old->pack;
    else if (!file.committed)
      loose.push_back(&file);
  }
  std::vector<ObjectId> wanted;
  for (const RecordedFile* file : loose) wanted.push_back(file->blob);
  Result<std::set<ObjectId>> there = packer.present(wanted);
  if (!there) return tl::make_unexpected(there.error());
  // Only what the user's repository has not: storing an object again would touch the file it has.
  std::vector<std::string> to_store;
  for (const RecordedFile* file : loose)
    if (!there->contains(file->blob)) to_store.push_back(file->path);
  if (!to_store.empty()) {
    if (Result<void> stored = packer.store(to_store); !stored) return stored;
    there = packer.present(wanted);
    if (!there) return tl::make_unexpected(there.error());
  }
  std::string ids;
  for (const ObjectId& id : *there) ids += id + "\n";
  const bool same_commits = known && known->head == record.head && known->base == record.base;
  if (same_commits) record.pack = known->pack;
  const bool commits = !same_commits && !record.head.empty() && record.head != record.base;
  if (commits) {
    const Result<std::string> brought = packer.objects_between(record.base, record.head);
    if (!brought) return tl::make_unexpected(brought.error());
    ids += *brought;
  }
  if (!ids.empty()) {
    const Result<std::string> pack = packer.packed(std::move(ids));
    if (!pack) return tl::make_unexpected(pack.error());
    const std::string pack_name = name_of(*pack, layout_.object_format);
    if (Result<void> done = write_file(directory() + "/" + pack_name, *pack); !done) return done;
    for (RecordedFile* file : loose)
      if (there->contains(file->blob)) file->pack = pack_name;
    if (commits) record.pack = pack_name;
  }
  for (RecordedFile& file : record.files)
    if (file.committed && file.pack.empty()) file.pack = record.pack;
  return write_file(directory() + "/" + name, written(record));
}

std::string RecordStore::author() const {
  const auto configured = [&](const char* key) {
    GitCommand git;
    git.arguments = {"config", "--get", key};
    git.git_dir = layout_.git_dir;
    git.user_config = true;
    const Result<std::string> value = git_output(git);
    return value ? value->substr(0, value->find('\n')) : std::string();
  };
  const auto from = [&](const char* variable, const char* key) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0' ? std::string(value) : configured(key);
  };
  const std::string name = from("GIT_AUTHOR_NAME", "user.name"), mail = from("GIT_AUTHOR_EMAIL", "user.email");
  return name.empty() && mail.empty() ? std::string() : fmt::format("{} <{}>", name, mail);
}

}  // namespace planner::io
