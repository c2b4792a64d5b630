#include "planner/io/code_reading.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <fmt/format.h>
#include <thread>

#include "planner/io/blob_id.h"

namespace planner::io {
namespace {

using Place = ListedFile::Place;

constexpr std::size_t chunk = 32;  // files a thread takes at once: neighbours, mostly of one directory
constexpr std::size_t batch_bytes = std::size_t{4} << 20;

}  // namespace

void on_reading_threads(const std::function<void(std::size_t thread)>& work) {
  std::array<std::exception_ptr, reading_threads> failed;
  const auto guarded = [&](std::size_t thread) {
    try {
      work(thread);
    } catch (...) {
      failed[thread] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < reading_threads; ++i) others.emplace_back(guarded, i);
    guarded(0);
  }
  for (const std::exception_ptr& one : failed)
    if (one) std::rethrow_exception(one);
}

/// False: its contents have to come out of the store.
bool CodeReading::from_disk(SourceDirectory& disk, const ListedFile& file, Trust trust, std::size_t most_bytes,
                            CodeContents& out) const {
  const bool blob_known = !file.blob.empty();
  SourceText text = disk.read(file.path, most_bytes);
  if (!text.why.empty()) {
    if (blob_known) return false;
    out.why = std::move(text.why);
    out.too_large = text.too_large;
    return true;
  }
  out.bytes = text.bytes;
  if (file.place == Place::unchanged && trust == Trust::stat && text.changed < asked_)
    out.id = file.blob;
  else
    out.id = blob_id(text.bytes, repository_->layout().object_format);
  return !blob_known || out.id == file.blob;
}

void CodeReading::read(const std::vector<ListedFile>& listed, const std::vector<std::uint32_t>& wanted, Trust trust,
                       std::size_t most_bytes, const Visit& visit) const {
  std::array<std::vector<std::uint32_t>, reading_threads> stored;
  std::atomic<std::size_t> next = 0;
  const auto work = [&](std::size_t thread) {
    SourceDirectory disk(top_);
    for (std::size_t first = next.fetch_add(chunk); first < wanted.size(); first = next.fetch_add(chunk)) {
      for (std::size_t i = first; i < std::min(first + chunk, wanted.size()); ++i) {
        const ListedFile& file = listed[wanted[i]];
        CodeContents contents;
        // In a commit's tree a file is worth a look on disk only when its bytes are hashed anyway.
        const bool look = !top_.empty() && (file.place != Place::object || trust == Trust::bytes);
        if (look && from_disk(disk, file, trust, most_bytes, contents))
          visit(thread, wanted[i], contents);
        else
          stored[thread].push_back(wanted[i]);
      }
    }
  };
  if (wanted.size() <= chunk)
    work(0);
  else
    on_reading_threads(work);
  std::vector<std::uint32_t> rest;
  for (const auto& part : stored) rest.insert(rest.end(), part.begin(), part.end());
  std::sort(rest.begin(), rest.end());
  if (!rest.empty()) from_store(listed, rest, most_bytes, visit);
}

void CodeReading::from_store(const std::vector<ListedFile>& listed, const std::vector<std::uint32_t>& wanted,
                             std::size_t most_bytes, const Visit& visit) const {
  const auto ids = [&](std::size_t first, std::size_t last) {
    std::vector<ObjectId> out;
    for (std::size_t i = first; i < last; ++i) out.push_back(listed[wanted[i]].blob);
    return out;
  };
  const auto refuse = [&](std::size_t thread, std::size_t i, std::string why, bool too_large = false) {
    CodeContents contents;
    contents.why = std::move(why);
    contents.too_large = too_large;
    contents.id = too_large ? listed[wanted[i]].blob : ObjectId();
    visit(thread, wanted[i], contents);
  };
  const auto sizes = repository_->blob_sizes(ids(0, wanted.size()));  // makes the scratch repository, too
  if (!sizes) {
    for (std::size_t i = 0; i < wanted.size(); ++i) refuse(0, i, "cannot be read: " + sizes.error().what);
    return;
  }
  std::vector<std::size_t> batches{0};  // where each begins
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::size_t size = std::min((*sizes)[i].value_or(0), most_bytes);
    if (bytes + size > batch_bytes && i != batches.back()) {
      batches.push_back(i);
      bytes = 0;
    }
    bytes += size;
  }
  batches.push_back(wanted.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&](std::size_t thread) {
    for (std::size_t b = next++; b + 1 < batches.size(); b = next++) {
      std::vector<std::size_t> here;
      std::vector<ObjectId> names;
      for (std::size_t i = batches[b]; i < batches[b + 1]; ++i) {
        if (!(*sizes)[i]) {
          refuse(thread, i, "is not in this clone");
        } else if (*(*sizes)[i] > most_bytes) {
          refuse(thread, i, fmt::format("is larger than {} MiB", most_bytes >> 20), true);
        } else {
          here.push_back(i);
          names.push_back(listed[wanted[i]].blob);
        }
      }
      if (here.empty()) continue;
      const auto texts = repository_->whole_blobs(names);
      for (std::size_t k = 0; k < here.size(); ++k) {
        if (!texts || !(*texts)[k]) {
          refuse(thread, here[k], "cannot be read" + (texts ? std::string() : ": " + texts.error().what));
          continue;
        }
        CodeContents contents;
        contents.bytes = *(*texts)[k];
        contents.id = names[k];
        visit(thread, wanted[here[k]], contents);
      }
    }
  };
  if (batches.size() <= 2)
    work(0);
  else
    on_reading_threads(work);
}

}  // namespace planner::io
