#include "clients/core/attachment.h"

#include <algorithm>

#include "clients/core/fetch.h"
#include "crypto/open/file_secrets.h"

namespace omzien::core {
namespace {

using rules::OperationKind;
using rules::Status;

// A chunk as an operation, with the operation's own fields: what one takes of a frame.
constexpr std::size_t kChunkOperationBytes = rules::kFileChunkSealedBytes + 256;

Error quota() {
  return {ErrorKind::kRefused,
          "this case takes no more for now. A case takes large files once an adviser has answered; "
          "the rest has to wait until tomorrow"};
}

AttachedFile describe(const ScannedFile& scanned, const Identity& self,
                      const protocol::Handle& handle, rules::Compartment compartment) {
  auto secrets =
      crypto::file_secrets(self.local_key(), handle, static_cast<std::uint32_t>(compartment),
                           scanned.size(), scanned.sha256());
  return {scanned.name(),
          scanned.media_type(),
          scanned.size(),
          scanned.sha256(),
          secrets.upload_id,
          static_cast<std::uint32_t>(crypto::stream_chunks(scanned.size())),
          std::make_shared<const crypto::FileKey>(std::move(secrets.key))};
}

Result<ScannedFile> as_it_was(const PendingFile& file) {
  auto scanned = ScannedFile::scan(file.path);
  if (scanned && (scanned->size() != file.size || scanned->sha256() != file.sha256))
    return fail(ErrorKind::kBadInput, file.path.string() +
                                          " is not the file it was. Attach it anew, or "
                                          "\"omzien outbox drop\" forgets it");
  return scanned;
}

bool stands_in(const OpenedCase& opened, const AttachedFile& file) {
  const auto files = files_of(opened);
  return std::any_of(files.begin(), files.end(), [&](const FoundFile& found) {
    return found.file->upload_id == file.upload_id;
  });
}

}  // namespace

Result<AttachedNow> Attaching::attach(const protocol::Handle& handle,
                                      rules::Compartment compartment,
                                      const std::filesystem::path& path) {
  const auto scanned = ScannedFile::scan(path);
  if (!scanned) return tl::unexpected(scanned.error());
  const PendingFile pending{handle, compartment, std::filesystem::absolute(path), scanned->size(),
                            scanned->sha256()};
  if (auto kept = remember(pending); !kept) return tl::unexpected(kept.error());
  return send(pending, *scanned);
}

Result<std::vector<AttachedNow>> Attaching::attach_waiting() {
  const auto pending = PendingFiles::load(folder_, self_);
  if (!pending) return tl::unexpected(pending.error());
  std::vector<AttachedNow> done;
  // A file that is gone or changed keeps nobody but itself waiting.
  std::optional<Error> missed;
  for (const auto& file : pending->files()) {
    const auto scanned = as_it_was(file);
    if (!scanned) {
      if (!missed) missed = scanned.error();
      continue;
    }
    auto sent = send(file, *scanned);
    if (!sent) return tl::unexpected(sent.error());
    done.push_back(std::move(*sent));
  }
  if (missed) return tl::unexpected(std::move(*missed));
  return done;
}

Result<AttachedNow> Attaching::send(const PendingFile& pending, const ScannedFile& scanned) {
  const auto file = describe(scanned, self_, pending.handle, pending.compartment);
  // Its event may wait already, sealed by a program that was cut off: that one goes first.
  {
    auto outbox = Outbox::load(folder_, self_);
    if (!outbox) return tl::unexpected(outbox.error());
    Delivery delivery(connection_, self_, *outbox, folder_, random_);
    if (auto waited = delivery.deliver_waiting(); !waited) return tl::unexpected(waited.error());
  }

  const auto opened = fetch_case(connection_, pending.handle, self_);
  if (!opened) return tl::unexpected(opened.error());
  const bool already = stands_in(*opened, file);
  if (!already) {
    if (!opened->share)
      return fail(ErrorKind::kRefused, "this part of the case is not shared with you");
    if (auto sent = upload(pending.handle, file, *opened->share, scanned); !sent)
      return tl::unexpected(sent.error());
    // Anew: while a large file goes, which takes hours, others may write.
    auto outbox = Outbox::load(folder_, self_);
    if (!outbox) return tl::unexpected(outbox.error());
    const auto id =
        outbox->add(EventDraft{pending.handle, pending.compartment, Attachment{{file}}}, random_)
            .id;
    Delivery delivery(connection_, self_, *outbox, folder_, random_);
    if (auto accepted = delivery.deliver(id); !accepted) return tl::unexpected(accepted.error());
  }
  if (auto gone = forget(pending); !gone) return tl::unexpected(gone.error());
  return AttachedNow{file, already};
}

// In order, so that what arrived is a beginning: the answer to the first chunk says how long. Only
// where chunks were dropped for their age is there a gap, and then a second pass fills it.
Result<void> Attaching::upload(const protocol::Handle& handle, const AttachedFile& file,
                               const crypto::CaseShare& share, const ScannedFile& scanned) {
  const std::uint64_t batch = frame_room(connection_.frame_size()) / kChunkOperationBytes;
  std::uint32_t stored = 0;
  for (const bool go_on : {true, false}) {
    crypto::StreamSealer sealer(*file.key, share, file.upload_id, file.size);
    for (std::uint64_t next = 0; next < file.chunks;) {
      const auto count = next == 0 ? 1 : std::min(batch, file.chunks - next);
      const auto now = put(handle, file, sealer, scanned, next, count);
      if (!now) return tl::unexpected(now.error());
      stored = *now;
      next += count;
      if (go_on) next = std::max<std::uint64_t>(next, std::min(stored, file.chunks));
      if (progress_) progress_(next, file.chunks);
    }
    if (stored == file.chunks) return {};
  }
  return fail(ErrorKind::kUnreachable, "part of " + file.name + " did not arrive; try again");
}

// Sends `count` chunks from `first` in one frame; how many the gateway has now.
Result<std::uint32_t> Attaching::put(const protocol::Handle& handle, const AttachedFile& file,
                                     crypto::StreamSealer& sealer, const ScannedFile& scanned,
                                     std::uint64_t first, std::uint64_t count) {
  sealer.seek(first);
  std::vector<Call> calls;
  for (std::uint64_t chunk = first; chunk < first + count; ++chunk) {
    auto data = scanned.chunk_data(chunk);
    if (!data) return tl::unexpected(data.error());
    calls.push_back(
        {OperationKind::kPutChunk,
         encode(protocol::PutChunk{handle, file.upload_id, static_cast<std::uint32_t>(chunk),
                                   file.chunks, sealer.next(*data)})});
    crypto::wipe(*data);
  }
  const auto results = connection_.submit(calls, &self_.signing_key());
  if (!results) return tl::unexpected(results.error());
  std::uint32_t stored = 0;
  for (const auto& result : *results) {
    if (result.status == Status::kQuota) return tl::unexpected(quota());
    if (result.status != Status::kDone) return tl::unexpected(refusal(result.status));
    const auto upload = protocol::parse<protocol::Upload>(result.body);
    if (!upload) return fail(ErrorKind::kUnreachable, "the gateway's answer can't be read");
    stored = upload->chunks_stored;
  }
  return stored;
}

Result<void> Attaching::remember(const PendingFile& file) {
  return PendingFiles::change(folder_, self_, random_,
                              [&](PendingFiles& pending) { pending.add(file); });
}

Result<void> Attaching::forget(const PendingFile& file) {
  return PendingFiles::change(folder_, self_, random_,
                              [&](PendingFiles& pending) { pending.remove(file); });
}

Result<void> keep_for_later(const LocalFolder& folder, const Identity& self, crypto::Random& random,
                            const protocol::Handle& handle, rules::Compartment compartment,
                            const std::filesystem::path& path, const ScannedFile& scanned) {
  return PendingFiles::change(folder, self, random, [&](PendingFiles& pending) {
    pending.add(
        {handle, compartment, std::filesystem::absolute(path), scanned.size(), scanned.sha256()});
  });
}

}  // namespace omzien::core
