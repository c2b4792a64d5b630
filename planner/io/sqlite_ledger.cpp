// The only file that knows SQLite.
#include "planner/io/sqlite_ledger.h"

#include <algorithm>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "planner/io/files.h"
#include "planner/io/ledger_anchor.h"
#include "planner/io/ledger_directory.h"
#include "planner/io/sql_ledger.h"

namespace planner::io {
namespace {

constexpr int application = 0x494C4B31;  // "ILK1"
constexpr int version = 2;               // 1 had no index over the ends of paths

/// Name and text of everything in the file; nothing else may be there.
constexpr std::pair<const char*, const char*> events[] = {
    {"interlock_event",
     "CREATE TABLE interlock_event (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, claim TEXT "
     "NOT NULL, fence INTEGER NOT NULL, agent TEXT NOT NULL, work_order TEXT NOT NULL, clock TEXT NOT NULL, at_ns "
     "INTEGER NOT NULL, wall_ms INTEGER NOT NULL, ttl_ms INTEGER NOT NULL, holds TEXT NOT NULL, note TEXT NOT NULL, "
     "hash TEXT NOT NULL)"},
    {"interlock_event_by_fence", "CREATE INDEX interlock_event_by_fence ON interlock_event (fence)"},
    {"interlock_event_stays",
     "CREATE TRIGGER interlock_event_stays BEFORE DELETE ON interlock_event BEGIN SELECT RAISE(ABORT, 'the events of "
     "a ledger stay'); END"},
    {"interlock_event_is_kept",
     "CREATE TRIGGER interlock_event_is_kept BEFORE UPDATE ON interlock_event BEGIN SELECT RAISE(ABORT, 'the events "
     "of a ledger do not change'); END"},
};
constexpr std::pair<const char*, const char*> projection[] = {
    {"interlock_claim",
     "CREATE TABLE interlock_claim (fence INTEGER PRIMARY KEY, agent TEXT NOT NULL, work_order TEXT NOT NULL, "
     "granted_clock TEXT NOT NULL, granted_ns INTEGER NOT NULL, granted_wall_ms INTEGER NOT NULL, renewed_clock TEXT "
     "NOT NULL, renewed_ns INTEGER NOT NULL, renewed_wall_ms INTEGER NOT NULL, ttl_ms INTEGER NOT NULL, holds TEXT "
     "NOT NULL)"},
    {"interlock_hold",
     "CREATE TABLE interlock_hold (fence INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, front TEXT "
     "NOT NULL, back TEXT NOT NULL, base TEXT NOT NULL, hold TEXT NOT NULL, PRIMARY KEY (fence, position)) WITHOUT "
     "ROWID"},
    {"interlock_hold_by_front", "CREATE INDEX interlock_hold_by_front ON interlock_hold (kind, front)"},
    {"interlock_hold_by_back", "CREATE INDEX interlock_hold_by_back ON interlock_hold (kind, back)"},
    {"interlock_hold_by_base", "CREATE INDEX interlock_hold_by_base ON interlock_hold (kind, base) WHERE base <> ''"},
    {"interlock_completion",
     "CREATE TABLE interlock_completion (work_order TEXT PRIMARY KEY, claim TEXT NOT NULL, agent TEXT NOT NULL, fence "
     "INTEGER NOT NULL, clock TEXT NOT NULL, at_ns INTEGER NOT NULL, wall_ms INTEGER NOT NULL, commit_id TEXT NOT "
     "NULL) WITHOUT ROWID"},
    {"interlock_head",
     "CREATE TABLE interlock_head (fence INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, at_ns INTEGER "
     "NOT NULL, claims INTEGER NOT NULL, checksum INTEGER NOT NULL, own INTEGER NOT NULL)"},
};

class Row final : public SqlRow {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  std::int64_t number(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string();
  }

 private:
  sqlite3_stmt* statement_;
};

class Sqlite final : public SqlSession {
 public:
  Sqlite(std::string directory, SqliteOptions options)
      : directory_(std::move(directory)), options_(std::move(options)), anchor_(directory_ + "/ledger.anchor") {}
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;
  ~Sqlite() override {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
    if (queue_ >= 0) ::close(queue_);
  }

  std::string file() const { return directory_ + "/ledger.sqlite"; }

