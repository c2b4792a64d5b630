// The only file that knows libpq.
#include "planner/io/postgres_ledger.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

#include "planner/io/sql_ledger.h"

namespace planner::io {
namespace {

constexpr std::int64_t version = 2;

/// Numbers are BIGINT and texts ordered as bytes, whatever the database's collation.
constexpr const char* schema[] = {
    "CREATE TABLE interlock_head (version BIGINT NOT NULL DEFAULT 2, fence BIGINT NOT NULL, seq BIGINT NOT NULL, hash "
    "TEXT NOT NULL, at_ns BIGINT NOT NULL, claims BIGINT NOT NULL, checksum BIGINT NOT NULL, own BIGINT NOT NULL)",
    "CREATE TABLE interlock_event (seq BIGINT PRIMARY KEY, id TEXT COLLATE \"C\" NOT NULL UNIQUE, kind TEXT NOT NULL, "
    "claim TEXT NOT NULL, fence BIGINT NOT NULL, agent TEXT NOT NULL, work_order TEXT NOT NULL, clock TEXT NOT NULL, "
    "at_ns BIGINT NOT NULL, wall_ms BIGINT NOT NULL, ttl_ms BIGINT NOT NULL, holds TEXT NOT NULL, note TEXT NOT NULL, "
    "hash TEXT NOT NULL)",
    "CREATE INDEX interlock_event_by_fence ON interlock_event (fence)",
    "CREATE FUNCTION interlock_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the events "
    "of a ledger do not change'; END $$",
    "CREATE TRIGGER interlock_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON interlock_event FOR EACH STATEMENT "
    "EXECUTE FUNCTION interlock_event_stays()",
    "CREATE TABLE interlock_claim (fence BIGINT PRIMARY KEY, agent TEXT NOT NULL, work_order TEXT NOT NULL, "
    "granted_clock TEXT NOT NULL, granted_ns BIGINT NOT NULL, granted_wall_ms BIGINT NOT NULL, renewed_clock TEXT NOT "
    "NULL, renewed_ns BIGINT NOT NULL, renewed_wall_ms BIGINT NOT NULL, ttl_ms BIGINT NOT NULL, holds TEXT NOT NULL)",
    "CREATE TABLE interlock_hold (fence BIGINT NOT NULL, position BIGINT NOT NULL, kind TEXT NOT NULL, front TEXT "
    "COLLATE \"C\" NOT NULL, back TEXT COLLATE \"C\" NOT NULL, base TEXT COLLATE \"C\" NOT NULL, hold TEXT NOT NULL, "
    "PRIMARY KEY (fence, position))",
    "CREATE INDEX interlock_hold_by_front ON interlock_hold (kind, front)",
    "CREATE INDEX interlock_hold_by_back ON interlock_hold (kind, back)",
    "CREATE INDEX interlock_hold_by_base ON interlock_hold (kind, base) WHERE base <> ''",
    "CREATE TABLE interlock_completion (work_order TEXT COLLATE \"C\" PRIMARY KEY, claim TEXT NOT NULL, agent TEXT NOT "
    "NULL, fence BIGINT NOT NULL, clock TEXT NOT NULL, at_ns BIGINT NOT NULL, wall_ms BIGINT NOT NULL, commit_id TEXT "
    "NOT NULL)",
};

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

std::int64_t number_of(const char* text) {
  std::int64_t out = 0;
  std::from_chars(text, text + std::char_traits<char>::length(text), out);
  return out;
}

class Row final : public SqlRow {
 public:
  Row(const PGresult* result, int row) : result_(result), row_(row) {}
  std::int64_t number(int column) const override { return number_of(PQgetvalue(result_, row_, column)); }
  std::string text(int column) const override {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }

 private:
  const PGresult* result_;
  int row_;
};

class Postgres final : public SqlSession {
 public:
  Postgres(std::string url, PostgresOptions options) : url_(std::move(url)), options_(options) {}
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;
  ~Postgres() override { PQfinish(connection_); }

