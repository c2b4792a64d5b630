#include "parsers/format_prose.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "parsers/markdown_document.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_tokens.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

enum class Word { other, writes, creates, removes, moves, takes, reads, source, from, place, aim, list, article };

/// Verbs in their plain form; "adds" and "adding" are found by their stem.
const std::unordered_map<std::string_view, Word>& words() {
  static const std::unordered_map<std::string_view, Word> table = [] {
    std::unordered_map<std::string_view, Word> t;
    const auto put = [&](Word word, std::initializer_list<std::string_view> names) {
      for (const std::string_view name : names) t.emplace(name, word);
    };
    put(Word::creates, {"create", "scaffold", "introduce", "generate"});
    put(Word::removes, {"delete"});
    put(Word::moves, {"move", "rename", "relocate"});
    put(Word::takes, {"remove", "drop", "strip", "extract", "split", "purge"});
    put(Word::writes,
        {"add",         "implement",  "write",    "build",    "modify",    "update",  "edit",      "change",
         "extend",      "refactor",   "fix",      "replace",  "migrate",   "convert", "configure", "define",
         "initialize",  "initialise", "register", "wire",     "integrate", "append",  "document",  "merge",
         "rewrite",     "adjust",     "enable",   "insert",   "put",       "port",    "expose",    "hook",
         "deprecate",   "upgrade",    "bump",     "patch",    "tweak",     "improve", "optimize",  "optimise",
         "simplify",    "clean",      "handle",   "make",     "set",       "store",   "save",      "persist",
         "develop",     "export",     "place",    "populate", "complete",  "finish",  "finalize",  "annotate",
         "format",      "disable",    "polish",   "touch",    "alter",     "correct", "rework",    "restructure",
         "consolidate", "unify",      "inline",   "declare",  "establish", "apply",   "install",   "bundle",
         "include",     "connect",    "revise",   "copy"});
    put(Word::reads, {"see",      "read",      "review",     "check",     "verify", "run",     "consult",  "inspect",
                      "validate", "reference", "refer",      "look",      "study",  "examine", "compare",  "ensure",
                      "confirm",  "load",      "execute",    "open",      "launch", "invoke",  "call",     "mirror",
                      "mirrors",  "match",     "matches",    "cite",      "parse",  "import",  "imports",  "imported",
                      "defined",  "described", "documented", "specified", "listed", "created", "generated"});
    put(Word::source,
        {"using",   "use",       "uses",     "via",     "per",    "like", "following", "against", "according",
         "based",   "consuming", "consumes", "as",      "by",     "cf",   "e.g",       "e.g.",    "i.e.",
         "similar", "extending", "than",     "without", "unlike", "not",  "after",     "before",  "alongside"});
    put(Word::from, {"from"});
    put(Word::aim, {"for", "with"});
    put(Word::place, {"in", "at", "to", "into", "on", "inside", "under", "within", "onto", "file", "files", "path"});
    put(Word::list, {"and", "or", "plus", "&", "+"});
    put(Word::article, {"the", "a", "an", "new", "our", "its", "this", "existing", "file", "empty", "module"});
    return t;
  }();
  return table;
}

bool is_writing(Word w) {
  return w == Word::writes || w == Word::creates || w == Word::removes || w == Word::moves || w == Word::takes;
}

Word word_of(std::string_view raw) {
  std::string word = lowered(raw);
  while (!word.empty() && std::ispunct(static_cast<unsigned char>(word.back())) && word != "&" && word != "+")
    word.pop_back();
  const auto find = [](const std::string& w) {
    const auto found = words().find(w);
    return found == words().end() ? Word::other : found->second;
  };
  if (const Word known = find(word); known != Word::other) return known;
  const auto verb = [&](std::string stem) {
    const Word known = find(stem);
    return is_writing(known) || known == Word::reads ? known : Word::other;
  };
  if (word.size() > 3 && word.ends_with("es"))
    if (const Word known = verb(word.substr(0, word.size() - 2)); known != Word::other) return known;
  if (word.size() > 2 && word.ends_with('s'))
    if (const Word known = verb(word.substr(0, word.size() - 1)); known != Word::other) return known;
  if (word.size() > 4 && word.ends_with("ing")) {
    const std::string stem = word.substr(0, word.size() - 3);
    for (const std::string& form : {stem, stem + "e", stem.substr(0, stem.size() - 1)})
      if (const Word known = verb(form); known != Word::other) return known;
  }
  return Word::other;
}

