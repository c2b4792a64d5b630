#include "planner/index_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>

#include "planner/crc32c.h"

namespace planner {
namespace {

constexpr std::uint64_t magic = 0x73656D616E2D6B6C;  // "lk-names"; reversed on a machine with the other byte order
constexpr unsigned first_bits = 16;                  // of the number of slots
constexpr std::size_t recent_size = 2048;

struct Header {
  std::uint64_t magic = 0, version = 0;
  std::uint64_t list_bytes = 0;
  std::uint32_t texts = 0, id_size = 0, names = 0, crc = 0;  // crc: of everything else, with 0 in its place
};

template <class T>
std::string_view raw(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

void put_number(std::string& out, std::uint32_t value) {
  for (; value >= 128; value >>= 7) out += static_cast<char>(static_cast<unsigned char>(value | 128));
  out += static_cast<char>(static_cast<unsigned char>(value));
}

/// Tells one text's hashes from another's in the same place.
std::uint64_t stamp(std::uint32_t text) { return (std::uint64_t{text} + 1) * 0xD6E8FEB86659FD93; }

/// The texts of one name in all lists; `from` says where each list stands.
void gather(const std::vector<NameLists>& all, std::vector<std::size_t>& from, std::uint64_t hash,
            std::vector<std::uint32_t>& out) {
  out.clear();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const NameLists& lists = all[i];
    if (from[i] == lists.hashes.size() || lists.hashes[from[i]] != hash) continue;
    const auto middle = static_cast<std::ptrdiff_t>(out.size());
    out.insert(out.end(), lists.texts.begin() + lists.starts[from[i]], lists.texts.begin() + lists.starts[from[i] + 1]);
    if (middle != 0 && out[static_cast<std::size_t>(middle)] < out[static_cast<std::size_t>(middle) - 1])
      std::inplace_merge(out.begin(), out.begin() + middle, out.end());
    ++from[i];
  }
}

}  // namespace

NameCollector::NameCollector() : slots_(std::size_t{1} << first_bits), recent_(recent_size), shift_(64 - first_bits) {}

void NameCollector::add(std::uint32_t text, std::span<const std::uint64_t> hashes) {
  const std::uint64_t mark = stamp(text);
  ordered_ = ordered_ && text >= last_text_;
  last_text_ = text;
  for (const std::uint64_t hash : hashes) {
    // Most mentions repeat one of a moment ago; those need not go to the large table.
    std::uint64_t& recent = recent_[hash % recent_size];
    if (recent == hash + mark) continue;
    recent = hash + mark;
    insert(hash, text);
  }
}

void NameCollector::insert(std::uint64_t hash, std::uint32_t text) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash >> shift_;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.hash == hash) {
      if (slot.last_text == text) return;
      slot.last_text = text;
      pairs_.emplace_back(slot.name, text);
      return;
    }
    if (slot.hash != 0) continue;
    slot = {hash, names_++, text};
    pairs_.emplace_back(slot.name, text);
    if (std::size_t{names_} * 2 > slots_.size()) grow();
    return;
  }
}

void NameCollector::grow() {
  std::vector<Slot> before(slots_.size() * 4);
  before.swap(slots_);
  shift_ -= 2;
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.hash == 0) continue;
    std::size_t at = slot.hash >> shift_;
    while (slots_[at].hash != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

NameLists NameCollector::take() {
  NameLists out;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> names;  // (hash, name)
  names.reserve(names_);
  for (const Slot& slot : slots_) {
    if (slot.hash == 0) continue;
    names.emplace_back(slot.hash, slot.name);  // nearly sorted: only what shares a run can be out of order
    for (std::size_t i = names.size() - 1; i > 0 && names[i].first < names[i - 1].first; --i)
      std::swap(names[i], names[i - 1]);
  }
  std::vector<std::uint32_t> rank(names.size());
  out.hashes.reserve(names.size());
  for (const auto& [hash, name] : names) {
    rank[name] = static_cast<std::uint32_t>(out.hashes.size());
    out.hashes.push_back(hash);
  }
  out.starts.assign(names.size() + 1, 0);
  for (auto& [name, text] : pairs_) ++out.starts[(name = rank[name]) + 1];
  std::partial_sum(out.starts.begin(), out.starts.end(), out.starts.begin());
  std::vector<std::uint32_t> next(out.starts.begin(), out.starts.end() - 1);
  out.texts.resize(pairs_.size());
  for (const auto& [name, text] : pairs_) out.texts[next[name]++] = text;
  if (!ordered_)
    for (std::size_t i = 0; i + 1 < out.starts.size(); ++i)
      std::sort(out.texts.begin() + out.starts[i], out.texts.begin() + out.starts[i + 1]);
  *this = NameCollector();
  return out;
}

std::string name_table(const std::vector<NameLists>& all, const std::vector<NamedText>& texts, std::uint64_t version) {
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> starts, merged;
  std::string lists;
  std::size_t most = 0, pairs = 0;
  for (const NameLists& part : all) {
    most = std::max(most, part.hashes.size());
    pairs += part.texts.size();
  }
  hashes.reserve(most * 5 / 4);
  starts.reserve(most * 5 / 4 + 1);
  lists.reserve(pairs * 3 / 2);
  std::vector<std::size_t> from(all.size(), 0);
  for (;;) {
    bool any = false;
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (from[i] == all[i].hashes.size()) continue;
      any = true;
      least = std::min(least, all[i].hashes[from[i]]);
    }
    if (!any) break;
    gather(all, from, least, merged);
    if (merged.empty()) continue;
    hashes.push_back(least);
    starts.push_back(static_cast<std::uint32_t>(lists.size()));
    std::uint32_t before = 0;
    for (const std::uint32_t text : merged) put_number(lists, text - std::exchange(before, text));
  }
  starts.push_back(static_cast<std::uint32_t>(lists.size()));

  std::vector<std::uint32_t> by_id;
  std::string ids, kinds;
  std::size_t id_size = 0;
  for (const NamedText& text : texts) id_size = std::max(id_size, text.id.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].id.empty()) by_id.push_back(static_cast<std::uint32_t>(i));
    ids += texts[i].id.empty() ? std::string(id_size, '\0') : texts[i].id;
    kinds += static_cast<char>(texts[i].kind);
  }
  std::sort(by_id.begin(), by_id.end(),
            [&](std::uint32_t a, std::uint32_t b) { return std::tie(texts[a].id, a) < std::tie(texts[b].id, b); });
  by_id.resize(texts.size(), NameTable::no_text);
  Header header{magic,
                version,
                lists.size(),
                static_cast<std::uint32_t>(texts.size()),
                static_cast<std::uint32_t>(id_size),
                static_cast<std::uint32_t>(hashes.size()),
                0};
  std::string out(reinterpret_cast<const char*>(&header), sizeof header);
  out.reserve(sizeof header + hashes.size() * 12 + texts.size() * (5 + id_size) + lists.size() + 8);
  for (const std::string_view section :
       {raw(hashes), raw(starts), raw(by_id), std::string_view(ids), std::string_view(kinds), std::string_view(lists)})
    out += section;
  header.crc = crc32c(out);
  std::memcpy(out.data(), &header, sizeof header);
  return out;
}