  /// The URL itself never gets into an error: it may hold a password, and libpq quotes it.
  Result<void> connect() {
    PQfinish(connection_);
    connection_ = nullptr;
    listening_ = false;
    char* wrong = nullptr;
    PQconninfoOption* parts = PQconninfoParse(url_.c_str(), &wrong);
    PQfreemem(wrong);
    if (!parts)
      return input_error("the ledger's URL cannot be read",
                         "it looks like postgresql://USER@HOST:PORT/DATABASE; the password belongs into PGPASSFILE");
    for (const PQconninfoOption* part = parts; part->keyword; ++part) {
      const std::string_view key = part->keyword;
      const std::string value = part->val ? part->val : "";
      if (key == "password" || key == "sslpassword") {
        if (!value.empty()) secrets_.push_back(value);
      } else if (key == "host" || key == "port" || key == "dbname") {
        (key == "host" ? host_ : key == "port" ? port_ : database_) = value;
      }
    }
    PQconninfoFree(parts);
    const char* const keys[] = {"connect_timeout", "application_name", "dbname", nullptr};
    const char* const values[] = {"10", "interlock", url_.c_str(), nullptr};  // the URL's own settings come last
    connection_ = PQconnectdbParams(keys, values, 1);
    if (PQstatus(connection_) != CONNECTION_OK)
      return world_error(fmt::format("the ledger {} cannot be reached: {}", name(), complaint()),
                         "is the server running, and does it let this user in?");
    for (const std::string& setting :
         {fmt::format("SET lock_timeout = {}", options_.patience_ms),
          std::string("SET idle_in_transaction_session_timeout = 30000"), std::string("SET synchronous_commit = on"),
          std::string("SET client_min_messages = warning")})
      if (auto done = run(setting.c_str(), {}, {}); !done) return done;
    return {};
  }

  /// Is there a ledger, of a version this program knows?
  Result<bool> made() {
    bool there = false;
    auto done =
        run("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relname = 'interlock_head' AND "
            "pg_catalog.pg_table_is_visible(oid))",
            {}, [&](const SqlRow& row) {
              there = row.text(0) == "t";
              return false;
            });
    std::int64_t found = 0;
    if (done && there)
      done = run("SELECT version FROM interlock_head", {}, [&](const SqlRow& row) {
        found = row.number(0);
        return false;
      });
    if (!done) return tl::make_unexpected(done.error());
    if (found > version)
      return world_error(fmt::format("the ledger {} was written by a newer interlock (version {}, this one knows {})",
                                     name(), found, version),
                         "update this interlock");
    return there;
  }

  Result<void> make() {
    auto done = run("BEGIN", {}, {});
    // Held to the end of the transaction: one process makes the tables, the others find them.
    if (done) done = run("SELECT pg_advisory_xact_lock(1229736753)", {}, {});
    const auto already = done ? made() : tl::make_unexpected(done.error());
    if (!already) done = tl::make_unexpected(already.error());
    for (const char* sql : schema)
      if (done && !*already) done = run(sql, {}, {});
    if (done && !*already) done = rebuild_projection(*this);
    if (done) done = run("COMMIT", {}, {});
    if (!done) roll_back();
    return done;
  }