/// Text that stands for another: "{feature}", "<name>", "path/to/file".
bool is_placeholder(std::string_view path) {
  const std::size_t open = path.find('{');
  if (open != std::string_view::npos) {
    const std::size_t close = path.find('}', open);
    if (close == std::string_view::npos || path.substr(open, close - open).find(',') == std::string_view::npos)
      return true;
  }
  return path.find("...") != std::string_view::npos || path.starts_with("path/to/") ||
         path.find("$") != std::string_view::npos;
}

bool is_known_file(std::string_view name) { return is_plain_path(name) || name == "Makefile" || name == "Dockerfile"; }

/// A word with slashes is a path when it looks like one at either end: "nav/footer" and "lint/format/type" are choices.
bool is_plausible(const MarkdownToken& token) {
  const std::string_view text = token.text;
  if (text.starts_with('~') || text.starts_with('@') || text.starts_with("..") ||
      text.find("/../") != std::string_view::npos || text.find('\\') != std::string_view::npos)
    return false;
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return !text.starts_with('.') || has_known_extension(text) || !token.quoted;
  if (slash == 0) return false;  // "/status" is a command, "/api" a route
  if (slash + 1 == text.size() || text.find_first_of("*{") != std::string_view::npos ||
      has_lower_extension(text.substr(slash + 1)))
    return true;
  constexpr std::string_view roots[] = {
      "src",     "lib",      "app",        "apps",     "packages", "pkg",     "cmd",    "internal", "tests",
      "test",    "spec",     "specs",      "docs",     "doc",      "scripts", "script", "server",   "client",
      "backend", "frontend", "crates",     "modules",  "config",   "configs", "tools",  "examples", "public",
      "assets",  "include",  "components", "services", "infra",    ".github", ".claude"};
  const std::string_view root = text.substr(0, text.find('/'));
  return std::find(std::begin(roots), std::end(roots), root) != std::end(roots) ||
         (token.quoted && text.find("::") != std::string_view::npos) || is_known_file(text.substr(slash + 1));
}

bool is_determiner(std::string_view raw) {
  const std::string word = lowered(raw);
  for (const std::string_view known :
       {"the", "a", "an", "this", "that", "these", "those", "our", "its", "their", "any", "each", "every", "no"})
    if (word == known) return true;
  return false;
}

/// What has been seen of the sentence at hand.
struct Sentence {
  Word verb = Word::other;
  Word preposition = Word::other;
  bool begun = false;       // a word has been seen
  bool stated = false;      // a path was, so what follows in brackets explains
  bool beside = false;      // only articles since the verb
  bool determined = false;  // an article was the last word
  int brackets = 0;
  std::vector<std::size_t> aims;      // "for a.py", "with a.py": decided at the end of the sentence
  std::vector<std::size_t> doubtful;  // in brackets, or in front of a noun ("the cube.js generator"): likewise
};

class ProseReader {
 public:
  ProseReader(std::string_view text, Ungoverned ungoverned)
      : text_(text), tokens_(text), ungoverned_(ungoverned), paths_(tokens_.paths_in(0, text.size())) {}

  std::vector<ProsePath> run() {
    std::size_t at = 0;
    for (const MarkdownToken& path : paths_) {
      const std::size_t from = static_cast<std::size_t>(path.place.data() - text_.data());
      if (from < at) continue;
      walk(at, from);
      take(path);
      // A closing bracket behind the path is seen; the rest of a link is not.
      at = path.quoted ? std::max(from + path.place.size(), path.end) : from + path.place.size();
    }
    walk(at, text_.size());
    end_sentence();
    drop_tails();
    return std::move(out_);
  }

