#include "clients/core/delivery.h"

#include <algorithm>

#include "clients/core/fetch.h"
#include "clients/core/readers.h"
#include "clients/core/seal_answer.h"

namespace omzien::core {
namespace {

using rules::Status;

constexpr int kSealTries = 8;
// An operation's own fields around its body: kind, key, beacon, signature and their tags.
constexpr std::size_t kOperationBytes = 160;

bool stale(Status status) {
  return status == Status::kStaleHead || status == Status::kStaleDay ||
         status == Status::kStaleDirectory;
}

protocol::SubmittedEntry submitted(const FrozenEntry& entry) {
  return {entry.header, entry.signature.to_bytes(),
          entry.upload_id ? crypto::Bytes{} : entry.payload, entry.upload_id};
}

crypto::Bytes operation_body(const OutboxItem& item) {
  std::vector<protocol::SubmittedEntry> entries;
  for (const auto& entry : item.entries) entries.push_back(submitted(entry));
  if (!item.case_share.empty())
    return encode(protocol::OpenCase{item.case_share, std::move(entries)});
  return encode(protocol::Append{std::move(entries)});
}

void add_chunks(std::vector<Call>& calls, const protocol::Handle& handle,
                const FrozenEntry& entry) {
  const auto count = (entry.payload.size() + rules::kChunkBytesMax - 1) / rules::kChunkBytesMax;
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = crypto::ByteView(entry.payload).subspan(i * rules::kChunkBytesMax);
    const auto bytes = rest.first(std::min(rest.size(), rules::kChunkBytesMax));
    const protocol::PutChunk chunk{handle,
                                   *entry.upload_id,
                                   static_cast<std::uint32_t>(i),
                                   static_cast<std::uint32_t>(count),
                                   {bytes.begin(), bytes.end()}};
    calls.push_back({rules::OperationKind::kPutChunk, encode(chunk)});
  }
}

}  // namespace

Result<protocol::Accepted> Delivery::deliver(const ItemId& id) {
  auto& items = outbox_.items();
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const OutboxItem& item) { return item.id == id; });
  if (found == items.end())
    return fail(ErrorKind::kDefect, "nothing of that name waits to be sent");
  auto& item = *found;
  for (int tries = 0; tries < kSealTries; ++tries) {
    if (item.entries.empty())
      if (auto sealed = seal(item); !sealed) return give_up(item, sealed.error());
    if (auto saved = save(); !saved) return tl::unexpected(saved.error());
    const auto answer = send(item);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == Status::kDone) {
      auto accepted = protocol::parse<protocol::Accepted>(answer->body);
      if (!accepted) return fail(ErrorKind::kUnreachable, "the gateway's answer can't be read");
      outbox_.remove(item.id);
      if (auto saved = save(); !saved) return tl::unexpected(saved.error());
      return std::move(*accepted);
    }
    if (answer->status == Status::kIncomplete) {
      if (auto staged = stage(item); !staged) return tl::unexpected(staged.error());
      continue;
    }
    if (!stale(answer->status)) return give_up(item, refusal(answer->status));
    if (auto refreshed = connection_.refresh_directory(); !refreshed)
      return tl::unexpected(refreshed.error());
    item.entries.clear();
    item.case_share.clear();
  }
  return fail(ErrorKind::kUnreachable,
              "this case changes faster than the text can be sent; try again");
}

tl::unexpected<Error> Delivery::give_up(OutboxItem& item, Error error) {
  item.refused = error.kind == ErrorKind::kRefused || error.kind == ErrorKind::kBadInput;
  if (auto saved = save(); !saved) return tl::unexpected(saved.error());
  return tl::unexpected(std::move(error));
}

Result<std::size_t> Delivery::deliver_waiting() {
  std::vector<ItemId> waiting;
  for (const auto& item : outbox_.items())
    if (!item.refused) waiting.push_back(item.id);
  for (const auto& id : waiting)
    if (auto delivered = deliver(id); !delivered) return tl::unexpected(delivered.error());
  return waiting.size();
}

Result<void> Delivery::seal(OutboxItem& item) {
  if (const auto* opening = std::get_if<OpeningDraft>(&item.draft))
    return seal_opening(item, *opening);
  if (const auto* answer = std::get_if<AnswerDraft>(&item.draft))
    return seal_decision(item, *answer);
  return seal_addition(item, std::get<EventDraft>(item.draft));
}

