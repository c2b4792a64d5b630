#include "planner/compare_work.h"

#include <algorithm>
#include <set>

namespace planner {
namespace {

/// A larger file is no source.
constexpr std::size_t most_bytes = std::size_t{1} << 20;
constexpr std::uint32_t submodule = 0160000;

bool is_text(std::string_view text) { return text.find('\0') == std::string_view::npos; }

}  // namespace

const FileEdit* BranchWork::now_at(std::string_view path) const {
  const auto found = std::lower_bound(edits.begin(), edits.end(), path,
                                      [](const FileEdit& e, std::string_view p) { return e.path < p; });
  return found == edits.end() || found->path != path || found->kind == FileEdit::Kind::removed ? nullptr : &*found;
}

const FileEdit* BranchWork::once_at(std::string_view path) const {
  const auto found = std::find_if(edits.begin(), edits.end(), [&](const FileEdit& e) { return e.old_path == path; });
  return found == edits.end() ? nullptr : &*found;
}

std::vector<FileEdit> file_edits(const std::vector<Change>& changes) {
  std::map<std::string_view, const Change*> removed;
  std::set<std::string_view> moved;
  for (const Change& change : changes)
    if (change.kind == Change::Kind::removed) removed.emplace(change.path, &change);
  for (const Change& change : changes)
    if (change.kind == Change::Kind::added && removed.contains(change.renamed_from)) moved.insert(change.renamed_from);
  std::vector<FileEdit> out;
  for (const Change& change : changes) {
    FileEdit edit{FileEdit::Kind::modified, change.path,     change.path,    change.old_mode,
                  change.new_mode,          change.old_blob, change.new_blob};
    switch (change.kind) {
      case Change::Kind::added:
        edit.kind = FileEdit::Kind::added;
        edit.old_path.clear();
        if (moved.contains(change.renamed_from)) {
          const Change& from = *removed.at(change.renamed_from);
          edit.kind = FileEdit::Kind::renamed;
          edit.old_path = from.path;
          edit.old_mode = from.old_mode;
          edit.old_blob = from.old_blob;
          moved.erase(from.path);  // once: a second copy of it is a new file
          removed.erase(from.path);
        }
        break;
      case Change::Kind::removed:
        edit.kind = FileEdit::Kind::removed;
        break;
      case Change::Kind::modified:
      case Change::Kind::type_changed:
        break;
    }
    out.push_back(std::move(edit));
  }
  std::set<std::string> renamed;
  for (const FileEdit& edit : out)
    if (edit.kind == FileEdit::Kind::renamed) renamed.insert(edit.old_path);
  std::erase_if(out, [&](const FileEdit& e) { return e.kind == FileEdit::Kind::removed && renamed.contains(e.path); });
  return out;
}

Result<void> EditReader::read(const std::vector<const FileEdit*>& edits) {
  std::vector<std::string> names;
  for (const FileEdit* edit : edits) {
    if (!edit->old_blob.empty() && edit->old_mode != submodule) names.push_back(edit->old_blob);
    if (!edit->new_blob.empty() && edit->new_mode != submodule) names.push_back(edit->new_blob);
  }
  return read_blobs(std::move(names));
}

Result<void> EditReader::read_blobs(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::erase_if(names,
                [&](const std::string& name) { return blobs_.contains(name) || name.find('\n') != std::string::npos; });
  if (names.empty()) return {};
  auto contents = repository_.blobs(names, most_bytes);
  if (!contents) return tl::make_unexpected(contents.error());
  for (std::size_t i = 0; i < names.size(); ++i) blobs_.emplace(names[i], std::move((*contents)[i]));
  return {};
}

const std::string* EditReader::blob(const std::string& name) const {
  const auto found = blobs_.find(name);
  return found == blobs_.end() || !found->second ? nullptr : &*found->second;
}

const parsers::CodeOutline* EditReader::outline(parsers::Language language, const std::string& name) {
  static const std::string nothing;
  const std::string* text = name.empty() ? &nothing : blob(name);
  if (text == nullptr) return nullptr;
  auto& kept = outlines_[{language, name}];
  if (!kept) kept = std::make_unique<parsers::CodeOutline>(parsers::outline(language, *text));
  return kept.get();
}

const EditedText& EditReader::text(const FileEdit& edit) {
  auto& kept = texts_[{edit.old_blob, edit.new_blob, edit.path}];
  if (kept) return *kept;
  kept = std::make_unique<EditedText>();
  EditedText& out = *kept;
  const std::string* before = edit.old_blob.empty() ? nullptr : blob(edit.old_blob);
  const std::string* after = edit.new_blob.empty() ? nullptr : blob(edit.new_blob);
  if ((before == nullptr && !edit.old_blob.empty()) || (after == nullptr && !edit.new_blob.empty())) return out;
  if ((before != nullptr && !is_text(*before)) || (after != nullptr && !is_text(*after))) return out;
  out.read = true;
  if (before != nullptr) out.before = *before;
  if (after != nullptr) out.after = *after;
  out.hunks = line_hunks(out.before, out.after);
  out.language = parsers::language_of(edit.path);
  if (!out.language) return out;
  out.old_outline = outline(*out.language, edit.old_blob);
  out.new_outline = outline(*out.language, edit.new_blob);
  if (out.old_outline->proven() && out.new_outline->proven())
    out.symbols = symbol_changes(*out.old_outline, *out.new_outline);
  return out;
}

std::vector<CommonFile> common_files(const BranchWork& a, const BranchWork& b) {
  std::map<std::string_view, const FileEdit*> once, now;
  for (const FileEdit& edit : b.edits) {
    if (!edit.old_path.empty()) once.emplace(edit.old_path, &edit);
    if (edit.kind != FileEdit::Kind::removed) now.emplace(edit.path, &edit);
  }
  std::vector<CommonFile> out;
  for (const FileEdit& edit : a.edits) {
    const auto& where = edit.old_path.empty() ? now : once;
    const auto found = where.find(edit.old_path.empty() ? edit.path : edit.old_path);
    if (found != where.end()) out.push_back({&edit, found->second});
  }
  return out;
}

}  // namespace planner
