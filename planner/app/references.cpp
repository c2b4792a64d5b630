#include "planner/app/references.h"

#include <algorithm>

#include "planner/io/files.h"
#include "planner/links.h"
#include "planner/report/references.h"

namespace planner::app {
namespace {

constexpr std::size_t at_once = 128;    // files that are parsed together
constexpr std::size_t kept_for = 1024;  // files after which all outlines are given back

}  // namespace

Result<void> write_references(Code& code, const std::string& path,
                              const std::function<void(std::size_t done, std::size_t of)>& progress) {
  Result<io::FileBeside> out = io::FileBeside::open(path);
  if (!out) return tl::make_unexpected(out.error());
  std::vector<CodeFileId> sources;
  for (std::size_t i = 0; i < code.files().size(); ++i)
    if (code.files()[i].language) sources.emplace_back(i);
  Linker linker(code);
  for (std::size_t first = 0; first < sources.size(); first += at_once) {
    progress(first, sources.size());
    const std::size_t last = std::min(first + at_once, sources.size());
    const std::vector<CodeFileId> here(sources.begin() + static_cast<std::ptrdiff_t>(first),
                                       sources.begin() + static_cast<std::ptrdiff_t>(last));
    code.prepare(here);
    for (const CodeFileId file : here) {
      std::vector<Link> links = linker.links_from(file);
      std::erase_if(links, [&](const Link& link) {
        return link.reference == no_reference || !linker.is_use(file, code.outline(file).references[link.reference]);
      });
      if (Result<void> written = out->write(report::reference_rows(code, links)); !written) return written;
    }
    if (last % kept_for == 0) linker.forget();
  }
  progress(sources.size(), sources.size());
  return out->put();
}

}  // namespace planner::app