 private:
  void end_sentence() {
    for (const std::size_t i : sentence_.aims) {
      const bool written = !sentence_.stated && (is_writing(sentence_.verb) ||
                                                 (sentence_.verb == Word::other && ungoverned_ == Ungoverned::stated));
      if (written) out_[i].sure = Sure::stated;
    }
    const auto firm = [&](std::size_t i) {
      return out_[i].sure == Sure::stated && out_[i].path.find('/') != std::string::npos &&
             std::find(sentence_.doubtful.begin(), sentence_.doubtful.end(), i) == sentence_.doubtful.end();
    };
    bool any = false;
    for (std::size_t i = first_; i < out_.size() && !any; ++i) any = firm(i);
    if (any)
      for (const std::size_t i : sentence_.doubtful) out_[i].sure = Sure::mentioned;
    first_ = out_.size();
    sentence_ = {};
  }

  void walk(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to;) {
      const char c = text_[i];
      if (c == '(') ++sentence_.brackets;
      if (c == ')' && sentence_.brackets > 0) --sentence_.brackets;
      if (c == '\n') {
        // A wrapped line goes on; a new item or an empty line does not.
        const std::size_t next = text_.find_first_not_of(" \t", i + 1);
        if (next == std::string_view::npos || text_[next] == '\n' || text_[next] == '-' || text_[next] == '*' ||
            text_[next] == '#' || text_[next] == '+' || (text_[next] >= '0' && text_[next] <= '9')) {
          // "Update these files:" governs the items below it.
          const std::size_t last = text_.find_last_not_of(" \t*", i == 0 ? 0 : i - 1);
          if (last != std::string_view::npos && last < i && text_[last] == ':') carried_ = sentence_.verb;
          const bool item =
              next != std::string_view::npos && (text_[next] == '-' || text_[next] == '*' || text_[next] == '+');
          end_sentence();
          if (next == std::string_view::npos || text_[next] == '#') carried_ = Word::other;
          if (item) sentence_.verb = carried_;
        } else {
          carried_ = Word::other;
        }
      }
      if ((c == '.' || c == ';' || c == '!' || c == '?') &&
          (i + 1 == text_.size() || text_[i + 1] == ' ' || text_[i + 1] == '\n'))
        end_sentence();
      if (!is_letter(c)) {
        if (c == '`' && i + 1 < to) sentence_.beside = false;  // not the one that opens the path
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < to && (is_letter(text_[end]) || text_[end] == '_' || text_[end] == '\'' || text_[end] == '(' ||
                          (text_[end] == '.' && end + 1 < to && is_letter(text_[end + 1]))))
        ++end;
      see(text_.substr(i, end - i));
      i = end;
    }
  }

  static bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }

  void see(std::string_view raw) {
    const Word word = raw.find_first_of("_(") == std::string_view::npos ? word_of(raw) : Word::other;
    const bool first = !std::exchange(sentence_.begun, true);
    // "the port", "a build": a noun, whatever else the word may mean.
    const bool noun = std::exchange(sentence_.determined, is_determiner(raw));
    if (noun && (is_writing(word) || word == Word::reads)) {
      sentence_.beside = false;
      return;
    }
    switch (word) {
      case Word::writes:
      case Word::creates:
      case Word::removes:
      case Word::moves:
      case Word::takes:
        sentence_.verb = word;
        sentence_.preposition = Word::other;
        sentence_.beside = true;
        return;
      case Word::reads:
        // "Write tests that verify x in tests/t.py": the verb in front still governs the place.
        // Where a task names its file, only what begins with such a verb changes nothing.
        if (is_writing(sentence_.verb) || (ungoverned_ == Ungoverned::stated && !first)) {
          sentence_.preposition = Word::source;
        } else {
          sentence_.verb = word;
          sentence_.preposition = Word::other;
        }
        break;
      case Word::source:
      case Word::from:
      case Word::aim:
      case Word::place:
        // "file" between a preposition and its path changes nothing.
        if (word == Word::place && (lowered(raw).starts_with("file") || lowered(raw) == "path")) return;
        if (word == Word::place && sentence_.preposition == Word::source && lowered(raw) == "to") {
          sentence_.preposition = Word::place;
          break;
        }
        sentence_.preposition = word;
        break;
      case Word::list:
      case Word::article:
        return;
      case Word::other:
        // A noun between "for" and a path: the path is no longer what the preposition is about.
        if (sentence_.preposition == Word::aim) sentence_.preposition = Word::other;
        break;
    }
    sentence_.beside = false;
  }

  void take(const MarkdownToken& token) {
    const bool noun = in_front_of_noun(token);
    const bool beside = sentence_.beside && !noun;
    sentence_.beside = false;
    sentence_.begun = true;
    if (is_placeholder(token.text) || !is_plausible(token)) return;
    Sure sure = Sure::mentioned;
    bool aim = false;
    const bool taken =
        sentence_.preposition == Word::from && (sentence_.verb == Word::moves || sentence_.verb == Word::takes);
    const bool source = sentence_.preposition == Word::source || sentence_.preposition == Word::from;
    const bool explains = sentence_.brackets > 0 && sentence_.stated;
    if (sentence_.preposition == Word::aim) {
      aim = true;
    } else if (explains || (source && !taken)) {
      sure = Sure::mentioned;
    } else if (is_writing(sentence_.verb) || (sentence_.verb == Word::other && ungoverned_ == Ungoverned::stated)) {
      sure = Sure::stated;
    }
    std::optional<Intent> intent;
    if (beside && sentence_.verb == Word::creates) intent = Intent::create;
    if (beside && sentence_.verb == Word::removes) intent = Intent::remove;
    for (std::string& path : expand_braces(token.text)) {
      if (aim) sentence_.aims.push_back(out_.size());
      if (noun || sentence_.brackets > 0) sentence_.doubtful.push_back(out_.size());
      out_.push_back({token.place, std::move(path), sure, intent});
    }
    if (sure == Sure::stated && sentence_.brackets == 0) sentence_.stated = true;
    // "Create a.py and b.py": the verb stands beside both.
    if (intent) sentence_.beside = true;
  }

  /// "the cube.js generator": a bare name that tells which of the things behind it is meant.
  bool in_front_of_noun(const MarkdownToken& token) const {
    if (token.quoted || token.text.find('/') != std::string_view::npos) return false;
    std::size_t i = static_cast<std::size_t>(token.place.data() - text_.data()) + token.place.size();
    if (i >= text_.size() || text_[i] != ' ') return false;
    while (i < text_.size() && text_[i] == ' ') ++i;
    std::size_t end = i;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    return end > i && word_of(text_.substr(i, end - i)) == Word::other;
  }

  /// "Create `__init__.py` at src/x/__init__.py" names one file.
  void drop_tails() {
    std::unordered_set<std::string_view> tails;
    for (const ProsePath& p : out_) {
      if (p.path.size() > 1024) continue;
      const std::string_view path = p.path;
      for (std::size_t i = path.find('/'); i != std::string_view::npos && i + 1 < path.size();
           i = path.find('/', i + 1))
        tails.insert(path.substr(i + 1));
    }
    std::vector<ProsePath> kept;
    for (const ProsePath& p : out_)
      if (!tails.contains(p.path)) kept.push_back(p);
    out_ = std::move(kept);
  }

  std::string_view text_;
  MarkdownTokens tokens_;
  Ungoverned ungoverned_;
  std::vector<MarkdownToken> paths_;
  std::vector<ProsePath> out_;
  std::size_t first_ = 0;  // of the sentence at hand
  Sentence sentence_;
  Word carried_ = Word::other;
};