  Result<void> open_database() {
    for (const char* suffix : {"", "-wal", "-shm"})
      if (auto good = ledger_file(file() + suffix); !good) return tl::make_unexpected(good.error());
    if (auto good = ledger_file(directory_ + "/ledger.anchor"); !good) return tl::make_unexpected(good.error());
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (const int code = sqlite3_open_v2(file().c_str(), &database_, flags, nullptr); code != SQLITE_OK)
      return trouble(code);
    // Before anything else: whatever comes may have to wait for another process.
    sqlite3_busy_handler(database_, &Sqlite::wait_for_turn, this);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_limit(database_, SQLITE_LIMIT_ATTACHED, 0);
    auto done = run("PRAGMA synchronous = FULL");
    if (done) done = run("PRAGMA cell_size_check = ON");
    if (done) done = run("PRAGMA wal_autocheckpoint = 1000");
    return done;
  }

  /// Is it a ledger as this program makes it?
  Result<bool> made() {
    std::int64_t id = 0, schema = 0, objects = 0;
    auto done = one("PRAGMA application_id", id);
    if (done) done = one("PRAGMA user_version", schema);
    if (done) done = one("SELECT count(*) FROM sqlite_master", objects);
    if (!done) return tl::make_unexpected(done.error());
    if (id == 0 && schema == 0 && objects == 0) return false;
    if (id != application) return world_error(fmt::format("'{}' is no ledger of interlock", file()), "move it away");
    if (schema > version)
      return world_error(fmt::format("the ledger '{}' was written by a newer interlock (version {}, this one knows {})",
                                     file(), schema, version),
                         "update this interlock");
    if (schema < version)
      if (auto moved = migrate(); !moved) return tl::make_unexpected(moved.error());
    if (auto good = check_schema(); !good) return tl::make_unexpected(good.error());
    return true;
  }

  /// Under the lock of the directory.
  Result<void> make() {
    auto done = run("PRAGMA journal_mode = WAL");
    if (done) done = run("BEGIN IMMEDIATE");
    for (const auto& [name, sql] : events)
      if (done) done = run(sql);
    for (const auto& [name, sql] : projection)
      if (done) done = run(sql);
    if (done) done = rebuild_projection(*this);
    if (done) done = stamp();
    if (done) done = run("COMMIT");
    if (!done) roll_back();
    return done;
  }

  Result<void> run(const char* sql, const std::vector<SqlValue>& values, const Visit& visit) override {
    sqlite3_stmt*& statement = statements_[sql];
    if (!statement)
      if (const int code = sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
          code != SQLITE_OK)
        return trouble(code);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const int at = sqlite3_bind_parameter_index(statement, fmt::format("${}", i + 1).c_str());
      if (const auto* number = std::get_if<std::int64_t>(&values[i]))
        sqlite3_bind_int64(statement, at, *number);
      else
        sqlite3_bind_text64(statement, at, std::get<std::string>(values[i]).data(),
                            std::get<std::string>(values[i]).size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement))
      if (visit && !visit(Row(statement))) break;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? Result<void>{} : trouble(code);
  }
  Result<void> run(const char* sql) { return run(sql, {}, {}); }

  Result<void> begin(bool writing) override {
    if (writing) stand_in_line();
    remembered_ = anchor_.newest();  // before the snapshot: it says what was committed by then
    return run(writing ? "BEGIN IMMEDIATE" : "BEGIN");
  }
  Result<void> commit() override {
    auto done = run("COMMIT");
    if (done) leave_line();
    return done;
  }
  void roll_back() override {
    if (sqlite3_get_autocommit(database_) == 0) static_cast<void>(run("ROLLBACK"));
    leave_line();
  }
  bool recovered() override { return false; }

  Result<Moment> clock(std::int64_t) override {
    return options_.clock ? Result<Moment>(options_.clock()) : host_clock();
  }

  Result<void> check(const LedgerHead& head) override {
    if (!remembered_) return {};
    std::string hash;
    if (remembered_->seq <= head.seq) {
      auto read = run("SELECT hash FROM interlock_event WHERE seq = $1", {remembered_->seq}, [&](const SqlRow& row) {
        hash = row.text(0).substr(0, 16);
        return false;
      });
      if (!read) return read;
    }
    if (hash == remembered_->hash && remembered_->fence <= head.fence) return {};
    return world_error(fmt::format("the ledger '{}' lost what was acknowledged: event {} (fence {}) is not in it",
                                   file(), remembered_->seq, remembered_->fence),
                       "nothing is granted on it; when no session is at work, `interlock doctor --rebuild` goes on "
                       "with what is there");
  }
  void remember(const LedgerHead& head) override { anchor_.remember({head.seq, head.fence, head.hash}); }
  void start_over(LedgerHead& head) override {
    if (const auto newest = anchor_.newest()) head.fence = std::max(head.fence, newest->fence);
    anchor_.clear();
  }

