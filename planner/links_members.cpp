#include "planner/links_members.h"

#include <algorithm>

namespace planner {
namespace {

constexpr std::size_t most_definers = 5;
constexpr std::size_t most_found = 32;      // for one reference; more say nothing
constexpr std::size_t most_mentions = 400;  // a name in more files says nothing about any of them

bool is_method(const parsers::Definition& d) { return d.kind == parsers::SymbolKind::method; }

}  // namespace

const MemberFinder::Definers& MemberFinder::definers(CodeFileId from, std::string_view name) {
  const auto [kept, fresh] = definers_.try_emplace({binder_.rules(from), std::string(name)});
  Definers& out = kept->second;
  if (!fresh) return out;
  std::vector<CodeFileId> files = binder_.names().mentioning(name);
  std::erase_if(files, [&](CodeFileId file) { return !binder_.related(from, file); });
  out.common = files.size() > most_mentions;
  if (out.common) return out;
  std::vector<Site> declared;
  for (const CodeFileId file : files)
    for (const std::uint32_t d : binder_.names().ending_in(file, name)) {
      const parsers::Definition& definition = binder_.outline(file).definitions[d];
      if (!is_method(definition)) continue;
      (definition.block ? out.sites : declared).push_back({file, d});
    }
  if (out.sites.empty()) out.sites = std::move(declared);
  for (std::size_t i = 0; i < out.sites.size(); ++i)
    if (i == 0 || out.sites[i].file != out.sites[i - 1].file) ++out.files;
  return out;
}

void MemberFinder::add_imported(CodeFileId file, bool followed, std::vector<CodeFileId>& out) {
  const std::size_t imports = binder_.outline(file).imports.size();
  for (std::uint32_t i = 0; i < imports; ++i) {
    const Module& module = binder_.module_of(file, i);
    out.insert(out.end(), module.files.begin(), module.files.end());
    if (!followed) continue;
    const Meaning meaning = binder_.of_import(file, i);
    for (const Site& site : meaning.sites) out.push_back(site.file);
    out.insert(out.end(), meaning.module.files.begin(), meaning.module.files.end());
  }
}

const std::vector<CodeFileId>& MemberFinder::near(CodeFileId from) {
  const auto [kept, fresh] = near_.try_emplace(from.value);
  if (!fresh) return kept->second;
  const auto tidy = [](std::vector<CodeFileId>& files) {
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
  };
  std::vector<CodeFileId> out = {from};
  add_imported(from, true, out);
  tidy(out);
  const std::size_t first_hop = out.size();
  for (std::size_t i = 0; i < first_hop; ++i) add_imported(out[i], false, out);
  tidy(out);
  return near_[from.value] = std::move(out);
}

std::vector<MemberFinder::Found> MemberFinder::find(CodeFileId from, std::string_view name) {
  const Definers& all = definers(from, name);
  std::vector<Found> out;
  if (all.sites.empty()) return out;
  const std::vector<CodeFileId>& close = near(from);
  const bool few = all.files <= most_definers;
  for (const Site& site : all.sites) {
    const bool imported = std::binary_search(close.begin(), close.end(), site.file);
    if (few || imported) out.push_back({site, few && imported ? Grade::member_near : Grade::member_far});
    if (out.size() > most_found) return {};
  }
  return out;
}

}  // namespace planner