/// "T001" and "T004" -> everything in between, without the two ends.
std::vector<std::string> between(const std::string& first, const std::string& last) {
  const auto digits = [](const std::string& id) { return id.find_last_not_of("0123456789") + 1; };
  const std::size_t a = digits(first), b = digits(last);
  std::int64_t low = 0, high = 0;
  const bool read = std::from_chars(first.data() + a, first.data() + first.size(), low).ec == std::errc{} &&
                    std::from_chars(last.data() + b, last.data() + last.size(), high).ec == std::errc{};
  std::vector<std::string> out;
  const bool same_prefix = first.substr(0, a) == last.substr(0, b) || b == 0;
  if (!read || !same_prefix || high <= low || high - low > 1000) return out;
  for (std::int64_t i = low + 1; i < high; ++i) {
    std::string number = std::to_string(i);
    if (number.size() < first.size() - a) number.insert(0, first.size() - a - number.size(), '0');
    out.push_back(first.substr(0, a) + number);
  }
  return out;
}

/// What the words right in front of an id say: 1 the other first, -1 this one first, 0 nothing.
int turn_of(std::string_view before) {
  const std::string lower = lowered(before);
  std::string_view text = lower;
  const auto strip = [&] {
    bool again = true;
    while (again) {
      again = false;
      while (!text.empty() && std::string_view(" \t*_:`(\"[#").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1), again = true;
      for (const std::string_view word : {"task", "tasks", "issue", "issues", "story", "completion of", "the", "on"})
        if (text.ends_with(word) && (text.size() == word.size() || text[text.size() - word.size() - 1] == ' '))
          text.remove_suffix(word.size()), again = true;
    }
  };
  strip();
  const auto ends = [&](std::string_view phrase) {
    return text.ends_with(phrase) &&
           (text.size() == phrase.size() ||
            std::isalnum(static_cast<unsigned char>(text[text.size() - phrase.size() - 1])) == 0);
  };
  for (const std::string_view denial :
       {"not depend", "no longer depends", "not blocked by", "independent of", "doesn't depend"})
    if (ends(denial)) return 0;
  for (const std::string_view phrase :
       {"depends", "depend", "dependent", "depends on", "blocked by", "requires", "require", "after", "needs",
        "waits for", "waiting for", "wait for", "builds", "prerequisite", "prerequisites", "preconditions",
        "dependencies", "dependency", "blocked"})
    if (ends(phrase)) return 1;
  for (const std::string_view phrase : {"blocks", "blocking", "must precede", "before"})
    if (ends(phrase)) return -1;
  return 0;
}

