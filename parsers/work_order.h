// Work orders as their authors wrote them: nothing is resolved, every entry keeps its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parsers/diagnostic.h"

namespace parsers {

enum class Intent { modify, create, remove, rename, append };  ///< `remove` is written "delete"
enum class Status { pending, running, review, done, failed, dropped };
enum class Mode { exclusive, shared };

std::string_view to_string(Intent);
std::string_view to_string(Status);
std::string_view to_string(Mode);
std::optional<Intent> intent_from(std::string_view);
std::optional<Status> status_from(std::string_view);

/// How sure a reading is. `declared`: a field or label of its own says so; `stated`: a path in prose that a verb of
/// writing governs; `mentioned`: a path that the text names and no more.
enum class Sure { declared, stated, mentioned };
std::string_view to_string(Sure);

/// One entry of a write, read, do-not-touch or permits set.
struct ScopeEntry {
  std::string text;  ///< path, pattern, `dir/`, `path::Symbol` or `@area`, as written but for quotes and back-ticks
  Intent intent = Intent::modify;
  bool intent_declared = false;  ///< false: nobody said how it writes
  std::string to;                ///< target of a rename
  std::string after;             ///< the symbol behind which a new symbol goes
  bool tolerates_writes = false;
  Location where;
  Sure sure = Sure::declared;
};

struct Dependency {
  enum class Kind { order, commit, path, external };
  Kind kind = Kind::order;
  std::string target;  ///< without its prefix: order id, commit id, path, or what is outside
  Location where;
  Sure sure = Sure::declared;  ///< stated: a sentence or the order of the text says so
};

/// `name` of a named thing ("db:test") or of a pool; which of the two, the configuration says.
struct ResourceUse {
  std::string name;
  Mode mode = Mode::exclusive;
  bool mode_declared = false;
  Location where;
};

struct Key {
  std::string name;
  Location where;
};

/// What an author claims about running side by side: "[P]", "parallel: true".
struct ParallelMark {
  bool parallel = true;  ///< false: "parallel: false"
  std::string text;      ///< as written
  std::string among;     ///< the claim is about those of the same group: a section, an epic
  Location where;
};

/// A set that was not written down is nullopt; one that was declared empty ("none", []) is an empty vector.
struct WorkOrder {
  std::string id;
  std::string title;
  Location where;
  std::vector<std::string> aliases;      ///< other names its document uses for it ("WO2")
  std::optional<std::int64_t> priority;  ///< >= 1, 1 is most urgent
  std::optional<std::int64_t> estimate;  ///< seconds, > 0
  std::string root;                      ///< prefix of this order's paths, no trailing slash
  Location root_where;
  std::optional<std::vector<ScopeEntry>> write;
  std::optional<std::vector<ScopeEntry>> read;
  std::vector<Dependency> depends_on;
  std::vector<Dependency> before;  ///< only Kind::order
  std::vector<ScopeEntry> do_not_touch;
  std::vector<ScopeEntry> permits;
  bool closed = true;
  std::vector<ResourceUse> resources;
  std::vector<Key> keys;
  std::string exploration;
  bool proposed = false;  ///< `scope: proposed`: counts as unknown
  std::string branch;
  Status status = Status::pending;
  std::string no_change;  ///< why nothing will change: "already-satisfied" or "analysis-only"; empty: something will
  bool loose = false;  ///< from Markdown or a foreign format: bare names may resolve, unknown dependencies are warnings
  bool foreign = false;  ///< from a foreign format: what is wrong with one entry is a warning, and the rest stands
  std::vector<ScopeEntry> mentions;  ///< what its text names without saying that it changes: at most read, never held
  std::vector<ScopeEntry> said;      ///< what its text says will change, beside a write set that is declared
  std::optional<ParallelMark> parallel;
  std::vector<Key> conflicts_with;  ///< orders that it must never run beside
};

/// `choose` is "first:ID", "drop:ID" or "together".
struct Decision {
  std::string between[2];
  enum class Choice { first, drop, together };
  Choice choice = Choice::together;
  std::string chosen;  ///< the id after first: or drop:
  std::string why;
  std::string by;
  std::string digest;  ///< empty: not bound to what the plan printed
  Location where;
};

/// A plan somebody made by hand: `check` holds it against the conflicts.
struct HandMadeWave {
  std::string name;  ///< "Wave 1"
  std::vector<Key> orders;
  Location where;
  std::string among = {};   ///< what it is a wave of, when its documents number waves field by field
  std::int64_t number = 0;  ///< with `among`: its place
};

/// An epic or a parent task: no work of its own; who waits for it waits for its members.
struct Container {
  std::string id;
  std::vector<std::string> members;
  Location where;
};

/// One line of `check --verbose`: what a stretch of text was understood as, or that it was left unread.
struct Reading {
  Location where;
  std::string order;  ///< id, or empty outside of orders
  std::string as;     ///< "write", "read", "depends_on", "before", "title", ..., or "unread"
  std::string text;
};

/// Everything one or more documents declare.
struct WorkOrders {
  std::vector<WorkOrder> orders;  ///< in document order
  std::vector<Decision> decisions;
  std::vector<HandMadeWave> waves;
  std::vector<Reading> readings;  ///< ordered by location
  std::vector<Container> containers;
  std::vector<std::string> finished;  ///< orders of other documents that this one says are done
  std::string format;                 ///< name of the format that read it
  std::string family;                 ///< ids are unique in it: the feature, the epic, the tag; may be empty
};

/// Canonical YAML or JSON: by the name's ending, else JSON where the first byte is '{'.
Parsed<WorkOrders> read_canonical(const Source&, FileId);

/// Markdown scope blocks in all the shapes the manual names.
Parsed<WorkOrders> read_markdown(const Source&, FileId);

/// By the name's ending (.md, .markdown: Markdown; .yaml, .yml, .json: canonical), else by content.
Parsed<WorkOrders> read_work_orders(const Source&, FileId);

/// "90s", "45m", "2h" -> seconds; nullopt when malformed, zero or beyond 10^9.
std::optional<std::int64_t> parse_estimate(std::string_view);

}  // namespace parsers
