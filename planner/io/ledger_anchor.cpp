#include "planner/io/ledger_anchor.h"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "planner/crc32c.h"

namespace planner::io {
namespace {

constexpr std::size_t slots = 64;
constexpr std::size_t slot_bytes = 64;
constexpr std::size_t body_bytes = 50;  // three numbers of 16 digits and two blanks

std::string body_of(const Anchor& anchor) {
  return fmt::format("{:016x} {:016x} {:.16}", anchor.seq, anchor.fence, anchor.hash);
}

std::optional<Anchor> parse(std::string_view slot) {
  const std::string_view body = slot.substr(0, body_bytes);
  if (slot != fmt::format("{} {:08x}    \n", body, crc32c(body))) return std::nullopt;
  Anchor out;
  std::from_chars(body.data(), body.data() + 16, out.seq, 16);
  std::from_chars(body.data() + 17, body.data() + 33, out.fence, 16);
  out.hash = body.substr(34);
  return out;
}

}  // namespace

LedgerAnchor::~LedgerAnchor() {
  if (file_ >= 0) ::close(file_);
}

bool LedgerAnchor::open_file(bool create) const {
  if (file_ < 0) file_ = ::open(path_.c_str(), (create ? O_RDWR | O_CREAT : O_RDWR) | O_CLOEXEC | O_NOFOLLOW, 0600);
  return file_ >= 0;
}

std::optional<Anchor> LedgerAnchor::newest() const {
  std::array<char, slots * slot_bytes> text{};
  if (!open_file(false)) return std::nullopt;
  const ssize_t got = ::pread(file_, text.data(), text.size(), 0);
  std::optional<Anchor> out;
  for (std::size_t at = 0; got > 0 && at + slot_bytes <= static_cast<std::size_t>(got); at += slot_bytes)
    if (const auto one = parse({text.data() + at, slot_bytes}); one && (!out || one->seq > out->seq)) out = one;
  return out;
}

void LedgerAnchor::remember(const Anchor& anchor) {
  if (anchor.seq <= 0 || anchor.hash.size() < 16 || !open_file(true)) return;
  const std::string body = body_of(anchor);
  const std::string slot = fmt::format("{} {:08x}    \n", body, crc32c(body));
  const auto at = static_cast<off_t>(static_cast<std::size_t>(anchor.seq) % slots * slot_bytes);
  // One that cannot be written is one record less to hold the database against.
  [[maybe_unused]] const ssize_t put = ::pwrite(file_, slot.data(), slot.size(), at);
}

void LedgerAnchor::clear() {
  if (!open_file(false)) return;
  [[maybe_unused]] const int cut = ::ftruncate(file_, 0);
}

}  // namespace planner::io
