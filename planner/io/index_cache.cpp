#include "planner/io/index_cache.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "planner/crc32c.h"
#include "planner/io/index_files.h"

namespace planner::io {
namespace {

constexpr std::uint64_t magic = 0x786B6C2D786469;  // "idx-lkx"; reversed on a machine with the other byte order
constexpr std::uint32_t format = 1;
constexpr std::size_t most_segments = 8;

struct Header {
  std::uint64_t magic = 0, version = 0, entries = 0;
  std::uint32_t format = 0, entries_crc = 0;
};

struct Entry {
  std::array<std::uint8_t, 32> blob{};
  std::uint32_t blob_size = 0, section = 0;
  std::uint64_t offset = 0;
  std::uint32_t size = 0, crc = 0;
};

using EntryKey = std::pair<std::string_view, std::uint32_t>;
std::string_view bytes_of(const Entry& entry) {
  return {reinterpret_cast<const char*>(entry.blob.data()), entry.blob_size};
}
EntryKey key_of(const Entry& entry) { return {bytes_of(entry), entry.section}; }

int hex_digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/// Empty: not the hex of 1 to 32 bytes.
std::string from_hex(std::string_view hex) {
  std::string out;
  if (hex.size() % 2 != 0 || hex.size() > 64) return out;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_digit(hex[i]), low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

bool read_at(int file, void* to, std::size_t size, std::uint64_t offset) {
  auto* out = static_cast<char*>(to);
  while (size != 0) {
    const ssize_t got = ::pread(file, out, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    out += got;
    offset += static_cast<std::uint64_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

std::string_view raw(const void* data, std::size_t size) { return {static_cast<const char*>(data), size}; }

constexpr std::string_view kind = "outlines";

/// The records as one new segment behind the others.
Result<std::string> write_segment(const std::string& directory, std::uint64_t version, std::vector<Entry>& entries,
                                  const std::vector<std::string_view>& payloads) {
  std::uint64_t offset = sizeof(Header) + entries.size() * sizeof(Entry);
  for (Entry& entry : entries) {
    entry.offset = offset;
    offset += entry.size;
  }
  const std::string_view table = raw(entries.data(), entries.size() * sizeof(Entry));
  const Header header{magic, version, entries.size(), format, crc32c(table)};
  std::string block(raw(&header, sizeof header));
  block += table;
  for (const std::string_view payload : payloads) block += payload;
  const std::vector<IndexFile> there = index_files(directory, kind, version);
  return write_index_file(directory, kind, version, there.empty() ? 1 : there.back().number + 1, {block});
}

}  // namespace

class IndexCache::Segment {
 public:
  /// Null: cannot be read. A damaged one is removed, so that its records are made again.
  static std::shared_ptr<const Segment> open(const std::string& path, std::uint64_t version) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return nullptr;
    auto segment = std::make_shared<Segment>(path, file);
    if (segment->load(version)) return segment;
    ::unlink(path.c_str());
    return nullptr;
  }
  Segment(std::string path, int file) : path_(std::move(path)), file_(file) {}
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;
  ~Segment() { ::close(file_); }

  const std::string& path() const { return path_; }
  std::uint64_t bytes() const { return size_; }
  const std::vector<Entry>& entries() const { return entries_; }

  const Entry* find(const EntryKey& key) const {
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), key,
                                     [](const Entry& entry, const EntryKey& k) { return key_of(entry) < k; });
    return at == entries_.end() || key_of(*at) != key ? nullptr : &*at;
  }

  std::optional<std::string> payload(const Entry& entry) const {
    if (entry.offset > size_ || entry.size > size_ - entry.offset) return std::nullopt;
    std::string out(entry.size, '\0');
    if (!read_at(file_, out.data(), out.size(), entry.offset) || crc32c(out) != entry.crc) return std::nullopt;
    return out;
  }

 private:
  bool load(std::uint64_t version) {
    struct stat about {};
    Header header;
    if (::fstat(file_, &about) != 0 || !S_ISREG(about.st_mode)) return false;
    size_ = static_cast<std::uint64_t>(about.st_size);
    if (!read_at(file_, &header, sizeof header, 0)) return false;
    if (header.magic != magic || header.format != format || header.version != version) return false;
    if (header.entries > size_ / sizeof(Entry)) return false;
    entries_.resize(header.entries);
    const std::size_t bytes = entries_.size() * sizeof(Entry);
    if (!read_at(file_, entries_.data(), bytes, sizeof header)) return false;
    if (crc32c(raw(entries_.data(), bytes)) != header.entries_crc) return false;
    return std::all_of(entries_.begin(), entries_.end(), [](const Entry& e) { return e.blob_size <= e.blob.size(); });
  }

  std::string path_;
  int file_;
  std::uint64_t size_ = 0;
  std::vector<Entry> entries_;
};

IndexCache::IndexCache(std::string directory, std::uint64_t version)
    : directory_(std::move(directory)), version_(version) {
  open_segments();
}
IndexCache::~IndexCache() = default;
IndexCache::IndexCache(IndexCache&&) noexcept = default;
IndexCache& IndexCache::operator=(IndexCache&&) noexcept = default;

void IndexCache::open_segments() {
  segments_.clear();
  for (const IndexFile& file : index_files(directory_, kind, version_))
    if (auto segment = Segment::open(file.path, version_)) segments_.push_back(std::move(segment));
}

std::optional<std::string> IndexCache::find(const IndexKey& key) const {
  if (const auto fresh = fresh_.find(key); fresh != fresh_.end()) return fresh->second;
  const std::string blob = from_hex(key.blob);
  for (auto at = segments_.rbegin(); at != segments_.rend(); ++at)
    if (const Entry* entry = (*at)->find({blob, key.section}))
      if (auto payload = (*at)->payload(*entry)) return payload;
  return std::nullopt;
}

void IndexCache::put(IndexKey key, std::string payload) { fresh_.insert_or_assign(std::move(key), std::move(payload)); }

Result<void> IndexCache::publish(std::uint64_t most_bytes) {
  if (fresh_.empty()) return {};
  std::vector<Entry> entries;
  std::vector<std::string_view> payloads;
  for (const auto& [key, payload] : fresh_) {  // hex sorts as its bytes do
    const std::string blob = from_hex(key.blob);
    Entry entry;
    std::copy(blob.begin(), blob.end(), entry.blob.begin());
    entry.blob_size = static_cast<std::uint32_t>(blob.size());
    entry.section = key.section;
    entry.size = static_cast<std::uint32_t>(payload.size());
    entry.crc = crc32c(payload);
    entries.push_back(entry);
    payloads.push_back(payload);
  }
  const auto path = write_segment(directory_, version_, entries, payloads);
  if (!path) return tl::make_unexpected(path.error());
  fresh_.clear();
  open_segments();
  evict(most_bytes);
  return segments_.size() > most_segments ? merge() : Result<void>{};
}

/// The oldest segments go, whole.
void IndexCache::evict(std::uint64_t most_bytes) {
  std::uint64_t bytes = 0;
  for (const auto& segment : segments_) bytes += segment->bytes();
  while (segments_.size() > 1 && bytes > most_bytes) {
    bytes -= segments_.front()->bytes();
    ::unlink(segments_.front()->path().c_str());
    segments_.erase(segments_.begin());
  }
}

/// The newest segments as one, as long as the one before is not much larger than all of them: few remain, and nothing
/// is written often. Two processes that do it at once leave two equal ones, which the next merge joins.
Result<void> IndexCache::merge() {
  std::size_t first = segments_.size() - 1;
  std::uint64_t behind = segments_[first]->bytes();
  for (; first > 0 && segments_[first - 1]->bytes() < behind * 4; --first) behind += segments_[first - 1]->bytes();
  if (first + 1 == segments_.size()) return {};
  std::map<EntryKey, std::pair<Entry, std::string>> kept;
  for (std::size_t i = segments_.size(); i-- > first;) {
    for (const Entry& entry : segments_[i]->entries()) {
      if (kept.contains(key_of(entry))) continue;
      if (auto payload = segments_[i]->payload(entry))
        kept.emplace(key_of(entry), std::pair(entry, *std::move(payload)));
    }
  }
  std::vector<Entry> entries;
  std::vector<std::string_view> payloads;
  for (const auto& [key, record] : kept) {
    entries.push_back(record.first);
    payloads.push_back(record.second);
  }
  const auto path = write_segment(directory_, version_, entries, payloads);
  if (!path) return tl::make_unexpected(path.error());
  for (std::size_t i = first; i < segments_.size(); ++i) ::unlink(segments_[i]->path().c_str());
  open_segments();
  return {};
}

}  // namespace planner::io
