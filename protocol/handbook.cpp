#include "protocol/handbook.h"

#include <algorithm>
#include <tuple>

#include "omzien/directory.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

template <class List, class Key>
bool ascends_by(const List& list, Key key) {
  const auto not_before = [&](const auto& a, const auto& b) { return key(a) >= key(b); };
  return std::adjacent_find(list.begin(), list.end(), not_before) == list.end();
}

const auto kByKind = [](const Checklist& list) { return std::tie(list.case_kind, list.language); };
const auto kByKey = [](const auto& text) { return std::tie(text.key, text.language); };
const auto kHasGoodKey = [](const auto& text) { return good_key(text.key); };

bool holds(const Handbook& book) {
  auto texts = book.glossary.size() + book.snippets.size();
  for (const auto& list : book.checklists) texts += list.items.size();
  return book.version > 0 && texts <= rules::kHandbookTextsMax &&
         ascends_by(book.checklists, kByKind) && ascends_by(book.glossary, kByKey) &&
         ascends_by(book.snippets, kByKey) &&
         std::all_of(book.glossary.begin(), book.glossary.end(), kHasGoodKey) &&
         std::all_of(book.snippets.begin(), book.snippets.end(), kHasGoodKey);
}

}  // namespace

const Checklist* Handbook::checklist(rules::CaseKind kind, std::string_view language) const {
  const Checklist* any = nullptr;
  for (const auto& list : checklists) {
    if (list.case_kind != kind) continue;
    if (list.language == language) return &list;
    if (any == nullptr) any = &list;
  }
  return any;
}

crypto::Bytes encode_handbook(const Handbook& book) {
  wire::Handbook message;
  message.set_suite(rules::kSuite);
  message.set_version(book.version);
  message.set_changed_day(book.changed_day);
  for (const auto& from : book.checklists) {
    auto* to = message.add_checklists();
    to->set_case_kind(static_cast<std::uint32_t>(from.case_kind));
    to->set_language(from.language);
    for (const auto& item : from.items) to->add_items(item);
  }
  for (const auto& from : book.glossary) {
    auto* to = message.add_glossary();
    to->set_key(from.key);
    to->set_language(from.language);
    to->set_term(from.term);
    to->set_meaning(from.meaning);
  }
  for (const auto& from : book.snippets) {
    auto* to = message.add_snippets();
    to->set_key(from.key);
    to->set_language(from.language);
    to->set_title(from.title);
    to->set_text(from.text);
  }
  return strict::encode(message);
}

std::optional<Handbook> parse_handbook(crypto::ByteView bytes) {
  if (bytes.size() > rules::kHandbookBytesMax) return std::nullopt;
  const auto message = strict::parse<wire::Handbook>(bytes);
  if (!message || message->suite() != rules::kSuite) return std::nullopt;
  Handbook book{message->version(), message->changed_day(), {}, {}, {}};
  for (const auto& from : message->checklists())
    book.checklists.push_back({rules::CaseKind{from.case_kind()},
                               from.language(),
                               {from.items().begin(), from.items().end()}});
  for (const auto& from : message->glossary())
    book.glossary.push_back({from.key(), from.language(), from.term(), from.meaning()});
  for (const auto& from : message->snippets())
    book.snippets.push_back({from.key(), from.language(), from.title(), from.text()});
  return holds(book) ? std::optional(std::move(book)) : std::nullopt;
}

bool same_texts(const Handbook& a, const Handbook& b) {
  auto other = b;
  other.version = a.version;
  other.changed_day = a.changed_day;
  return encode_handbook(a) == encode_handbook(other);
}

}  // namespace omzien::protocol
