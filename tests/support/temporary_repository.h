// Real directories and git repositories for tests; gone when the test ends.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "planner/io/process.h"

namespace support {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "interlock-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = std::filesystem::canonical(name).string();
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

/// git as a user with a fixed identity and clock runs it. Throws when git fails.
inline std::string git(const std::string& directory, std::vector<std::string> arguments) {
  planner::io::Command command;
  command.arguments = {"git", "-c", "core.fsync=none", "-C", directory};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  const char* path = std::getenv("PATH");
  command.environment = {std::string("PATH=") + (path == nullptr ? "/usr/bin:/bin" : path),
                         "HOME=/nonexistent",
                         "LC_ALL=C",
                         "GIT_CONFIG_NOSYSTEM=1",
                         "GIT_CONFIG_GLOBAL=/dev/null",
                         "GIT_AUTHOR_NAME=A",
                         "GIT_AUTHOR_EMAIL=a@example.org",
                         "GIT_AUTHOR_DATE=1700000000 +0000",
                         "GIT_COMMITTER_NAME=A",
                         "GIT_COMMITTER_EMAIL=a@example.org",
                         "GIT_COMMITTER_DATE=1700000000 +0000",
                         "GIT_ALLOW_PROTOCOL=file"};
  const auto finished = planner::io::run(command);
  if (!finished) throw std::runtime_error(finished.error().what);
  if (finished->exit_code != 0) throw std::runtime_error("git " + arguments.at(0) + ": " + finished->err);
  return trimmed(finished->out);
}

class TemporaryRepository {
 public:
  explicit TemporaryRepository(std::vector<std::string> init = {}) {
    init.insert(init.begin(), {"init", "-q", "-b", "main"});
    init.push_back(top());
    support::git("/", init);
  }
  std::string top() const { return directory_ / "repo"; }
  std::string beside(const std::string& name) const { return directory_ / name; }
  std::string operator/(const std::string& name) const { return top() + "/" + name; }

  std::string git(std::vector<std::string> arguments) const { return support::git(top(), std::move(arguments)); }
  void write(const std::string& path, const std::string& text) const { support::write(*this / path, text); }
  /// Everything in the work tree as one commit; its id.
  std::string commit(const std::string& message) const {
    git({"add", "-A"});
    git({"commit", "-q", "--allow-empty", "-m", message});
    return git({"rev-parse", "HEAD"});
  }
  std::string commit(const std::string& message, const std::map<std::string, std::string>& files) const {
    for (const auto& [path, text] : files) write(path, text);
    return commit(message);
  }

 private:
  TemporaryDirectory directory_;
};

/// Path to mode, time of change and content of everything below, but for our own folder: what nobody may touch.
inline std::map<std::string, std::string> snapshot(const std::string& top) {
  std::map<std::string, std::string> out;
  for (auto at = std::filesystem::recursive_directory_iterator(top); at != std::filesystem::end(at); ++at) {
    const std::string path = at->path().string();
    if (path.ends_with(".git/interlock")) {
      at.disable_recursion_pending();
      continue;
    }
    struct stat about {};
    ::lstat(path.c_str(), &about);
    const bool file = S_ISREG(about.st_mode);
    out[path] =
        std::to_string(about.st_mode) + (file ? " " + std::to_string(about.st_mtim.tv_sec) + "." +
                                                    std::to_string(about.st_mtim.tv_nsec) + " " + support::read(path)
                                              : std::string());
  }
  return out;
}

}  // namespace support
