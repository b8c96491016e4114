#include "gateway/http/site.h"

#include <utility>

#include "gateway/http/responses.h"
#include "gateway/http/site_folder.h"

namespace omzien::gateway::http {
namespace {

std::string_view name_of(Coding coding) {
  switch (coding) {
    case Coding::kBrotli: return "br";
    case Coding::kGzip: return "gzip";
    case Coding::kIdentity: break;
  }
  return {};
}

}  // namespace

Site::Site(const std::filesystem::path& folder, Over over, const HttpLimits& limits) {
  for (auto& [name, file] : read_site_folder(folder, limits))
    for (auto& [coding, bytes] : file.bytes) {
      auto header = page_header(file.type, name_of(coding), bytes.size(), over == Over::kTls);
      files_[name][coding] = {std::move(header), std::move(bytes)};
    }
}

std::optional<Site::Page> Site::find(std::string_view target, const Codings& codings) const {
  if (!target.starts_with('/')) return std::nullopt;
  const auto file = files_.find(target == "/" ? kIndexName : target.substr(1));
  if (file == files_.end()) return std::nullopt;

  const Variant* best = nullptr;
  int best_weight = 0;
  for (const auto& [coding, variant] : file->second) {
    const int weight = codings.weight_of(coding);
    const bool smaller = best == nullptr || variant.body.size() < best->body.size();
    if (weight == 0 || weight < best_weight || (weight == best_weight && !smaller)) continue;
    best = &variant;
    best_weight = weight;
  }
  if (best == nullptr) return std::nullopt;
  return Page{crypto::as_bytes(best->header), best->body};
}

}  // namespace omzien::gateway::http
