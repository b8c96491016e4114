// What was written and is not accepted yet, kept sealed on the device (proto/omzien/local.proto).
#pragma once

#include <list>
#include <variant>

#include "clients/core/local_folder.h"
#include "clients/core/seal.h"

namespace omzien::core {

// A case to open: what was written, and who is to read it. Names, not ids: a report can be written
// while no gateway can be reached, and so no directory either (readers.h finds the people).
struct OpeningDraft {
  Story story;
  std::vector<std::string> to;  // the first is the holder
  std::string unit;             // instead of names: the unit's advisers
  std::string stand_in;         // empty: none
};

// Something to add to a case.
struct EventDraft {
  protocol::Handle handle;
  rules::Compartment compartment{};
  Event event;
  rules::Milestone milestone = rules::Milestone::kNone;
  bool urgent = false;
};

// The owner's answer to a proposal. A yes is carried out with it, in one append: the summary as
// they approved it, a grant to everybody the proposal names, the decision.
struct AnswerDraft {
  protocol::Handle handle;
  Decision decision;
  std::string summary;  // empty: none; only with a yes
};

using Draft = std::variant<OpeningDraft, EventDraft, AnswerDraft>;

using ItemId = crypto::FixedBytes<struct ItemIdTag, 16>;

// The attempt that may have arrived. Sent again it is these very bytes, so nothing stands twice.
struct FrozenEntry {
  crypto::Bytes header;
  crypto::Signature signature;
  crypto::Bytes payload;
  std::optional<protocol::UploadId> upload_id;  // when the payload travels as chunks
};

// Somebody whom the attempt lets in, with the signing key they were shown with.
struct OfferedKey {
  protocol::MemberId member_id;
  crypto::SigningPublicKey key;
};

struct OutboxItem {
  ItemId id;
  Draft draft;
  std::optional<crypto::CaseShare> case_share;  // of an opening that was sealed
  std::vector<FrozenEntry> entries;             // empty: not sealed yet
  bool refused = false;                         // kept for the person, not sent again
  std::vector<OfferedKey> offered;              // none: nobody was shown, or it lets nobody in
};

// As long as there is one, no other program has one of the same identity: what two write at once is
// kept, and what waits is sent by one of them.
class Outbox {
 public:
  static Result<Outbox> load(const LocalFolder&, const Identity&);
  // On disk when it returns, with what another program kept where there was no folder yet when this
  // one was loaded. An empty outbox leaves no file. kBadInput: something in it is no
  // UTF-8, and could not be read again; what stood on disk stays.
  Result<void> save(const LocalFolder&, const Identity&, crypto::Random&);

  OutboxItem& add(Draft, crypto::Random&);
  void remove(const ItemId&);
  std::list<OutboxItem>& items() { return items_; }

 private:
  Result<void> join(const LocalFolder&, const Identity&);

  LocalFolder::Turn turn_;
  bool joined_ = false;  // nobody else wrote since it was loaded
  std::list<OutboxItem> items_;
};

}  // namespace omzien::core
