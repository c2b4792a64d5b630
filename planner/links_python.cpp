// Python's imports: dotted modules below source roots, relative levels, packages with and without `__init__.py`.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "planner/links_rules.h"

namespace planner {
namespace {

constexpr std::array<std::string_view, 2> endings = {".py", ".pyi"};

/// Python's own modules never come from another project of the tree.
constexpr std::string_view standard_modules =
    " "
    "abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect "
    "builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall "
    "concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm "
    "decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp "
    "fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip "
    "hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json "
    "keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder "
    "msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os "
    "ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint "
    "profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib "
    "resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib "
    "sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string "
    "stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios "
    "textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle "
    "turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg "
    "winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo ";

bool is_standard(std::string_view name) {
  return standard_modules.find(' ' + std::string(name) + ' ') != std::string_view::npos;
}

class PythonRules final : public LinkRules {
 public:
  explicit PythonRules(CodeNames& names) : LinkRules(names) { find_roots(); }

  Module module_of(CodeFileId from, const parsers::Import& import) override {
    const std::string_view written = import.module;
    if (written.starts_with('.')) return relative(from, written);
    // `import a.b` brings a.
    if (import.name.empty() && written.size() > import.alias.size() && written.starts_with(import.alias) &&
        written[import.alias.size()] == '.')
      return absolute(from, import.alias);
    return absolute(from, written);
  }

  Module runs(CodeFileId from, const parsers::Import& import) override {
    return import.module.starts_with('.') ? relative(from, import.module) : absolute(from, import.module);
  }

  Module inner(const Module& outer, std::string_view name) override {
    return outer.place.empty() ? Module() : module_at(outer.place == "/" ? "" : outer.place, name);
  }

  /// Whatever a module binds, its importers may take.
  bool passes_on(CodeFileId, const parsers::Import&) override { return true; }

  OwnClass own_class(std::string_view receiver) override {
    return receiver == "cls" ? OwnClass::both : LinkRules::own_class(receiver);
  }

  /// In the class itself, but not in its methods.
  OwnClass bare_members(bool directly) override { return directly ? OwnClass::own : OwnClass::none; }

  Grade of_declared_type() override { return Grade::member_near; }

  bool is_use(const parsers::Reference& reference) override {
    return reference.kind != parsers::Reference::Kind::import && reference.kind != parsers::Reference::Kind::write;
  }

  std::string imported_as(CodeFileId file) override {
    const std::string name = LinkRules::imported_as(file);
    if (name != "__init__") return name;
    const std::string_view directory = directory_of(names().path(file));
    return std::string(directory.substr(directory.rfind('/') + 1));
  }

 private:
  static std::string below(std::string_view directory, std::string_view name) {
    std::string out(directory);
    if (!out.empty()) out += '/';
    return out += name;
  }

  bool is_package(std::string_view directory) {
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
      return code().find(below(directory, "__init__") + std::string(ending)).has_value();
    });
  }

  /// The package or module of that name in a directory: packages first, as Python finds them.
  Module module_at(std::string_view directory, std::string_view name) {
    Module out;
    const std::string path = below(directory, name);
    for (const std::string_view ending : endings)
      if (const auto file = code().find(path + "/__init__" + std::string(ending))) out.files.push_back(*file);
    if (out.files.empty())
      for (const std::string_view ending : endings)
        if (const auto file = code().find(path + std::string(ending))) out.files.push_back(*file);
    const bool file_only = !out.files.empty() && directory_of(names().path(out.files.front())) != path;
    if (!file_only && names().is_directory(path)) out.place = path;
    return out;
  }

  Module relative(CodeFileId from, std::string_view written) {
    std::string_view directory = directory_of(names().path(from));
    written.remove_prefix(1);
    for (; written.starts_with('.'); written.remove_prefix(1)) {
      if (directory.empty()) return {};
      directory = directory_of(directory);
    }
    if (!written.empty()) return walk(directory, written);
    Module out;
    for (const std::string_view ending : endings)
      if (const auto file = code().find(below(directory, "__init__") + std::string(ending))) out.files.push_back(*file);
    out.place = directory.empty() ? "/" : std::string(directory);
    return out;
  }