  Result<void> wait_for_change(std::int64_t most_ms) override {
    std::int64_t now = 0;
    for (std::int64_t waited = 0, nap = 10; waited < most_ms;
         waited += nap, nap = std::min<std::int64_t>(nap * 2, 100)) {
      if (auto asked = one("PRAGMA data_version", now); !asked) return asked;
      if (seen_ != 0 && now != seen_) break;
      seen_ = now;
      ::usleep(static_cast<useconds_t>(std::min(nap, most_ms - waited) * 1000));
    }
    if (auto asked = one("PRAGMA data_version", now); !asked) return asked;
    seen_ = now;
    return {};
  }

  Result<std::vector<std::string>> damage() override {
    std::vector<std::string> out;
    auto read = run("PRAGMA integrity_check(20)", {}, [&](const SqlRow& row) {
      if (row.text(0) != "ok") out.push_back(row.text(0));
      return true;
    });
    if (!read) out.push_back(read.error().what);
    return out;
  }

  const char* locked_head() const override {
    return "SELECT fence, seq, hash, at_ns, claims, checksum, own FROM interlock_head";
  }
  const char* holds_by_beginnings(bool front) const override {
    return front
               ? "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND front IN (SELECT value FROM json_each($2))"
               : "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND back IN (SELECT value FROM json_each($2))";
  }
  const char* count_by_beginnings(bool front) const override {
    return front ? "SELECT count(*) FROM (SELECT 1 FROM interlock_hold WHERE kind = $1 AND front IN (SELECT value FROM "
                   "json_each($2)) LIMIT $3)"
                 : "SELECT count(*) FROM (SELECT 1 FROM interlock_hold WHERE kind = $1 AND back IN (SELECT value FROM "
                   "json_each($2)) LIMIT $3)";
  }
  std::string name() const override { return file(); }

