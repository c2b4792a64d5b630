#include "planner/io/scratch_repository.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "planner/io/files.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;
constexpr const char* prefix = "scratch-";

void remove(const std::string& directory) {
  std::error_code ignored;
  fs::remove_all(directory, ignored);
}

/// What earlier runs left when they were killed: its lock can be had. One without a lock file may just be being made.
void sweep(const std::string& state) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(state, ignored)) {
    if (!entry.path().filename().string().starts_with(prefix) || entry.is_symlink(ignored)) continue;
    const int lock = ::open((entry.path() / "lock").c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0) continue;
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0) remove(entry.path().string());
    ::close(lock);
  }
}

/// As git reads a line of objects/info/alternates: quoted, because a path may hold anything.
std::string alternate(std::string_view path) {
  std::string out = "\"";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || byte < 0x20 || byte >= 0x7F)
      out += fmt::format("\\{:03o}", byte);
    else
      out += c;
  }
  return out + "\"\n";
}

std::string configuration(const GitLayout& layout) {
  if (layout.object_format == "sha1") return "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
  return fmt::format("[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = {}\n",
                     layout.object_format);
}

/// Not write_file: what nobody reads after a crash need not survive one.
Result<void> put(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  if (!(out << text << std::flush)) return world_error(fmt::format("cannot write \"{}\"", path));
  return {};
}

Result<void> fill(const std::string& directory, const GitLayout& layout) {
  std::error_code error;
  for (const char* below : {"objects/info", "objects/pack", "refs", "info"})
    fs::create_directories(directory + "/" + below, error);
  if (error) return world_error(fmt::format("cannot write \"{}\": {}", directory, error.message()));
  const std::pair<const char*, std::string> files[] = {
      {"HEAD", "ref: refs/heads/none\n"},
      {"config", configuration(layout)},
      {"objects/info/alternates", alternate(layout.common_dir + "/objects")}};
  for (const auto& [name, text] : files)
    if (Result<void> written = put(directory + "/" + name, text); !written) return written;
  // Without its boundary git would walk into commits that are not there.
  const Result<std::optional<std::string>> shallow = read_file_if_there(layout.common_dir + "/shallow");
  if (shallow && *shallow) return put(directory + "/shallow", **shallow);
  return {};
}

Result<std::string> make_directory(const std::string& beside) {
  std::string name = beside + "/" + prefix + "XXXXXX";
  if (::mkdtemp(name.data()) == nullptr)
    return world_error(fmt::format("cannot write in \"{}\": {}", beside, std::strerror(errno)));
  return name;
}

Result<std::string> place_for(const GitLayout& layout) {
  if (const Result<std::string> state = state_directory(layout)) {
    sweep(*state);
    if (Result<std::string> made = make_directory(*state)) return made;
  }
  std::error_code error;
  const fs::path temporary = fs::temp_directory_path(error);
  return make_directory(error ? "/tmp" : temporary.string());
}

}  // namespace

Result<std::string> state_directory(const GitLayout& layout) {
  const std::string directory = layout.common_dir + "/interlock";
  if (::mkdir(directory.c_str(), 0777) != 0 && errno != EEXIST)
    return world_error(fmt::format("cannot make \"{}\": {}", directory, std::strerror(errno)));
  struct stat about {};
  // A link could lead our files anywhere.
  if (::lstat(directory.c_str(), &about) != 0 || !S_ISDIR(about.st_mode))
    return world_error(fmt::format("\"{}\" is not a directory", directory), "move it away");
  return directory;
}

Result<ScratchRepository> ScratchRepository::make(const GitLayout& layout, const GitLayout& home) {
  const Result<std::string> directory = place_for(home);
  if (!directory) return tl::make_unexpected(directory.error());
  // Renamed into place only when it is held, so that nobody sweeps what is being made.
  const std::string unheld = *directory + "/lock.new";
  const int lock = ::open(unheld.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0) ::rename(unheld.c_str(), (*directory + "/lock").c_str());
  ScratchRepository scratch(*directory, lock);
  if (Result<void> filled = fill(*directory, layout); !filled) return tl::make_unexpected(filled.error());
  return scratch;
}

ScratchRepository::ScratchRepository(ScratchRepository&& other) noexcept
    : directory_(std::exchange(other.directory_, {})), lock_(std::exchange(other.lock_, -1)) {}

ScratchRepository& ScratchRepository::operator=(ScratchRepository&& other) noexcept {
  std::swap(directory_, other.directory_);
  std::swap(lock_, other.lock_);
  return *this;
}

ScratchRepository::~ScratchRepository() {
  if (!directory_.empty()) remove(directory_);
  if (lock_ >= 0) ::close(lock_);
}

Result<std::string> ScratchRepository::store_for_work_trees() const {
  const std::string own = directory_ + "/work-trees", list = directory_ + "/objects/info/alternates";
  std::error_code error;
  if (!fs::create_directories(own, error) && !error) return own;  // it was there already, and is known
  if (error) return world_error(fmt::format("cannot write \"{}\": {}", own, error.message()));
  std::ofstream out(list, std::ios::binary | std::ios::app);
  if (!(out << alternate(own) << std::flush)) return world_error(fmt::format("cannot write \"{}\"", list));
  return own;
}

GitCommand ScratchRepository::command(std::vector<std::string> arguments, std::string input) const {
  GitCommand git;
  git.arguments = std::move(arguments);
  git.git_dir = directory_;
  git.input = std::move(input);
  return git;
}

}  // namespace planner::io
