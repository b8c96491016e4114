// What a desk asks first: which cases are shared with it, and where they stand.
#include "omzien/exchange.pb.h"

#include "protocol/operations.h"
#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

void put(const InboxItem& from, wire::InboxItem* to) {
  to->set_handle(strict::field(from.handle.view()));
  to->set_head_seq(from.head_seq);
  to->set_head_hash(strict::field(from.head_hash.view()));
  to->set_opened_day(from.opened_day);
  to->set_head_day(from.head_day);
  to->set_acknowledged_day(from.acknowledged_day);
  to->set_feedback_day(from.feedback_day);
  to->set_outcome_day(from.outcome_day);
  to->set_urgent(from.urgent);
  to->set_last_by_owner(from.last_by_owner);
  to->set_unclocked(from.unclocked);
  to->set_dormant(from.dormant);
  to->set_acknowledge_due_day(from.acknowledge_due_day);
  to->set_feedback_due_day(from.feedback_due_day);
  to->set_holder(from.holder);
  if (from.stands_in_for) to->set_stands_in_for(strict::field(from.stands_in_for->view()));
}

std::optional<InboxItem> take(const wire::InboxItem& from) {
  const auto handle = Handle::from(strict::view(from.handle()));
  const auto head_seq = strict::count_of(from.head_seq());
  const auto head = crypto::Digest::from(strict::view(from.head_hash()));
  const auto stood_in_for = MemberId::from(strict::view(from.stands_in_for()));
  if (!handle || !head_seq || !head || from.dormant() != stood_in_for.has_value() ||
      (!stood_in_for && !from.stands_in_for().empty()))
    return std::nullopt;
  return InboxItem{*handle,
                   *head_seq,
                   *head,
                   from.opened_day(),
                   from.head_day(),
                   from.acknowledged_day(),
                   from.feedback_day(),
                   from.outcome_day(),
                   from.urgent(),
                   from.last_by_owner(),
                   from.unclocked(),
                   from.dormant(),
                   from.acknowledge_due_day(),
                   from.feedback_due_day(),
                   from.holder(),
                   stood_in_for};
}

}  // namespace

crypto::Bytes encode(const Inbox& body) {
  wire::InboxBody message;
  message.set_cursor(strict::field(body.cursor));
  return strict::encode(message);
}

template <>
std::optional<Inbox> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::InboxBody>(bytes);
  return message ? std::optional(Inbox{strict::bytes(message->cursor())}) : std::nullopt;
}

crypto::Bytes encode(const InboxPage& body) {
  wire::InboxPageBody message;
  for (const auto& item : body.items) put(item, message.add_items());
  message.set_next_cursor(strict::field(body.next_cursor));
  return strict::encode(message);
}

template <>
std::optional<InboxPage> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::InboxPageBody>(bytes);
  if (!message) return std::nullopt;
  InboxPage page{{}, strict::bytes(message->next_cursor())};
  for (const auto& from : message->items()) {
    auto item = take(from);
    if (!item) return std::nullopt;
    page.items.push_back(*item);
  }
  return page;
}

}  // namespace omzien::protocol
