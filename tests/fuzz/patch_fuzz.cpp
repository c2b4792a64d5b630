// The envelope of apply_patch: no path without a header that names it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "parsers/hook_patch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const parsers::HookPatch patch = parsers::read_hook_patch(text);
  for (const parsers::HookEdit& edit : patch.edits) {
    if (edit.path.empty() || text.find(edit.path) == std::string::npos) std::abort();
    if ((edit.kind == parsers::HookEdit::Kind::move) == edit.to.empty()) std::abort();
  }
  if (text.find("*** Begin Patch") == std::string::npos && !patch.edits.empty()) std::abort();
  return 0;
}