  /// `a.b.c` below a directory.
  Module walk(std::string_view directory, std::string_view dotted) {
    std::string at(directory);
    for (;;) {
      const std::size_t dot = dotted.find('.');
      Module found = module_at(at, dotted.substr(0, dot));
      if (found.empty() || dot == std::string_view::npos) return found;
      if (found.place.empty()) return {};
      at = found.place;
      dotted.remove_prefix(dot + 1);
    }
  }

  /// A module of a root around the file, the innermost first; else of the one other root that has it. A package that is
  /// only a directory comes last, as in Python.
  Module absolute(CodeFileId from, std::string_view dotted) {
    const std::string_view own = directory_of(names().path(from)), head = dotted.substr(0, dotted.find('.'));
    const auto around = [&](bool regular) -> std::optional<Module> {
      for (std::string_view at = own;; at = directory_of(at)) {
        if (roots_.contains(at) || (at == own && !is_package(own))) {
          const Module top = module_at(at, head);
          if (regular && !top.files.empty()) return walk(at, dotted);
          if (!regular && !top.empty())
            if (Module found = walk(at, dotted); !found.empty()) return found;
        }
        if (at.empty()) return std::nullopt;
      }
    };
    if (auto found = around(true)) return *std::move(found);
    if (const auto root = elsewhere(own, head)) return walk(*root, dotted);
    return around(false).value_or(Module());
  }

  /// The one root that has the package; of several the one that shares most of its path with the file.
  std::optional<std::string_view> elsewhere(std::string_view directory, std::string_view head) {
    const auto found = heads_.find(head);
    if (found == heads_.end() || is_standard(head)) return std::nullopt;
    std::string_view best;
    std::size_t most = 0, ties = 0;
    for (const std::string& root : found->second) {
      const auto end = std::mismatch(root.begin(), root.end(), directory.begin(), directory.end()).first;
      const auto common = static_cast<std::size_t>(std::count(root.begin(), end, '/')) + 1;
      if (common > most) ties = 0;
      if (common < most) continue;
      most = common;
      best = root;
      ++ties;
    }
    return ties == 1 ? std::optional(best) : std::nullopt;
  }

  /// Directories whose modules are imported by their plain names: those of projects, their `src`, and those that hold
  /// packages and are none themselves.
  void find_roots() {
    std::set<std::string, std::less<>> packages, projects = {""};
    for (const CodeFile& file : code().files()) {
      const std::string_view directory = directory_of(file.path);
      const std::string_view name = std::string_view(file.path).substr(directory.empty() ? 0 : directory.size() + 1);
      if (name == "__init__.py" || name == "__init__.pyi") packages.emplace(directory);
      if (name == "pyproject.toml" || name == "setup.py" || name == "setup.cfg") projects.emplace(directory);
    }
    for (const std::string& project : projects) {
      roots_.insert(project);
      for (const std::string_view source : {"src", "lib", "python"})
        if (names().is_directory(below(project, source)) && !packages.contains(below(project, source)))
          roots_.insert(below(project, source));
    }
    for (const std::string& package : packages) {
      const std::string_view parent = directory_of(package);
      if (package.empty() || packages.contains(parent)) continue;
      roots_.emplace(parent);
      heads_[package.substr(parent.empty() ? 0 : parent.size() + 1)].emplace_back(parent);
    }
  }

  std::set<std::string, std::less<>> roots_;
  std::map<std::string, std::vector<std::string>, std::less<>> heads_;  // packages to the roots that hold them
};

}  // namespace

std::unique_ptr<LinkRules> python_rules(CodeNames& names) { return std::make_unique<PythonRules>(names); }

}  // namespace planner
