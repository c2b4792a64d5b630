#include "planner/io/resolved_path.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <deque>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "planner/lint.h"

namespace planner::io {
namespace {

constexpr int most_links = 40;
constexpr int most_names = 20'000;

class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

struct CloseDirectory {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

/// The name in an open directory that is `name` but for case or Unicode form; empty: none.
std::string twin_of(int directory, const std::string& name) {
  const int copy = ::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (copy < 0) return {};
  const std::unique_ptr<DIR, CloseDirectory> stream(::fdopendir(copy));
  if (!stream) {
    ::close(copy);
    return {};
  }
  const std::string folded = folded_name(name);
  std::string least;
  for (int count = 0; count < most_names; ++count) {
    const dirent* const entry = ::readdir(stream.get());
    if (!entry) break;
    const std::string_view there = entry->d_name;
    if (there != name && (least.empty() || there < least) && folded_name(there) == folded) least = there;
  }
  return least;
}

class Walk {
 public:
  ResolvedPath run(const std::string& directory, std::string_view path, LastLink last) {
    last_ = last;
    out_.directory = true;  // of the root, until the first step
    if (path.find('\0') != std::string_view::npos) return failed("a NUL byte stands in it");
    if (path.empty()) return failed("it is empty");
    if (path.size() > PATH_MAX) return failed("it is too long");
    at_ = Descriptor(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!path.starts_with('/')) push_front(directory);
    push_back(path);
    while (!todo_.empty()) {
      const std::string name = std::move(todo_.front());
      todo_.pop_front();
      if (!step(name)) return std::move(out_);
    }
    out_.exists = !missing_;
    out_.path = joined(done_);
    if (!twin_.empty()) out_.twin = joined(twin_);
    return std::move(out_);
  }

 private:
  ResolvedPath failed(const char* why) {
    out_.problem = why;
    return std::move(out_);
  }

  static std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> names;
    for (std::size_t from = 0; from < path.size();) {
      const std::size_t end = std::min(path.find('/', from), path.size());
      if (end > from && path.substr(from, end - from) != ".") names.emplace_back(path.substr(from, end - from));
      from = end + 1;
    }
    return names;
  }
  void push_front(std::string_view path) {
    const std::vector<std::string> names = split(path);
    todo_.insert(todo_.begin(), names.begin(), names.end());
  }
  void push_back(std::string_view path) {
    const std::vector<std::string> names = split(path);
    todo_.insert(todo_.end(), names.begin(), names.end());
  }
  static std::string joined(const std::vector<std::string>& names) {
    std::string path;
    for (const std::string& name : names) path += "/" + name;
    return path.empty() ? "/" : path;
  }

  bool refuse(const char* why) {
    out_.problem = why;
    return false;
  }

  bool step(const std::string& name) {
    if (name == "..") return up();
    if (missing_) return forward(name);
    Descriptor next(::openat(at_.get(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (next.get() < 0) {
      if (errno == ENAMETOOLONG) return refuse("a name in it is too long");
      if (errno != ENOENT)
        return refuse(errno == EACCES ? "a directory of it may not be entered" : "something in it is no directory");
      missing_ = true;
      if (const std::string twin = twin_of(at_.get(), name); !twin.empty()) {
        twin_ = done_;
        twin_.push_back(twin);
      }
      done_.push_back(name);
      out_.directory = false;
      return true;
    }
    struct stat about {};
    if (::fstat(next.get(), &about) != 0) return refuse("it cannot be looked at");
    const bool last = todo_.empty();
    if (S_ISLNK(about.st_mode) && (!last || last_ == LastLink::follow)) return follow(next);
    out_.directory = S_ISDIR(about.st_mode);
    done_.push_back(name);
    at_ = std::move(next);
    return true;
  }

  bool forward(const std::string& name) {
    done_.push_back(name);
    if (!twin_.empty()) twin_.push_back(name);
    return true;
  }

  bool up() {
    if (missing_) return refuse("it leads up from a directory that is not there");
    if (!done_.empty()) done_.pop_back();
    at_ = Descriptor(::open(joined(done_).c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    out_.directory = true;
    return at_.get() >= 0 || refuse("a directory of it went away");
  }

  bool follow(const Descriptor& link) {
    if (++links_ > most_links) return refuse("too many symbolic links");
    std::array<char, PATH_MAX> target;
    const ssize_t length = ::readlinkat(link.get(), "", target.data(), target.size());
    if (length <= 0) return refuse("a symbolic link in it cannot be read");
    const std::string_view to(target.data(), static_cast<std::size_t>(length));
    out_.linked = true;
    if (to.starts_with('/')) {
      done_.clear();
      at_ = Descriptor(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    }
    push_front(to);
    return true;
  }

  LastLink last_ = LastLink::follow;
  std::deque<std::string> todo_;
  std::vector<std::string> done_;
  std::vector<std::string> twin_;
  Descriptor at_;
  int links_ = 0;
  bool missing_ = false;
  ResolvedPath out_;
};

}  // namespace

ResolvedPath resolve_path(const std::string& directory, std::string_view path, LastLink last) {
  return Walk().run(directory, path, last);
}

}  // namespace planner::io