Result<void> Delivery::seal_opening(OutboxItem& item, const OpeningDraft& draft) {
  const auto* reporter = dynamic_cast<const Reporter*>(&self_);
  if (reporter == nullptr) return fail(ErrorKind::kDefect, "only a reporter opens a case");
  const auto people = find_readers(draft, connection_.directory());
  if (!people) return tl::unexpected(people.error());
  auto ids = people->members;
  if (people->stand_in) ids.push_back(*people->stand_in);
  auto certificates = connection_.certificates(ids);
  if (!certificates) return tl::unexpected(certificates.error());
  Readers readers;
  if (people->stand_in) {
    readers.stand_in = std::move(certificates->back());
    certificates->pop_back();
  }
  readers.advisers = std::move(*certificates);
  auto sealed = seal_case(*reporter, draft.story, readers, connection_.directory(),
                          connection_.today(), random_);
  const auto share = sealed.share.reveal();
  item.case_share.assign(share.begin(), share.end());
  freeze(item, std::move(sealed.entries));
  return {};
}

Result<void> Delivery::seal_addition(OutboxItem& item, const EventDraft& draft) {
  const auto opened = fetch_case(connection_, draft.handle, self_);
  if (!opened) return tl::unexpected(opened.error());
  const auto* epoch = opened->access.newest_epoch(draft.compartment);
  const auto key =
      epoch == nullptr ? opened->keys.end() : opened->keys.find({draft.compartment, epoch->number});
  if (key == opened->keys.end() || !opened->share)
    return fail(ErrorKind::kRefused, "this part of the case is not shared with you");
  Place place{opened->chain, connection_.today(), connection_.directory().hash()};
  const EventTarget target{draft.compartment, epoch->number, draft.milestone, draft.urgent};
  std::vector<SealedEntry> sealed;
  sealed.push_back(
      seal_event(self_, place, target, draft.event, key->second, *opened->share, random_));
  freeze(item, std::move(sealed));
  return {};
}

Result<void> Delivery::seal_decision(OutboxItem& item, const AnswerDraft& draft) {
  const auto opened = fetch_case(connection_, draft.handle, self_);
  if (!opened) return tl::unexpected(opened.error());
  const auto newcomers = newcomers_of(*opened, connection_.directory(), draft, connection_.today());
  if (!newcomers) return tl::unexpected(newcomers.error());
  std::vector<protocol::MemberId> ids;
  for (const auto& newcomer : *newcomers) ids.push_back(newcomer.member_id);
  const auto certificates = connection_.certificates(ids);
  if (!certificates) return tl::unexpected(certificates.error());
  Place place{opened->chain, connection_.today(), connection_.directory().hash()};
  auto sealed = seal_answer(self_, place, *opened, draft, *newcomers, *certificates, random_);
  if (!sealed) return tl::unexpected(sealed.error());
  freeze(item, std::move(*sealed));
  return {};
}

// Payloads that make the operation larger than a frame travel as chunks, the largest first.
void Delivery::freeze(OutboxItem& item, std::vector<SealedEntry> sealed) const {
  item.entries.clear();
  for (auto& entry : sealed)
    item.entries.push_back(
        {std::move(entry.header_bytes), entry.signature, std::move(entry.payload), std::nullopt});
  const auto room = frame_room(connection_.frame_size()) - kOperationBytes;
  const auto inline_size = [](const FrozenEntry& entry) {
    return entry.upload_id ? 0 : entry.payload.size();
  };
  while (operation_body(item).size() > room) {
    const auto largest = std::max_element(
        item.entries.begin(), item.entries.end(),
        [&](const auto& a, const auto& b) { return inline_size(a) < inline_size(b); });
    if (inline_size(*largest) == 0) return;
    largest->upload_id = crypto::random_value<protocol::UploadId>(random_);
  }
}

Result<protocol::OperationResult> Delivery::send(const OutboxItem& item) {
  const auto kind =
      item.case_share.empty() ? rules::OperationKind::kAppend : rules::OperationKind::kOpen;
  auto results = connection_.submit({{kind, operation_body(item)}}, &self_.signing_key());
  if (!results) return tl::unexpected(results.error());
  return std::move(results->front());
}

Result<void> Delivery::stage(const OutboxItem& item) {
  const auto handle = protocol::parse_header(item.entries.front().header)->handle;
  std::vector<Call> calls;
  for (const auto& entry : item.entries)
    if (entry.upload_id) add_chunks(calls, handle, entry);
  const auto results = connection_.submit(calls, &self_.signing_key());
  if (!results) return tl::unexpected(results.error());
  for (const auto& result : *results)
    if (result.status != Status::kDone) return tl::unexpected(refusal(result.status));
  return {};
}

}  // namespace omzien::core
