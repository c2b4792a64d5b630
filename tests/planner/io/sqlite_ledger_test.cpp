// What may be wrong with a ledger's file: it is refused or mends itself, and never grants what is held.
#include "planner/io/sqlite_ledger.h"

#include <algorithm>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <random>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "planner/claim_rules.h"
#include "planner/io/ledger_anchor.h"
#include "planner/io/ledger_directory.h"
#include "planner/io/ledger_place.h"
#include "tests/support/ledger_stress.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

struct SqliteLedger : testing::Test {
  SqliteLedger() { fs::create_directory(directory / "interlock"); }
  std::string place() const { return directory / "interlock/ledger"; }
  std::string file() const { return place() + "/ledger.sqlite"; }

  Result<std::unique_ptr<Ledger>> open(bool create = true) const {
    return open_sqlite_ledger(place(), {create, 2'000, {}});
  }

  /// nullopt: refused; else whether it was granted.
  std::optional<bool> claim(const std::string& path) const {
    const auto ledger = open();
    if (!ledger) return std::nullopt;
    const auto done = (*ledger)->transact(std::to_string(++calls), [&](const LedgerSnapshot& s) {
      return rule_grant(s, {"a", "", {{Hold::Kind::file, resource_from(path)}}, 600'000}, {}).events;
    });
    if (!done) return std::nullopt;
    return !done->empty();
  }
  void expect_refused(const std::string& why) const {
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_NE(ledger.error().what.find(why), std::string::npos) << ledger.error().what;
    EXPECT_EQ(ledger.error().kind, Error::Kind::world);
  }
  void meddle(const std::string& sql) const {
    ASSERT_EQ(std::system(("sqlite3 '" + file() + "' \"" + sql + "\" >/dev/null").c_str()), 0);
  }

  support::TemporaryDirectory directory;
  static inline int calls = 0;
};

TEST_F(SqliteLedger, IsForItsUserAlone) {
  ASSERT_EQ(claim("a"), true);
  struct stat info {};
  ASSERT_EQ(::stat(place().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
  ASSERT_EQ(::stat(file().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(SqliteLedger, RefusesWhatOthersCouldHaveChanged) {
  ASSERT_EQ(claim("a"), true);
  ::chmod(file().c_str(), 0666);
  expect_refused("may be written by others");
  ::chmod(file().c_str(), 0600);
  ::chmod(place().c_str(), 0777);
  expect_refused("may be written by others");
  ::chmod(place().c_str(), 0700);
  fs::create_hard_link(file(), directory / "second");
  expect_refused("second name");
  fs::remove(directory / "second");
  fs::rename(file(), directory / "elsewhere");
  fs::create_symlink(directory / "elsewhere", file());
  expect_refused("symbolic link");
  fs::remove(file());
  fs::rename(directory / "elsewhere", file());
  fs::rename(place(), directory / "elsewhere");
  fs::create_directory_symlink(directory / "elsewhere", place());
  expect_refused("symbolic link");
  if (::geteuid() == 0) {
    fs::remove(place());
    fs::rename(directory / "elsewhere", place());
    ASSERT_EQ(::chown(file().c_str(), 65534, 65534), 0);
    expect_refused("another user");
  }
}

TEST_F(SqliteLedger, RefusesWhatItDidNotMake) {
  ASSERT_EQ(claim("a"), true);
  for (const std::string sql :
       {"CREATE TRIGGER evil AFTER INSERT ON interlock_claim BEGIN DELETE FROM interlock_claim; END",
        "CREATE VIEW evil AS SELECT 1", "CREATE TABLE evil (x)"}) {
    meddle(sql);
    expect_refused("'evil', which interlock did not make");
    meddle("DROP " + sql.substr(7, sql.find(' ', 7) - 7) + " evil");
    EXPECT_EQ(claim("a"), false);
  }
  meddle("PRAGMA user_version = 3");
  expect_refused("newer interlock (version 3");
  meddle("PRAGMA user_version = 2; PRAGMA application_id = 1");
  expect_refused("is no ledger of interlock");
}

TEST_F(SqliteLedger, AnOlderVersionIsMadeAnewFromItsEvents) {
  ASSERT_EQ(claim("a"), true);
  meddle("DROP INDEX interlock_hold_by_back; DROP TABLE interlock_head; PRAGMA user_version = 1");
  EXPECT_EQ(claim("a"), false);
  EXPECT_EQ(claim("b"), true);
  EXPECT_EQ((*open())->problems().value(), std::vector<std::string>{});
}

TEST_F(SqliteLedger, ACutLogIsNoticed) {
  ASSERT_EQ(claim("a"), true);
  const std::string wal = support::read(file() + "-wal");
  ASSERT_EQ(claim("b"), true);
  ASSERT_EQ(claim("c"), true);
  for (const std::size_t kept : {wal.size(), wal.size() / 2, std::size_t{100}, std::size_t{0}}) {
    const std::string whole = support::read(file() + "-wal");
    fs::resize_file(file() + "-wal", kept);
    fs::remove(file() + "-shm");
    EXPECT_NE(claim("b"), true) << kept;
    support::write(file() + "-wal", whole);
    fs::remove(file() + "-shm");
  }
  EXPECT_EQ(claim("b"), false);
  // Going on with what is there is a decision of a person, and no fence is given twice.
  fs::resize_file(file() + "-wal", wal.size());
  fs::remove(file() + "-shm");
  auto ledger = open();
  ASSERT_TRUE(ledger);
  EXPECT_FALSE((*ledger)->problems()->empty());
  ASSERT_TRUE((*ledger)->rebuild());
  const auto done = (*ledger)->transact("after", [](const LedgerSnapshot& s) {
    return rule_grant(s, {"a", "", {{Hold::Kind::file, resource_from("b")}}, 600'000}, {}).events;
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->back().fence, 4U);
}

TEST_F(SqliteLedger, FlippedBytesNeverGrantWhatIsHeld) {
  for (const char* path : {"a/x", "b/y", "c/*"}) ASSERT_EQ(claim(path), true);
  for (const bool checkpointed : {false, true}) {
    if (checkpointed) meddle("PRAGMA wal_checkpoint(TRUNCATE)");
    const std::string hit = checkpointed ? file() : file() + "-wal";
    const std::string good = support::read(hit);
    ASSERT_FALSE(good.empty());
    std::mt19937 random(3);
    for (int round = 0; round < 150; ++round) {
      std::string bad = good;
      for (int flips = 1 + static_cast<int>(random() % 3); flips > 0; --flips)
        bad[random() % bad.size()] ^= static_cast<char>(1U << random() % 8);
      support::write(hit, bad);
      fs::remove(file() + "-shm");
      const auto granted = claim("?/*");
      EXPECT_NE(granted, true) << round;
      if (granted == true) return;
      support::write(hit, good);
      fs::remove(file() + "-shm");
    }
    EXPECT_EQ(claim("?/*"), false);
  }
}

TEST_F(SqliteLedger, SixtyFourFirstOpenersSucceed) {
  std::vector<pid_t> children;
  for (int i = 0; i < 64; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto ledger = open_sqlite_ledger(place(), {true, 60'000, {}});
      if (!ledger) ::_exit(2);
      const auto done = (*ledger)->transact("p" + std::to_string(i), [&](const LedgerSnapshot& s) {
        return rule_grant(s, {"a", "", {{Hold::Kind::file, resource_from("f" + std::to_string(i))}}, 600'000}, {})
            .events;
      });
      ::_exit(done && !done->empty() ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  std::size_t claims = 0;
  ASSERT_TRUE((*open())->read([&](const LedgerSnapshot& s) { claims = s.claims().size(); }));
  EXPECT_EQ(claims, 64U);
}

TEST_F(SqliteLedger, KilledAndStoppedProcessesBreakNothing) {
  support::Stress stress;
  stress.open = [&](std::int64_t) { return open_sqlite_ledger(place(), {true, 60'000, {}}); };
  stress.directory = directory.path();
  stress.processes = 8;
  stress.seconds = 2.5;
  const support::StressOutcome out = support::run(stress);
  EXPECT_EQ(out.wrong, "");
  EXPECT_GT(out.grants, 5U);
  EXPECT_GT(out.acknowledged, 5U);
}

TEST_F(SqliteLedger, AFullOrReadOnlyDiskIsSaid) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to mount";
  const std::string disk = directory / "disk";
  fs::create_directory(disk);
  if (::mount("none", disk.c_str(), "tmpfs", 0, "size=400k") != 0) GTEST_SKIP() << "no mounts here";
  fs::create_directory(disk + "/interlock");
  {
    const auto ledger = open_sqlite_ledger(disk + "/interlock/ledger", {true, 2'000, {}});
    ASSERT_TRUE(ledger) << ledger.error().what;
    std::size_t granted = 0;
    std::string refusal;
    for (int i = 0; i < 2'000 && refusal.empty(); ++i) {
      const auto done = (*ledger)->transact("f" + std::to_string(i), [&](const LedgerSnapshot& s) {
        return rule_grant(s, {"a", "", {{Hold::Kind::file, resource_from("f" + std::to_string(i))}}, 600'000}, {})
            .events;
      });
      if (done)
        ++granted;
      else
        refusal = done.error().what;
    }
    EXPECT_NE(refusal.find("the disk is full"), std::string::npos) << refusal;
    std::size_t claims = 0;
    EXPECT_TRUE((*ledger)->read([&](const LedgerSnapshot& s) { claims = s.claims().size(); }));
    EXPECT_EQ(claims, granted);
  }
  ASSERT_EQ(::mount("none", disk.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=400k"), 0);
  const auto ledger = open_sqlite_ledger(disk + "/interlock/ledger", {true, 2'000, {}});
  const auto done =
      ledger ? (*ledger)->transact(
                   "late",
                   [](const LedgerSnapshot& s) {
                     return rule_grant(s, {"a", "", {{Hold::Kind::file, resource_from("late")}}, 600'000}, {}).events;
                   })
             : tl::make_unexpected(ledger.error());
  EXPECT_FALSE(done);
  ::umount(disk.c_str());
}

TEST_F(SqliteLedger, AStoppedHolderIsStaleWhenItGoesOn) {
  const auto ledger = open();
  ASSERT_TRUE(ledger);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto own = open();
    if (!own) ::_exit(9);
    const auto grant = (*own)->transact("child", [](const LedgerSnapshot& s) {
      return rule_grant(s, {"child", "", {{Hold::Kind::file, resource_from("x")}}, 300}, {}).events;
    });
    if (!grant || grant->empty()) ::_exit(9);
    ::raise(SIGSTOP);
    std::optional<Denial> denial;
    const auto done = (*own)->transact("child-done", [&](const LedgerSnapshot& s) {
      Ruling ruling = rule_complete(s, grant->back().claim, grant->back().fence, "");
      denial = std::move(ruling.denial);
      return ruling.events;
    });
    ::_exit(done && denial && denial->stale ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
  ASSERT_TRUE(WIFSTOPPED(status));
  EXPECT_EQ(claim("x"), false);
  ::usleep(400'000);
  EXPECT_EQ(claim("x"), true);
  ::kill(child, SIGCONT);
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST(LedgerAnchor, RemembersTheNewestOfSlotsThatCanBeRead) {
  support::TemporaryDirectory directory;
  const std::string path = directory / "anchor";
  LedgerAnchor anchor(path);
  EXPECT_FALSE(anchor.newest());
  for (std::int64_t seq = 1; seq <= 70; ++seq) anchor.remember({seq, static_cast<Fence>(seq), std::string(64, 'a')});
  EXPECT_EQ(anchor.newest()->seq, 70);
  std::string text = support::read(path);
  text[6 * 64 + 3] ^= 1;  // the slot of 70
  support::write(path, text);
  EXPECT_EQ(anchor.newest()->seq, 69);
}

TEST(LedgerDirectory, KnowsNetworkFileSystems) {
  EXPECT_TRUE(is_network_file_system(0x6969, ""));              // NFS
  EXPECT_TRUE(is_network_file_system(0xFFFFFFFFFF534D42, ""));  // CIFS, sign extended
  EXPECT_FALSE(is_network_file_system(0xEF53, ""));             // ext4
  EXPECT_TRUE(is_network_file_system(0x65735546, "fuse.sshfs"));
  EXPECT_FALSE(is_network_file_system(0x65735546, "fuse.fuse-overlayfs"));
  const char* mounts =
      "22 27 0:21 / /proc rw - proc proc rw\n27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
      "40 27 0:55 / /mnt rw - fuse.sshfs host:/ rw\n\nshort\n";
  EXPECT_EQ(mount_type(mounts, "254:0"), "ext4");
  EXPECT_EQ(mount_type(mounts, "0:55"), "fuse.sshfs");
  EXPECT_EQ(mount_type(mounts, "9:9"), "");
}

TEST(LedgerPlaceTest, WorkTreesAndSubmodulesSeeOneLedger) {
  support::TemporaryDirectory directory;
  const std::string library = directory / "library", top = directory / "top", second = directory / "second";
  for (const std::string& repository : {library, top}) {
    fs::create_directory(repository);
    support::git(repository, {"init", "-q", "-b", "main"});
    support::write(repository + "/file", "x");
    support::git(repository, {"add", "file"});
    support::git(repository, {"commit", "-q", "-m", "one"});
  }
  support::git(top, {"-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library, "libs/library"});
  support::git(top, {"commit", "-q", "-m", "two"});
  support::git(top, {"worktree", "add", "-q", second});
  support::git(second, {"-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init"});
  const auto place = [](const std::string& at) { return ledger_place(**find_repository(at)); };
  const std::string expected = top + "/.git/interlock/ledger";
  EXPECT_EQ(place(top).directory, expected);
  EXPECT_EQ(place(second).directory, expected);
  EXPECT_EQ(place(top).prefix, "");
  for (const std::string& checkout : {top, second}) {
    EXPECT_EQ(place(checkout + "/libs/library").directory, expected);
    EXPECT_EQ(place(checkout + "/libs/library").prefix, "libs/library/");
  }
  EXPECT_EQ(place(library).directory, library + "/.git/interlock/ledger");
}

}  // namespace
}  // namespace planner::io
