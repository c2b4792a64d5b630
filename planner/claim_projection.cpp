#include "planner/claim_projection.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <sha2.h>
#include <utility>

namespace planner {
namespace {

constexpr Hold::Kind hold_kinds[] = {Hold::Kind::file, Hold::Kind::named, Hold::Kind::pool,
                                     Hold::Kind::key,  Hold::Kind::order, Hold::Kind::alone};
constexpr Event::Kind event_kinds[] = {Event::Kind::granted,  Event::Kind::extended,  Event::Kind::renewed,
                                       Event::Kind::released, Event::Kind::completed, Event::Kind::broken,
                                       Event::Kind::expired,  Event::Kind::reopened};
constexpr std::pair<Resource::Kind, std::string_view> resource_kinds[] = {{Resource::Kind::path, "path"},
                                                                          {Resource::Kind::directory, "directory"},
                                                                          {Resource::Kind::pattern, "pattern"},
                                                                          {Resource::Kind::symbol, "symbol"},
                                                                          {Resource::Kind::named, "named"}};

std::string_view name_of(Resource::Kind kind) {
  return std::find_if(std::begin(resource_kinds), std::end(resource_kinds),
                      [&](const auto& known) { return known.first == kind; })
      ->second;
}

/// Tab, newline and backslash as \t, \n and \\.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\t')
      out += "\\t";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\\')
      out += "\\\\";
    else
      out += c;
  }
  return out;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    if (text[i] != 't' && text[i] != 'n' && text[i] != '\\') return std::nullopt;
    out += text[i] == 't' ? '\t' : text[i] == 'n' ? '\n' : '\\';
  }
  return out;
}

/// Up to the next `end`; `rest` moves behind it. nullopt: there is none.
std::optional<std::string_view> next(std::string_view& rest, char end) {
  const std::size_t at = rest.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view field = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return field;
}

std::optional<Hold> decode_hold(std::string_view line) {
  std::string rest(line);
  rest += '\t';
  std::string_view fields = rest;
  std::array<std::string_view, 8> parts;
  for (std::string_view& part : parts) {
    const auto field = next(fields, '\t');
    if (!field) return std::nullopt;
    part = *field;
  }
  if (!fields.empty()) return std::nullopt;
  Hold hold;
  const auto kind = std::find_if(std::begin(hold_kinds), std::end(hold_kinds),
                                 [&](Hold::Kind k) { return to_string(k) == parts[0]; });
  const auto resource = std::find_if(std::begin(resource_kinds), std::end(resource_kinds),
                                     [&](const auto& known) { return known.second == parts[1]; });
  const auto intent = parsers::intent_from(parts[3]);
  const auto text = unescaped(parts[7]), exploration = unescaped(parts[6]);
  const auto number = std::from_chars(parts[5].data(), parts[5].data() + parts[5].size(), hold.capacity);
  if (kind == std::end(hold_kinds) || resource == std::end(resource_kinds) || !intent || !text || !exploration ||
      number.ec != std::errc{} || number.ptr != parts[5].data() + parts[5].size() ||
      (parts[2] != "write" && parts[2] != "read") || (parts[4] != "alone" && parts[4] != "tolerates"))
    return std::nullopt;
  hold.kind = *kind;
  hold.resource = {resource->first, *text};
  hold.writes = parts[2] == "write";
  hold.intent = *intent;
  hold.tolerates_writes = parts[4] == "tolerates";
  hold.exploration = *exploration;
  return hold;
}

std::string refusal(const Event& event, std::string_view why) {
  return fmt::format("event {} ({} of {}) {}", event.seq, to_string(event.kind), event.claim, why);
}

std::optional<std::string> apply_grant(Projection& state, const Event& event) {
  if (event.fence <= state.last_fence)
    return refusal(event, fmt::format("has fence {}, and {} was given before", event.fence, state.last_fence));
  state.last_fence = event.fence;
  state.claims.emplace(event.fence, Claim{event.claim, event.fence, event.agent, event.work_order, event.holds,
                                          event.at, event.at, event.ttl_ms});
  return std::nullopt;
}

std::optional<std::string> apply_to_claim(Projection& state, const Event& event) {
  const auto known = state.claims.find(event.fence);
  if (known == state.claims.end() || known->second.id != event.claim)
    return refusal(event, "does not follow a grant, or its claim has ended");
  Claim& claim = known->second;
  switch (event.kind) {
    case Event::Kind::extended:
      claim.holds.insert(claim.holds.end(), event.holds.begin(), event.holds.end());
      break;
    case Event::Kind::renewed:
      claim.renewed = event.at;
      claim.ttl_ms = event.ttl_ms;
      break;
    case Event::Kind::completed:
      if (!claim.work_order.empty())
        state.completions[claim.work_order] = {claim.work_order, claim.id, claim.agent,
                                               claim.fence,      event.at, event.note};
      [[fallthrough]];
    default:
      state.claims.erase(known);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> apply(Projection& state, const Event& event) {
  if (event.seq != state.last_seq + 1)
    return fmt::format("event {} follows event {}: the record has a gap", event.seq, state.last_seq);
  if (event.hash != event_hash(state.last_hash, event)) return refusal(event, "was changed after it was written");
  std::optional<std::string> wrong;
  if (event.kind == Event::Kind::granted) {
    wrong = apply_grant(state, event);
  } else if (event.kind == Event::Kind::reopened) {
    const auto done = state.completions.find(event.work_order);
    if (done == state.completions.end() || done->second.claim != event.claim)
      wrong = refusal(event, "reopens what was not completed");
    else
      state.completions.erase(done);
  } else {
    wrong = apply_to_claim(state, event);
  }
  state.last_seq = event.seq;
  state.last_hash = event.hash;
  return wrong;
}

void seal(std::vector<Event>& events, const std::string& key, std::int64_t last_seq, const std::string& last_hash) {
  std::string before = last_hash;
  for (std::size_t i = 0; i < events.size(); ++i) {
    events[i].seq = ++last_seq;
    events[i].id = fmt::format("{}/{}", key, i);
    events[i].hash = before = event_hash(before, events[i]);
  }
}

std::string event_hash(const std::string& before, const Event& event) {
  const auto field = [](std::string_view text) { return fmt::format("{}:{}", text.size(), text); };
  const std::string text =
      field(before) + field(event.id) + field(to_string(event.kind)) + field(event.claim) + field(event.agent) +
      field(event.work_order) + field(event.at.clock) + field(encode_holds(event.holds)) + field(event.note) +
      fmt::format("{},{},{},{},{}", event.seq, event.fence, event.at.ns, event.at.wall_ms, event.ttl_ms);
  std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
  SHA256Data(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), hex.data());
  return hex.data();
}

std::string encode_holds(const std::vector<Hold>& holds) {
  std::string out;
  for (const Hold& h : holds)
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", to_string(h.kind), name_of(h.resource.kind),
                       h.writes ? "write" : "read", to_string(h.intent), h.tolerates_writes ? "tolerates" : "alone",
                       h.capacity, escaped(h.exploration), escaped(h.resource.text));
  return out;
}

std::optional<std::vector<Hold>> decode_holds(std::string_view text) {
  std::vector<Hold> out;
  while (!text.empty()) {
    const auto line = next(text, '\n');
    const auto hold = line ? decode_hold(*line) : std::nullopt;
    if (!hold) return std::nullopt;
    out.push_back(*hold);
  }
  return out;
}

std::optional<Event::Kind> event_kind_from(std::string_view text) {
  for (const Event::Kind kind : event_kinds)
    if (to_string(kind) == text) return kind;
  return std::nullopt;
}

}  // namespace planner
