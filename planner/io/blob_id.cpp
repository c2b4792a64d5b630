#include "planner/io/blob_id.h"

#include <array>
#include <fmt/format.h>
#include <sha1.h>
#include <sha2.h>

namespace planner::io {
namespace {

const std::uint8_t* raw(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

}  // namespace

ObjectId blob_id(std::string_view bytes, std::string_view object_format) {
  std::string header = fmt::format("blob {}", bytes.size());
  header += '\0';
  if (object_format == "sha256") {
    SHA2_CTX context;
    std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
    SHA256Init(&context);
    SHA256Update(&context, raw(header), header.size());
    SHA256Update(&context, raw(bytes), bytes.size());
    return SHA256End(&context, hex.data());
  }
  SHA1_CTX context;
  std::array<char, SHA1_DIGEST_STRING_LENGTH> hex{};
  SHA1Init(&context);
  SHA1Update(&context, raw(header), header.size());
  SHA1Update(&context, raw(bytes), bytes.size());
  return SHA1End(&context, hex.data());
}

}  // namespace planner::io