std::optional<NameTable> NameTable::open(std::string bytes, std::uint64_t version) {
  Header header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != magic || header.version != version) return std::nullopt;
  const std::uint64_t names = header.names, texts = header.texts;
  const std::uint64_t known = names * 12 + 4 + texts * (5 + std::uint64_t{header.id_size});
  if (header.id_size > 64 || header.list_bytes > bytes.size() ||
      sizeof header + known + header.list_bytes != bytes.size())
    return std::nullopt;
  const std::uint32_t crc = std::exchange(header.crc, 0);
  std::memcpy(bytes.data(), &header, sizeof header);
  if (crc32c(bytes) != crc) return std::nullopt;

  NameTable out;
  out.bytes_ = std::make_shared<const std::string>(std::move(bytes));
  out.texts_ = header.texts;
  out.id_size_ = header.id_size;
  const char* at = out.bytes_->data() + sizeof header;  // new aligns for any integer, and so does each section
  const auto section = [&](std::uint64_t size) { return std::exchange(at, at + size); };
  out.hashes_ = {reinterpret_cast<const std::uint64_t*>(section(names * 8)), names};
  out.starts_ = {reinterpret_cast<const std::uint32_t*>(section((names + 1) * 4)), names + 1};
  out.by_id_ = {reinterpret_cast<const std::uint32_t*>(section(texts * 4)), texts};
  out.ids_ = {section(texts * header.id_size), texts * header.id_size};
  out.kinds_ = {section(texts), texts};
  out.lists_ = {section(header.list_bytes), header.list_bytes};
  return out;
}

std::optional<std::uint32_t> NameTable::find(std::string_view wanted) const {
  const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), wanted, [&](std::uint32_t text, std::string_view key) {
    return text < texts_ && id(text) < key;
  });
  if (at == by_id_.end() || *at >= texts_ || id(*at) != wanted) return std::nullopt;
  return *at;
}

void NameTable::decode(std::size_t name, std::vector<std::uint32_t>& out) const {
  const std::size_t end = std::min<std::size_t>(starts_[name + 1], lists_.size());
  std::uint32_t text = 0;
  for (std::size_t at = starts_[name]; at < end;) {
    std::uint32_t step = 0;
    for (unsigned shift = 0; at < end; shift += 7) {
      const auto byte = static_cast<unsigned char>(lists_[at++]);
      step |= shift < 32 ? (byte & 127U) << shift : 0U;
      if (byte < 128) break;
    }
    text += step;
    if (text < texts_) out.push_back(text);
  }
}

void NameTable::mentioning(std::uint64_t hash, std::vector<std::uint32_t>& out) const {
  const auto at = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
  if (at != hashes_.end() && *at == hash) decode(static_cast<std::size_t>(at - hashes_.begin()), out);
}

NameLists NameTable::lists(const std::vector<std::uint32_t>& renumber) const {
  NameLists out;
  std::vector<std::uint32_t> here;
  for (std::size_t name = 0; name < hashes_.size(); ++name) {
    here.clear();
    decode(name, here);
    const std::size_t before = out.texts.size();
    for (const std::uint32_t text : here)
      if (renumber[text] != no_text) out.texts.push_back(renumber[text]);
    if (out.texts.size() == before) continue;
    out.hashes.push_back(hashes_[name]);
    out.starts.push_back(static_cast<std::uint32_t>(before));
  }
  out.starts.push_back(static_cast<std::uint32_t>(out.texts.size()));
  return out;
}

}  // namespace planner
