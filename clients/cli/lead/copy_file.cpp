#include "clients/cli/lead/copy_file.h"

#include "clients/cli/lead/hex_field.h"
#include "clients/cli/render.h"
#include "clients/core/local_folder.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

using core::Result;

std::optional<core::CopiedEntry> entry_from(const nlohmann::json& row) {
  auto header = bytes_at(row, "header");
  const auto signature = value_at<crypto::Signature>(row, "signature");
  if (!header || !signature) return std::nullopt;
  core::CopiedEntry entry{std::move(*header), *signature, {}, std::nullopt};
  if (!row.contains("payload") && !row.contains("key")) return entry;
  auto payload = bytes_at(row, "payload");
  entry.key = value_at<crypto::EnvelopeKey>(row, "key");
  if (!payload || !entry.key) return std::nullopt;
  entry.payload = std::move(*payload);
  return entry;
}

}  // namespace

nlohmann::json to_json(const core::OwnCopy& copy) {
  auto entries = nlohmann::json::array();
  for (const auto& entry : copy.entries) {
    nlohmann::json row{{"header", crypto::to_hex(entry.header)},
                       {"signature", entry.signature.hex()}};
    if (entry.key) {
      row["payload"] = crypto::to_hex(entry.payload);
      row["key"] = crypto::to_hex(entry.key->reveal());
    }
    entries.push_back(std::move(row));
  }
  return {{"omzien", "case"},
          {"version", 1},
          {"service_id", copy.service.hex()},
          {"handle", copy.handle.hex()},
          {"handle_words", core::handle_words(copy.handle)},
          {"directory", crypto::to_hex(copy.directory)},
          {"entries", std::move(entries)}};
}

std::optional<core::OwnCopy> copy_from(const nlohmann::json& object) {
  if (!says_it_is(object, "case")) return std::nullopt;
  const auto service = value_at<protocol::ServiceId>(object, "service_id");
  const auto handle = value_at<protocol::Handle>(object, "handle");
  auto directory = bytes_at(object, "directory");
  const auto entries = object.find("entries");
  if (!service || !handle || !directory || entries == object.end() || !entries->is_array())
    return std::nullopt;
  core::OwnCopy copy{*service, *handle, std::move(*directory), {}};
  for (const auto& row : *entries) {
    auto entry = entry_from(row);
    if (!entry) return std::nullopt;
    copy.entries.push_back(std::move(*entry));
  }
  return copy;
}

std::string text_of(const core::OpenedCase& opened, const protocol::Directory& directory) {
  return render_case(opened, core::fold(opened, directory)).lines;
}

Result<void> write_copy(const std::filesystem::path& folder, const core::OwnCopy& copy,
                        const protocol::Directory& directory) {
  // Opened again from what is written: so it is known to open, and to say just that.
  const auto opened = core::open_copy(copy, directory);
  if (!opened) return tl::unexpected(opened.error());
  std::error_code error;
  if (!std::filesystem::create_directory(folder, error))
    return core::fail(core::ErrorKind::kBadInput,
                      folder.string() + (error ? " can't be made: " + error.message()
                                               : " is there already; it is left as it is"));
  const auto json = to_json(copy).dump(1) + "\n";
  if (auto done = core::write_file(folder / "case.json", crypto::as_bytes(json)); !done)
    return done;
  return core::write_file(folder / "case.txt", crypto::as_bytes(text_of(*opened, directory)));
}

}  // namespace omzien::cli
