#include "clients/core/outbox.h"

#include "omzien/local.pb.h"

#include "protocol/strict.h"

namespace omzien::core {
namespace {

namespace strict = protocol::strict;
constexpr std::string_view kPurpose = "outbox";

std::uint32_t number(auto value) { return static_cast<std::uint32_t>(value); }

void put(const OpeningDraft& from, wire::OpeningDraft* to) {
  to->set_case_kind(number(from.story.opening.case_kind));
  for (const auto want : from.story.opening.wants) to->add_wants(number(want));
  to->set_lead(number(from.story.opening.lead));
  to->set_language(from.story.opening.language);
  to->set_story(from.story.story);
  to->set_people(from.story.people);
  to->set_identity(from.story.identity);
  for (const auto& name : from.to) to->add_to(name);
  to->set_unit(from.unit);
  to->set_stand_in(from.stand_in);
}

OpeningDraft take(const wire::OpeningDraft& from) {
  OpeningDraft draft;
  draft.story.opening.case_kind = rules::CaseKind{from.case_kind()};
  for (const auto want : from.wants()) draft.story.opening.wants.push_back(rules::Want{want});
  draft.story.opening.lead = rules::Lead{from.lead()};
  draft.story.opening.language = from.language();
  draft.story.story = from.story();
  draft.story.people = from.people();
  draft.story.identity = from.identity();
  draft.to = {from.to().begin(), from.to().end()};
  draft.unit = from.unit();
  draft.stand_in = from.stand_in();
  return draft;
}

void put(const EventDraft& from, wire::EventDraft* to) {
  to->set_handle(strict::field(from.handle.view()));
  to->set_compartment(number(from.compartment));
  to->set_event(strict::field(encode_event(from.event).reveal()));
  to->set_milestone(number(from.milestone));
  to->set_urgent(from.urgent);
}

std::optional<EventDraft> take(const wire::EventDraft& from) {
  const auto handle = protocol::Handle::from(strict::view(from.handle()));
  auto event = parse_event(strict::view(from.event()));
  if (!handle || !event) return std::nullopt;
  return EventDraft{*handle, rules::Compartment{from.compartment()}, std::move(*event),
                    rules::Milestone{from.milestone()}, from.urgent()};
}

void put(const AnswerDraft& from, wire::AnswerDraft* to) {
  to->set_handle(strict::field(from.handle.view()));
  to->set_decision(strict::field(encode_event(from.decision).reveal()));
  to->set_summary(from.summary);
}

std::optional<AnswerDraft> take(const wire::AnswerDraft& from) {
  const auto handle = protocol::Handle::from(strict::view(from.handle()));
  const auto event = parse_event(strict::view(from.decision()));
  const auto* decision = event ? std::get_if<Decision>(&*event) : nullptr;
  if (!handle || decision == nullptr) return std::nullopt;
  return AnswerDraft{*handle, *decision, from.summary()};
}

template <class Message>
bool take(const Message& from, Draft& to) {
  auto draft = take(from);
  if (draft) to = std::move(*draft);
  return draft.has_value();
}

std::optional<OutboxItem> take(const wire::OutboxItem& from) {
  const auto id = ItemId::from(strict::view(from.id()));
  if (!id) return std::nullopt;
  OutboxItem item{*id, {}, std::nullopt, {}, from.refused(), {}};
  item.case_share = crypto::CaseShare::from(strict::view(from.case_share()));
  if (!item.case_share && !from.case_share().empty()) return std::nullopt;
  if (from.has_opening()) {
    item.draft = take(from.opening());
  } else if (!(from.has_answer() ? take(from.answer(), item.draft)
                                 : take(from.event(), item.draft))) {
    return std::nullopt;
  }
  for (const auto& entry : from.entries()) {
    const auto signature = crypto::Signature::from(strict::view(entry.signature()));
    if (!signature) return std::nullopt;
    item.entries.push_back({strict::bytes(entry.header()), *signature,
                            strict::bytes(entry.payload()),
                            protocol::UploadId::from(strict::view(entry.upload_id()))});
  }
  for (const auto& one : from.offered()) {
    const auto member = protocol::MemberId::from(strict::view(one.member_id()));
    const auto key = crypto::SigningPublicKey::from(strict::view(one.key()));
    if (!member || !key) return std::nullopt;
    item.offered.push_back({*member, *key});
  }
  return item;
}

void put(const OutboxItem& from, wire::OutboxItem* to) {
  to->set_id(strict::field(from.id.view()));
  if (const auto* opening = std::get_if<OpeningDraft>(&from.draft))
    put(*opening, to->mutable_opening());
  if (const auto* event = std::get_if<EventDraft>(&from.draft)) put(*event, to->mutable_event());
  if (const auto* answer = std::get_if<AnswerDraft>(&from.draft))
    put(*answer, to->mutable_answer());
  if (from.case_share) to->set_case_share(strict::field(from.case_share->reveal()));
  for (const auto& entry : from.entries) {
    auto* frozen = to->add_entries();
    frozen->set_header(strict::field(entry.header));
    frozen->set_signature(strict::field(entry.signature.view()));
    frozen->set_payload(strict::field(entry.payload));
    if (entry.upload_id) frozen->set_upload_id(strict::field(entry.upload_id->view()));
  }
  to->set_refused(from.refused);
  for (const auto& one : from.offered) {
    auto* offered = to->add_offered();
    offered->set_member_id(strict::field(one.member_id.view()));
    offered->set_key(strict::field(one.key.view()));
  }
}

// Nothing when this is no outbox.
std::optional<std::list<OutboxItem>> items_in(crypto::ByteView plaintext) {
  auto message = strict::parse<wire::Outbox>(plaintext);
  if (!message) return std::nullopt;
  std::list<OutboxItem> items;
  bool good = true;
  for (auto& from : *message->mutable_items()) {
    auto item = good ? take(from) : std::nullopt;
    strict::wipe(*from.mutable_case_share());
    good = item.has_value();
    if (item) items.push_back(std::move(*item));
  }
  return good ? std::optional(std::move(items)) : std::nullopt;
}

// As they stand on disk; none when nothing waits.
Result<std::list<OutboxItem>> stored(const LocalFolder& folder, const Identity& self) {
  const auto bytes = folder.read(self, kPurpose);
  if (!bytes) return tl::unexpected(bytes.error());
  if (!*bytes) return std::list<OutboxItem>();
  auto items = items_in((*bytes)->reveal());
  if (!items)
    return fail(ErrorKind::kVerification,
                "the texts kept on this device can't be read; they are left as they are");
  return std::move(*items);
}

}  // namespace

Result<Outbox> Outbox::load(const LocalFolder& folder, const Identity& self) {
  Outbox outbox;
  auto turn = folder.turn(self, kPurpose);
  if (!turn) return tl::unexpected(turn.error());
  outbox.turn_ = std::move(*turn);
  outbox.joined_ = outbox.turn_.held();
  auto items = stored(folder, self);
  if (!items) return tl::unexpected(items.error());
  outbox.items_ = std::move(*items);
  return outbox;
}

// Without a folder there was no turn to take: of two first runs at once the later one to write
// finds what the other one kept.
Result<void> Outbox::join(const LocalFolder& folder, const Identity& self) {
  if (joined_) return {};
  auto turn = folder.turn_to_write(self, kPurpose);
  if (!turn) return tl::unexpected(turn.error());
  auto others = stored(folder, self);
  if (!others) return tl::unexpected(others.error());
  for (const auto& item : items_)
    others->remove_if([&](const OutboxItem& other) { return other.id == item.id; });
  items_.splice(items_.begin(), *others);
  turn_ = std::move(*turn);
  joined_ = true;
  return {};
}

Result<void> Outbox::save(const LocalFolder& folder, const Identity& self, crypto::Random& random) {
  if (items_.empty()) return folder.remove(self, kPurpose);
  if (auto joined = join(folder, self); !joined) return joined;
  strict::silence_protobuf();
  wire::Outbox message;
  for (const auto& item : items_) put(item, message.add_items());
  auto plaintext = strict::encode(message);
  for (auto& item : *message.mutable_items()) strict::wipe(*item.mutable_case_share());
  auto saved = items_in(plaintext)
                   ? folder.write(self, kPurpose, plaintext, random)
                   : fail(ErrorKind::kBadInput,
                          "a name or a text is not UTF-8, and can't be kept. Nothing was sent.");
  crypto::wipe(plaintext);
  return saved;
}

OutboxItem& Outbox::add(Draft draft, crypto::Random& random) {
  items_.push_back(
      {crypto::random_value<ItemId>(random), std::move(draft), std::nullopt, {}, false, {}});
  return items_.back();
}

void Outbox::remove(const ItemId& id) {
  items_.remove_if([&](const OutboxItem& item) { return item.id == id; });
}

}  // namespace omzien::core