bool is_separator(std::string_view text) {
  std::string lower = lowered(text);
  for (const std::string_view word : {"and", "&", "issue", "issues", "task", "tasks", "plus"})
    for (std::size_t i = lower.find(word); i != std::string::npos; i = lower.find(word)) lower.erase(i, word.size());
  return lower.find_first_not_of(" \t,/`*_[]()#") == std::string::npos;
}

bool is_range(std::string_view text) {
  const std::string_view bare = trim(text);
  return bare == "-" || bare == "\xE2\x80\x93" || bare == "\xE2\x80\x94" || bare == ".." || bare == "..." ||
         bare == "to" || bare == "through";
}

}  // namespace

std::vector<ProsePath> read_prose(std::string_view text, Ungoverned ungoverned) {
  return ProseReader(text, ungoverned).run();
}

ProseDependencies read_prose_dependencies(std::string_view text,
                                          const std::function<std::size_t(std::string_view)>& id_at, bool waits) {
  ProseDependencies out;
  constexpr std::size_t reach = 40;
  std::size_t end_of_last = 0;
  int turn = 0;
  bool any = false;
  for (std::size_t i = 0; i < text.size();) {
    const bool starts = i == 0 || (std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0 && text[i - 1] != '_');
    const std::size_t length = starts ? id_at(text.substr(i)) : 0;
    if (length == 0) {
      ++i;
      continue;
    }
    const std::string_view id = text.substr(i, length);
    const std::string_view gap = text.substr(end_of_last, i - end_of_last);
    const std::size_t from = i > reach ? std::max(end_of_last, i - reach) : end_of_last;
    if (any && turn != 0 && is_range(gap)) {
      for (std::string& target : between(out.found.back().target, std::string(id)))
        out.found.push_back({id, std::move(target), turn < 0});
      out.found.push_back({id, std::string(id), turn < 0});
    } else {
      if (!(any && is_separator(gap))) {
        turn = turn_of(text.substr(from, i - from));
        if (turn == 0 && waits && !any) turn = 1;
      }
      if (turn != 0)
        out.found.push_back({id, std::string(id), turn < 0});
      else
        out.doubtful.push_back(id);
    }
    any = true;
    i = end_of_last = i + length;
  }
  return out;
}

}  // namespace parsers
