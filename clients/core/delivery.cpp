#include "clients/core/delivery.h"

#include <algorithm>

#include "clients/core/changed_key.h"
#include "clients/core/lead/act.h"
#include "clients/core/readers.h"
#include "clients/core/seal_answer.h"
#include "clients/core/submission.h"

namespace omzien::core {
namespace {

using rules::Status;

constexpr int kSealTries = 8;

}  // namespace

Result<protocol::Accepted> Delivery::deliver(const ItemId& id) {
  auto& items = outbox_.items();
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const OutboxItem& item) { return item.id == id; });
  if (found == items.end())
    return fail(ErrorKind::kDefect, "nothing of that name waits to be sent");
  return deliver(*found, true);
}

Result<protocol::Accepted> Delivery::deliver(OutboxItem& item, bool just_written) {
  const Certificates certificates = [&](const auto& ids, Lapsed lapsed) {
    auto theirs = connection_.certificates(ids, lapsed);
    if (!theirs || lapsed == Lapsed::kTaken) return theirs;
    if (auto held = hold_to_offered(item, ids, just_written); !held)
      theirs = tl::unexpected(held.error());
    return theirs;
  };
  for (int tries = 0; tries < kSealTries; ++tries) {
    if (item.entries.empty())
      if (auto sealed = seal(item, certificates); !sealed) return give_up(item, sealed.error());
    if (auto saved = save(); !saved) return tl::unexpected(saved.error());
    const auto answer = submit(connection_, self_, item.entries, item.case_share);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == Status::kDone) {
      auto accepted = protocol::parse<protocol::Accepted>(answer->body);
      if (!accepted) return fail(ErrorKind::kUnreachable, "the gateway's answer can't be read");
      if (auto noted = note_accepted(connection_, self_, item.entries); !noted)
        return tl::unexpected(noted.error());
      outbox_.remove(item.id);
      if (auto saved = save(); !saved) return tl::unexpected(saved.error());
      return std::move(*accepted);
    }
    if (answer->status == Status::kIncomplete) {
      if (auto staged = stage(connection_, self_, item.entries); !staged)
        return give_up(item, staged.error());
      continue;
    }
    if (!is_stale(answer->status)) return give_up(item, refusal(answer->status));
    if (auto refreshed = connection_.refresh_directory(); !refreshed)
      return tl::unexpected(refreshed.error());
    item.entries.clear();
    item.case_share.reset();
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
  const auto reading = connection_.seen().reading(folder_, random_);
  std::vector<OutboxItem*> waiting;  // of a list: each goes where it is
  for (auto& item : outbox_.items())
    if (!item.refused) waiting.push_back(&item);
  // A case that does not check out keeps its own texts waiting, and nobody else's.
  std::optional<Error> unsound;
  for (auto* item : waiting) {
    auto delivered = deliver(*item, false);
    if (delivered) continue;
    if (delivered.error().kind != ErrorKind::kVerification)
      return tl::unexpected(delivered.error());
    if (!unsound) unsound = std::move(delivered.error());
  }
  if (unsound) return tl::unexpected(std::move(*unsound));
  return waiting.size();
}

Result<void> Delivery::hold_to_offered(OutboxItem& item, const std::vector<protocol::MemberId>& ids,
                                       bool just_written) {
  for (const auto& id : ids) {
    const auto& now = *connection_.directory().person(id);
    const auto shown = std::find_if(item.offered.begin(), item.offered.end(),
                                    [&](const auto& one) { return one.member_id == id; });
    const bool known = shown != item.offered.end();
    if (!known && just_written) {
      item.offered.push_back({id, now.signing_key()});
    } else if (known ? key_was_replaced(shown->key, now) : key_changed_day(now) != 0) {
      return tl::unexpected(not_as_shown(now));
    }
  }
  return {};
}

Result<void> Delivery::seal(OutboxItem& item, const Certificates& certificates) {
  if (const auto* opening = std::get_if<OpeningDraft>(&item.draft))
    return seal_opening(item, *opening, certificates);
  const auto* answer = std::get_if<AnswerDraft>(&item.draft);
  const auto* event = std::get_if<EventDraft>(&item.draft);
  const Act change = [&](Addition& addition, const Certificates&) {
    if (answer != nullptr) return seal_answer(addition, *answer);
    return addition.tell(event->compartment, event->event, {event->milestone, event->urgent});
  };
  auto added = add_to(connection_, self_, answer ? answer->handle : event->handle, change,
                      certificates, random_);
  if (!added) return tl::unexpected(added.error());
  item.entries = std::move(*added);
  return {};
}

Result<void> Delivery::seal_opening(OutboxItem& item, const OpeningDraft& draft,
                                    const Certificates& certificates_of) {
  const auto* reporter = dynamic_cast<const Reporter*>(&self_);
  if (reporter == nullptr) return fail(ErrorKind::kDefect, "only a reporter opens a case");
  const auto people = find_readers(draft, connection_.directory(), connection_.today());
  if (!people) return tl::unexpected(people.error());
  auto ids = people->members;
  if (people->stand_in) ids.push_back(*people->stand_in);
  auto certificates = certificates_of(ids, Lapsed::kRefused);
  if (!certificates) return tl::unexpected(certificates.error());
  Readers readers;
  if (people->stand_in) {
    readers.stand_in = std::move(certificates->back());
    certificates->pop_back();
  }
  readers.advisers = std::move(*certificates);
  auto sealed = seal_case(*reporter, draft.story, readers, connection_.directory(),
                          connection_.today(), random_);
  item.case_share = std::move(sealed.share);
  item.entries =
      freeze(std::move(sealed.entries), item.case_share, connection_.frame_size(), random_);
  return {};
}

}  // namespace omzien::core
