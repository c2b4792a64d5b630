// A private PostgreSQL server for the tests of one process; none where it is not installed, and that is said.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <sys/wait.h>

namespace support {

class PostgresServer {
 public:
  PostgresServer() {
    std::string name = (std::filesystem::temp_directory_path() / "interlock-pg-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return;
    directory_ = name;
    const int code = call("start", "", url_);
    if (code == 0) return;
    url_.clear();
    std::cerr << "\n*** PostgreSQL " << (code == 77 ? "is not installed" : "could not be started")
              << ": tests of the fleet's ledger are SKIPPED (apt-get install postgresql-15)\n\n";
    std::filesystem::remove_all(directory_);
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer() {
    std::string ignored;
    if (!url_.empty()) call("stop", "", ignored);
  }

  /// Empty: there is no server.
  const std::string& url() const { return url_; }
  /// "fast" or "immediate".
  void restart(const std::string& mode) {
    std::string ignored;
    call("restart", mode, ignored);
  }

 private:
  int call(const std::string& verb, const std::string& mode, std::string& out) const {
    const std::string command =
        INTERLOCK_SOURCE_DIR "/tests/support/private_postgres.sh " + verb + " '" + directory_ + "' " + mode;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return -1;
    std::array<char, 1024> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) out += buffer.data();
    const int status = ::pclose(pipe);
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string directory_, url_;
};

}  // namespace support
