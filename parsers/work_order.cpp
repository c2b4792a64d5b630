#include "parsers/work_order.h"

#include <array>
#include <charconv>
#include <utility>

namespace parsers {
namespace {

template <class E, std::size_t N>
std::optional<E> find_by_name(const std::array<std::pair<std::string_view, E>, N>& table, std::string_view name) {
  for (const auto& [text, value] : table)
    if (text == name) return value;
  return std::nullopt;
}

template <class E, std::size_t N>
std::string_view name_of(const std::array<std::pair<std::string_view, E>, N>& table, E value) {
  for (const auto& [text, candidate] : table)
    if (candidate == value) return text;
  return {};
}

constexpr std::array<std::pair<std::string_view, Intent>, 5> intents{{{"modify", Intent::modify},
                                                                      {"create", Intent::create},
                                                                      {"delete", Intent::remove},
                                                                      {"rename", Intent::rename},
                                                                      {"append", Intent::append}}};

constexpr std::array<std::pair<std::string_view, Status>, 6> statuses{{{"pending", Status::pending},
                                                                       {"running", Status::running},
                                                                       {"review", Status::review},
                                                                       {"done", Status::done},
                                                                       {"failed", Status::failed},
                                                                       {"dropped", Status::dropped}}};

}  // namespace

std::string_view to_string(Intent intent) { return name_of(intents, intent); }
std::string_view to_string(Status status) { return name_of(statuses, status); }
std::string_view to_string(Sure sure) {
  switch (sure) {
    case Sure::declared:
      return "declared";
    case Sure::stated:
      return "stated";
    case Sure::mentioned:
      return "mentioned";
  }
  return "";
}
std::string_view to_string(Mode mode) { return mode == Mode::shared ? "shared" : "exclusive"; }
std::optional<Intent> intent_from(std::string_view name) { return find_by_name(intents, name); }
std::optional<Status> status_from(std::string_view name) { return find_by_name(statuses, name); }

std::optional<std::int64_t> parse_estimate(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  std::int64_t unit = 0;
  switch (text.back()) {
    case 's':
      unit = 1;
      break;
    case 'm':
      unit = 60;
      break;
    case 'h':
      unit = 3600;
      break;
    default:
      return std::nullopt;
  }
  text.remove_suffix(1);
  constexpr std::int64_t most = 1'000'000'000;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size() || count < 1 || count > most / unit) return std::nullopt;
  return count * unit;
}

}  // namespace parsers