  Result<void> run(const char* sql, const std::vector<SqlValue>& values, const Visit& visit) override {
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const SqlValue& value : values)
      texts.push_back(std::holds_alternative<std::int64_t>(value) ? fmt::format("{}", std::get<std::int64_t>(value))
                                                                  : std::get<std::string>(value));
    std::vector<const char*> pointers;
    for (const std::string& text : texts) {
      if (text.find('\0') != std::string::npos) return input_error("a text for the ledger holds a NUL");
      pointers.push_back(text.c_str());
    }
    const Answer answer(PQexecParams(connection_, sql, static_cast<int>(pointers.size()), nullptr, pointers.data(),
                                     nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return trouble(answer.get());
    for (int row = 0; visit && row < PQntuples(answer.get()); ++row)
      if (!visit(Row(answer.get(), row))) break;
    return {};
  }

  Result<void> begin(bool writing) override {
    return run(writing ? "BEGIN ISOLATION LEVEL READ COMMITTED" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {},
               {});
  }
  Result<void> commit() override {
    auto done = run("NOTIFY interlock_ledger", {}, {});
    if (done) done = run("COMMIT", {}, {});
    if (done) lost_ms_ = 0;
    return done;
  }
  void roll_back() override {
    if (PQtransactionStatus(connection_) != PQTRANS_IDLE) static_cast<void>(run("ROLLBACK", {}, {}));
  }

  bool recovered() override {
    if (std::exchange(again_, false)) return true;
    if (!std::exchange(lost_, false) && PQstatus(connection_) == CONNECTION_OK) return false;
    for (std::int64_t nap = 50; lost_ms_ < options_.patience_ms; nap = std::min<std::int64_t>(nap * 2, 1'000)) {
      if (connect()) return true;
      ::usleep(static_cast<useconds_t>(nap * 1000));
      lost_ms_ += nap;
    }
    return false;
  }

  /// Asked after the lock on the head, so that no waiting lies between the reading and what is decided on it.
  Result<Moment> clock(std::int64_t last_ns) override {
    Moment now{"server", 0, 0};
    auto done = run("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", {}, [&](const SqlRow& row) {
      now.ns = row.number(0) * 1000;
      return false;
    });
    if (!done) return tl::make_unexpected(done.error());
    now.wall_ms = now.ns / 1'000'000;
    now.ns = std::max(now.ns, last_ns);  // a server's clock may be set back; a lease only lasts longer then
    return now;
  }
  Result<void> check(const LedgerHead&) override { return {}; }
  void remember(const LedgerHead&) override {}
  void start_over(LedgerHead&) override {}

  Result<void> wait_for_change(std::int64_t most_ms) override {
    if (!listening_) {
      if (auto done = run("LISTEN interlock_ledger", {}, {}); !done) return recovered() ? Result<void>{} : done;
      listening_ = true;
    }
    // A change before it listened has been missed: so never a long sleep.
    pollfd socket{PQsocket(connection_), POLLIN, 0};
    ::poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(most_ms, 1'000)));
    PQconsumeInput(connection_);
    while (PGnotify* note = PQnotifies(connection_)) PQfreemem(note);
    return {};
  }

  Result<std::vector<std::string>> damage() override { return std::vector<std::string>{}; }

  const char* locked_head() const override {
    return "SELECT fence, seq, hash, at_ns, claims, checksum, own FROM interlock_head FOR UPDATE";
  }
  const char* holds_by_beginnings(bool front) const override {
    return front ? "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND front = ANY (ARRAY(SELECT "
                   "jsonb_array_elements_text($2::jsonb)))"
                 : "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND back = ANY (ARRAY(SELECT "
                   "jsonb_array_elements_text($2::jsonb)))";
  }
  const char* count_by_beginnings(bool front) const override {
    return front ? "SELECT count(*) FROM (SELECT 1 FROM interlock_hold WHERE kind = $1 AND front = ANY (ARRAY(SELECT "
                   "jsonb_array_elements_text($2::jsonb))) LIMIT $3) AS n"
                 : "SELECT count(*) FROM (SELECT 1 FROM interlock_hold WHERE kind = $1 AND back = ANY (ARRAY(SELECT "
                   "jsonb_array_elements_text($2::jsonb))) LIMIT $3) AS n";
  }
  std::string name() const override {
    return fmt::format("postgresql://{}{}{}/{}", host_, port_.empty() ? "" : ":", port_, database_);
  }

 private:
  /// What the server said, in one line, without any password.
  std::string complaint() const {
    std::string text = PQerrorMessage(connection_);
    for (const std::string& secret : secrets_)
      for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
        text.replace(at, secret.size(), "***");
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }

  tl::unexpected<Error> trouble(const PGresult* answer) {
    const char* field = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view state = field ? field : "";
    // The connection is gone: the client itself says so, or the server does before it closes.
    lost_ = lost_ || state.empty() || state.starts_with("57P") || state.starts_with("08") || state == "25P03";
    // Two writers that the server let collide: the later one tries again.
    again_ = (state == "40001" || state == "40P01") && ++collisions_ < 100;
    if (state == "55P03")
      return world_error(fmt::format("the ledger {} is busy: another session has held it for {} s", name(),
                                     options_.patience_ms / 1000),
                         "try again");
    if (state == "53100")
      return world_error(fmt::format("the ledger {} could not be written: the server's disk is full", name()),
                         "make room; nothing was changed");
    if (state == "42501" || state == "25006")
      return world_error(fmt::format("the ledger {} cannot be written: {}", name(), complaint()),
                         "the user of the URL needs to read and write the tables interlock_*");
    return world_error(fmt::format("the ledger {} refuses: {}", name(), complaint()), "");
  }

  std::string url_;
  PostgresOptions options_;
  PGconn* connection_ = nullptr;
  std::vector<std::string> secrets_;
  std::string host_, port_, database_;
  bool again_ = false, lost_ = false, listening_ = false;
  int collisions_ = 0;
  std::int64_t lost_ms_ = 0;
};

}  // namespace

bool is_postgres_url(const std::string& url) {
  return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

Result<std::unique_ptr<Ledger>> open_postgres_ledger(const std::string& url, const PostgresOptions& options) {
  auto session = std::make_unique<Postgres>(url, options);
  if (auto connected = session->connect(); !connected) return tl::make_unexpected(connected.error());
  const auto there = session->made();
  if (!there) return tl::make_unexpected(there.error());
  if (!*there && !options.create) return nullptr;
  if (!*there)
    if (auto made = session->make(); !made) return tl::make_unexpected(made.error());
  return std::make_unique<SqlLedger>(std::move(session));
}

}  // namespace planner::io
