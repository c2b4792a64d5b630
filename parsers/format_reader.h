// What the readers of foreign formats share: orders whose entries know how sure they are, lines, places, fields.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "parsers/document.h"
#include "parsers/format.h"
#include "parsers/format_prose.h"

namespace parsers {

/// Grows the orders of one document. One order at a time: `open` it, fill it, `close` it.
class FormatReader {
 public:
  FormatReader(const Source&, FileId);

  std::string_view text() const { return x_text; }  ///< without a byte order mark
  /// Without their ends; views into the source.
  const std::vector<std::string_view>& lines() const { return x_lines; }
  /// REQUIRES: `view` points into the source. O(log lines).
  Location locate(std::string_view view) const;
  Location whole() const { return {x_file, 0, 0}; }
  FileId file() const { return x_file; }

  void say(Severity, Location, std::string message, std::string remedy = {});
  void warn(Location where, std::string message, std::string remedy = {}) {
    say(Severity::warning, where, std::move(message), std::move(remedy));
  }
  /// What may have been an order could not be read: a plan made without it is not complete, and says so.
  void lose(Location, std::string message, std::string remedy = {});
  /// For `check --verbose`.
  void note(Location, std::string_view as, std::string_view text);

  WorkOrder& open(std::string id, std::string title, Location);
  WorkOrder& order() { return x_order; }
  bool is_open() const { return x_is_open; }
  void close();

  /// An empty path declares an empty set.
  void write(std::string_view path, Location, std::optional<Intent> = {}, Sure = Sure::declared);
  void read(std::string_view path, Location);
  void do_not_touch(std::string_view path, Location);
  void mention(std::string_view path, Location, Sure = Sure::mentioned);
  void depend(std::string_view target, Location, Sure = Sure::declared);
  void before(std::string_view target, Location, Sure = Sure::stated);
  void external(std::string_view what, Location);
  void key(std::string name, Location);
  void conflicts_with(std::string_view id, Location);
  void parallel(bool, std::string_view text, std::string among, Location);
  /// Paths of a text: stated ones are written, or, beside a declared write set, compared with it. `at`: one place for
  /// all; nullopt: the text points into the source.
  void prose(std::string_view text, std::optional<Location> at, Ungoverned = Ungoverned::mentioned);
  /// Who waits for whom, in a text.
  void prose_dependencies(std::string_view text, std::optional<Location> at,
                          const std::function<std::size_t(std::string_view)>& id_at,
                          const std::function<std::string(std::string_view)>& id_of);

  WorkOrders& value() { return x_result.value; }
  std::vector<Diagnostic>& diagnostics() { return x_result.diagnostics; }
  Parsed<WorkOrders> finish();

 private:
  bool fresh(std::string_view kind, std::string_view text);
  void note_entry(Location, std::string_view as, Sure, std::string_view text);

  FileId x_file;
  std::string_view x_text;
  std::size_t x_skipped;
  std::vector<std::string_view> x_lines;
  Parsed<WorkOrders> x_result;
  WorkOrder x_order;
  bool x_is_open = false;
  bool x_declares_writes = false;
  std::unordered_set<std::string> x_seen;
};

/// "in_progress", "In Progress", "closed", "deferred": as every tracker writes it; nullopt for a word of nobody's.
std::optional<Status> foreign_status(std::string_view word);

/// Keeps track of ``` and ~~~ over lines.
class FenceState {
 public:
  /// Whether this line is code, or opens or closes it.
  bool hides(std::string_view line);

 private:
  char x_mark = 0;
  std::size_t x_length = 0;
};

/// The scalar text of a member, whatever it is written as; empty when there is none.
std::string_view text_at(const Node& mapping, std::string_view key);
/// The first of several members that is there.
const Node* find_first(const Node& mapping, std::initializer_list<std::string_view> keys);

/// JSON with what can be read of it: an error gets a warning's weight when there is a value to go on with.
Parsed<Node> read_json_kindly(const Source&, FileId);

/// "12", "12 h", "2 hours" -> seconds; nullopt for ranges and other words.
std::optional<std::int64_t> hours_of(std::string_view text);

/// How many of the bytes at the front are looked at to recognise a format.
inline constexpr std::size_t recognition_bytes = std::size_t{1} << 20;
std::string_view front_of(const Source&);
/// Whether a file's path has this last component, or ends in it after a "__" or "/".
bool is_named(const Source&, std::string_view name);
/// The name of the directory that holds the file; empty when there is none.
std::string directory_name(const Source&);
/// The file's name without directory and ending.
std::string file_stem(const Source&);

}  // namespace parsers
