#include "planner/past_order.h"

#include <fmt/format.h>
#include <memory>
#include <set>

#include "planner/edited_places.h"

namespace planner {
namespace {

using parsers::Intent;

/// A path as it stands: whatever it looks like, it is no pattern.
Entry whole(const std::string& path, Intent intent) {
  Entry out;
  out.resource = {Resource::Kind::path, path};
  out.intent = intent;
  out.intent_declared = true;
  out.written = path;
  return out;
}

bool is_gap(std::string_view place) { return place.starts_with('<'); }

Entry symbol(const std::string& path, const std::string& name, Intent intent, SymbolCover cover) {
  Entry out = whole(path, intent);
  out.resource = {Resource::Kind::symbol, fmt::format("{}::{}", path, name)};
  out.written = out.resource.text;
  out.cover = std::make_shared<SymbolCover>(std::move(cover));
  return out;
}

}  // namespace

std::string_view to_string(Granularity granularity) {
  switch (granularity) {
    case Granularity::file:
      return "file";
    case Granularity::symbol:
      return "symbol";
    case Granularity::gap:
      return "symbol-and-gap";
  }
  return "";
}

WrittenFile written_file(const FileEdit& edit, const EditedText& text) {
  WrittenFile out;
  out.edit = &edit;
  if (edit.kind != FileEdit::Kind::modified || !text.read || !has_places(text) || text.hunks.empty()) return out;
  const EditedPlaces edited(text);
  std::set<std::string> places, created;
  for (const LineHunk& hunk : text.hunks)
    for (std::string& place : edited.of(hunk)) places.insert(std::move(place));
  for (const SymbolChange& change : text.symbols)
    if (change.kind == SymbolChange::Kind::added || change.kind == SymbolChange::Kind::renamed)
      created.insert(change.symbol);
  out.known = true;
  out.places.assign(places.begin(), places.end());
  out.created.assign(created.begin(), created.end());
  return out;
}

std::vector<Entry> entries_of(const WrittenFile& file, Granularity granularity, const parsers::CodeOutline* version) {
  const FileEdit& edit = *file.edit;
  switch (edit.kind) {
    case FileEdit::Kind::added:
      return {whole(edit.path, Intent::create)};
    case FileEdit::Kind::removed:
      return {whole(edit.path, Intent::remove)};
    case FileEdit::Kind::renamed:
      return {whole(edit.old_path, Intent::rename), whole(edit.path, Intent::create)};
    case FileEdit::Kind::modified:
      break;
  }
  if (granularity == Granularity::file || !file.known || version == nullptr || !version->proven())
    return {whole(edit.path, Intent::modify)};
  std::vector<Entry> out;
  for (const std::string& place : file.places) {
    if (granularity == Granularity::symbol) {
      if (!is_gap(place))
        out.push_back(symbol(edit.path, place, Intent::modify, {true, "", false, false, place, {}, {}}));
      continue;
    }
    auto cover = cover_of(*version, place, false, {});
    if (const auto* known = std::get_if<SymbolCover>(&cover); known != nullptr && known->proven)
      out.push_back(symbol(edit.path, place, Intent::modify, *known));
    else
      return {whole(edit.path, Intent::modify)};
  }
  // Where a new symbol goes is among the gaps already.
  for (const std::string& name : file.created)
    out.push_back(symbol(edit.path, name, Intent::create, {true, "", true, false, name, {}, {}}));
  return out;
}

Order past_order(std::string id, std::vector<Entry> write) {
  Order out;
  out.id = std::move(id);
  out.write = std::move(write);
  return out;
}

}  // namespace planner