 private:
  /// Writers wait here and not in SQLite, whose waiting processes hold up its checkpoints. Only for speed: who cannot
  /// stand in line, or has waited long enough, takes SQLite's own lock, which is the one that counts.
  void stand_in_line() {
    if (queue_ < 0)
      queue_ = ::open((directory_ + "/ledger.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    std::int64_t waited_us = 0;
    for (std::int64_t nap = 100; queue_ >= 0 && ::flock(queue_, LOCK_EX | LOCK_NB) != 0; waited_us += nap) {
      if (waited_us > options_.patience_ms * 1000) return;
      ::usleep(static_cast<useconds_t>(nap));
      nap = std::min<std::int64_t>(nap + 50, 1'000);
    }
  }
  void leave_line() {
    if (queue_ >= 0) ::flock(queue_, LOCK_UN);
  }

  static int wait_for_turn(void* self, int tries) {
    auto& session = *static_cast<Sqlite*>(self);
    if (tries == 0) session.waited_us_ = 0;
    const std::int64_t nap = std::min(500 + tries * 250, 10'000);
    if ((session.waited_us_ += nap) > session.options_.patience_ms * 1000) return 0;
    ::usleep(static_cast<useconds_t>(nap));
    return 1;
  }

  Result<void> one(const char* sql, std::int64_t& out) {
    return run(sql, {}, [&](const SqlRow& row) {
      out = row.number(0);
      return false;
    });
  }

  Result<void> stamp() {
    auto done = run("PRAGMA application_id = 1229736753");
    return done ? run("PRAGMA user_version = 2") : done;
  }

  /// The events of an older version are as today's; the rest is made anew from them.
  Result<void> migrate() {
    auto done = run("BEGIN IMMEDIATE");
    std::int64_t schema = 0;
    if (done) done = one("PRAGMA user_version", schema);
    if (done && schema == version) return run("COMMIT");  // another process was faster
    for (const char* sql : {"DROP TABLE IF EXISTS interlock_claim", "DROP TABLE IF EXISTS interlock_hold",
                            "DROP TABLE IF EXISTS interlock_completion", "DROP TABLE IF EXISTS interlock_head"})
      if (done) done = run(sql);
    for (const auto& [name, sql] : projection)
      if (done) done = run(sql);
    if (done) done = rebuild_projection(*this);
    if (done) done = stamp();
    if (done) done = run("COMMIT");
    if (!done) roll_back();
    return done;
  }

  Result<void> check_schema() {
    std::map<std::string, std::string> expected;
    for (const auto& [name, sql] : events) expected.emplace(name, sql);
    for (const auto& [name, sql] : projection) expected.emplace(name, sql);
    std::string foreign;
    auto read =
        run("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name", {}, [&](const SqlRow& row) {
          const auto known = expected.find(row.text(0));
          if (known == expected.end() || known->second != row.text(1)) foreign = row.text(0);
          if (known != expected.end()) expected.erase(known);
          return foreign.empty();
        });
    if (!read) return read;
    if (!foreign.empty())
      return world_error(
          fmt::format("the ledger '{}' is refused: it has '{}', which interlock did not make", file(), foreign),
          "somebody changed the file; look at it with sqlite3, and remove what is not interlock's");
    if (!expected.empty())
      return world_error(fmt::format("the ledger '{}' is damaged: {} is missing", file(), expected.begin()->first),
                         "restore it from a backup");
    return {};
  }

  tl::unexpected<Error> trouble(int code) {
    const std::string where = fmt::format("the ledger '{}'", file());
    switch (code & 0xFF) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return world_error(
            fmt::format("{} is busy: another process has held it for {} s", where, options_.patience_ms / 1000),
            "try again; a process that was stopped while it wrote has to go on or be ended");
      case SQLITE_FULL:
        return world_error(fmt::format("{} could not be written: the disk is full", where),
                           "make room; nothing was changed");
      case SQLITE_READONLY:
        return world_error(fmt::format("{} cannot be written: it is read-only", where),
                           "make the file and its directory writable");
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        return world_error(fmt::format("{} is damaged: {}", where, sqlite3_errmsg(database_)),
                           "nothing is granted on it; restore it from a backup, or move it away and start a new one");
      case SQLITE_CANTOPEN:
        return world_error(fmt::format("{} cannot be opened", where),
                           "the file and its directory have to be readable and writable for this user");
      default:
        return world_error(fmt::format("{} refuses: {}", where, sqlite3_errmsg(database_)), "");
    }
  }

  std::string directory_;
  SqliteOptions options_;
  LedgerAnchor anchor_;
  std::optional<Anchor> remembered_;
  sqlite3* database_ = nullptr;
  std::map<const char*, sqlite3_stmt*> statements_;
  std::int64_t waited_us_ = 0;
  int queue_ = -1;
  std::int64_t seen_ = 0;  // PRAGMA data_version
};

/// Makes the file and its tables where they are missing; one process at a time.
Result<void> make_ledger(const std::string& directory, const SqliteOptions& options) {
  const auto lock = FileLock::take(directory + "/ledger.lock", options.patience_ms);
  if (!lock) return tl::make_unexpected(lock.error());
  Sqlite session(directory, options);
  const int file = ::open(session.file().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file >= 0) ::close(file);  // what is wrong with it, opening it will say
  auto opened = session.open_database();
  if (!opened) return opened;
  const auto made = session.made();
  if (!made) return tl::make_unexpected(made.error());
  return *made ? Result<void>{} : session.make();
}

}  // namespace

Result<Moment> host_clock() {
  static const Result<std::string> boot = read_file("/proc/sys/kernel/random/boot_id");
  if (!boot) return world_error("this host does not say which boot it is in", "mount /proc, or use PostgreSQL");
  timespec since_boot{}, wall{};
  ::clock_gettime(CLOCK_BOOTTIME, &since_boot);
  ::clock_gettime(CLOCK_REALTIME, &wall);
  return Moment{boot->substr(0, boot->find('\n')), since_boot.tv_sec * std::int64_t{1'000'000'000} + since_boot.tv_nsec,
                wall.tv_sec * std::int64_t{1'000} + wall.tv_nsec / 1'000'000};
}

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& directory, const SqliteOptions& options) {
  const auto there = ledger_directory(directory, options.create);
  if (!there) return tl::make_unexpected(there.error());
  if (!*there) return nullptr;
  // Before the file is looked at: what is remembered by now has been committed by now.
  const bool remembered = LedgerAnchor(directory + "/ledger.anchor").newest().has_value();
  auto session = std::make_unique<Sqlite>(directory, options);
  const auto file = ledger_file(session->file());
  if (!file) return tl::make_unexpected(file.error());
  bool made = *file;
  if (made) {
    if (auto opened = session->open_database(); !opened) return tl::make_unexpected(opened.error());
    const auto known = session->made();
    if (!known) return tl::make_unexpected(known.error());
    made = *known;
  }
  if (!made && remembered)
    return world_error(
        fmt::format("the ledger '{}' lost what was acknowledged: it is empty", session->file()),
        fmt::format("restore it from a backup; when no session is at work, remove '{}' to begin anew", directory));
  if (!made && !options.create) return nullptr;
  if (!made) {
    if (auto done = make_ledger(directory, options); !done) return tl::make_unexpected(done.error());
    session = std::make_unique<Sqlite>(directory, options);
    if (auto opened = session->open_database(); !opened) return tl::make_unexpected(opened.error());
    const auto known = session->made();
    if (!known) return tl::make_unexpected(known.error());
  }
  return std::make_unique<SqlLedger>(std::move(session));
}

}  // namespace planner::io
