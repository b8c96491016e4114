#include "clients/core/case_log.h"

#include <algorithm>
#include <set>

#include "clients/core/case_state.h"
#include "clients/core/key_ring.h"
#include "crypto/open/event_seal.h"

namespace omzien::core {
namespace {

tl::unexpected<Error> broken(const std::string& what) {
  return fail(ErrorKind::kVerification,
              "this case's log does not check out: " + what + ". Nothing was changed.");
}

// The header names the uploads for the gateway, the event inside for the readers: the same ones.
bool names_its_files(const protocol::Event& header, const Event& event) {
  const auto* attachment = std::get_if<Attachment>(&event);
  if (attachment == nullptr) return true;
  return std::equal(header.files.begin(), header.files.end(), attachment->files.begin(),
                    attachment->files.end(), [](const auto& named, const auto& file) {
                      return named.upload_id == file.upload_id && named.chunks == file.chunks;
                    });
}

// One case's log while it is being opened. Grants may stand after the events they open, so the
// chain, the rules and the keys come first, the texts second.
class LogOpener {
 public:
  LogOpener(const FetchedLog& fetched, const protocol::Handle& handle, const Identity& self,
            const protocol::Directory& directory)
      : fetched_(fetched),
        self_(self),
        directory_(directory),
        opened_{protocol::Chain(directory.service(), handle), {}, {}, {}, {}, {}} {}

  Result<OpenedCase> open() {
    for (const auto& stored : fetched_.entries)
      if (auto taken = take_entry(stored); !taken) return tl::unexpected(taken.error());
    if (!opened_.access.opened()) return broken("it does not begin with its opening");
    say_unserved();
    say_gone();
    if (auto taken = take_share(); !taken) return tl::unexpected(taken.error());
    for (std::size_t i = 0; i < opened_.entries.size(); ++i)
      if (opened_.entries[i].counts) open_event(opened_.entries[i], fetched_.entries[i].payload);
    judge(opened_, directory_);
    return std::move(opened_);
  }

 private:
  Result<void> take_entry(const protocol::StoredEntry& stored) {
    auto entry = protocol::Entry::parse(stored.header, stored.signature);
    if (!entry) return broken("an entry is not signed by the one it names, or can't be read");
    const auto header = entry->header();
    if (!opened_.chain.extend(header, entry->hash()))
      return broken("an entry is missing, stands twice or in another place, or was altered");
    OpenedEntry now{
        std::move(*entry), rules::PayloadState{stored.payload_state}, true, std::nullopt, {}};
    if (!directory_.knows(header.directory_hash))
      alarm(header, AlarmKind::kUnknownDirectory,
            "made under a directory this organisation never published");
    now.counts = admit(header);
    now.author = author_of(header);
    if (now.counts && payload_fits(now, stored.payload)) take_keys(now, stored.payload);
    opened_.entries.push_back(std::move(now));
    return {};
  }

  bool admit(const protocol::Header& header) {
    const auto admitted = opened_.access.admit(header, directory_);
    if (admitted) return true;
    if (admitted.error() == protocol::Breach::kNewerVersion)
      alarm(header, AlarmKind::kNewerVersion, "made with a newer version of Omzien");
    else
      alarm(header, AlarmKind::kRuleBroken, "an entry that the rules forbid; it changes nothing");
    return false;
  }

  // What its author signed counts, whatever the gateway made of the text: nobody else can be at
  // fault, and the text is as if it had been kept back.
  bool payload_fits(const OpenedEntry& now, const crypto::Bytes& payload) {
    if (now.payload_state != rules::PayloadState::kInline || now.entry.payload_matches(payload))
      return true;
    alarm(now.entry.header(), AlarmKind::kAltered, "what is stored is not what was signed");
    altered_.insert(now.entry.header().seq);
    return false;
  }

  void take_keys(const OpenedEntry& now, const crypto::Bytes& payload) {
    const auto& header = now.entry.header();
    derive_keys(opened_.keys, opened_.access, self_);
    const auto* grant = std::get_if<protocol::Grant>(&header.fields);
    const auto* revoke = std::get_if<protocol::Revoke>(&header.fields);
    if (grant == nullptr && revoke == nullptr) return;
    if (now.payload_state == rules::PayloadState::kDestroyed) return;
    if (now.payload_state != rules::PayloadState::kInline) {
      if (self_.member_id() || (grant != nullptr && !grant->owner_keys.empty()))
        unserved_.push_back(header.seq);
      return;
    }
    const auto& access = opened_.access;
    const auto problems =
        grant != nullptr ? unwrap_grant(opened_.keys, access, header, *grant, payload, self_)
                         : unwrap_revoke(opened_.keys, access, header, *revoke, payload, self_);
    for (const auto problem : problems) say(header, problem);
  }

  void say(const protocol::Header& header, UnwrapProblem problem) {
    switch (problem) {
      case UnwrapProblem::kStrangersKey:
        return alarm(header, AlarmKind::kStrangersKey,
                     "sealed to a key that is not yours; ask for it to be given again");
      case UnwrapProblem::kOtherKey:
        return alarm(header, AlarmKind::kOtherKey,
                     "holds a key that the case never committed to; it is not used");
      case UnwrapProblem::kAltered:
        return alarm(header, AlarmKind::kAltered, "a grant that does not open");
    }
  }

  // A dormant grant is not handed over until it wakes, an ended one not any more: so only the end
  // of the log says what is missing.
  void say_unserved() {
    const auto me = self_.member_id();
    for (const auto seq : unserved_)
      if (!me || opened_.access.may_unwrap(*me, seq, opened_.chain.head_day()))
        alarm(opened_.entries[seq].entry.header(), AlarmKind::kMissing,
              "given to you, but the gateway does not hand it over");
  }

  // Only a withdrawal or a purge destroys, and both say so in the log.
  void say_gone() {
    if (opened_.access.withdrawn() || opened_.access.purged()) return;
    for (const auto& now : opened_.entries)
      if (now.payload_state == rules::PayloadState::kDestroyed &&
          now.entry.header().payload_size > 0)
        alarm(now.entry.header(), AlarmKind::kMissing,
              "gone from the gateway, though the case was neither withdrawn nor purged");
  }

  Result<void> take_share() {
    if (fetched_.case_share.empty()) return {};
    auto share = crypto::CaseShare::from(fetched_.case_share.reveal());
    if (!share ||
        crypto::case_share_commitment(*share) != opened_.access.opening().case_share_commitment)
      return broken("the case share is not the one the case was opened with");
    opened_.share = std::move(*share);
    return {};
  }

  void open_event(OpenedEntry& now, const crypto::Bytes& payload) {
    const auto& header = now.entry.header();
    const auto* event = std::get_if<protocol::Event>(&header.fields);
    if (event == nullptr || now.payload_state == rules::PayloadState::kDestroyed ||
        altered_.contains(header.seq))
      return;
    const auto key = opened_.keys.find({event->compartment, event->epoch});
    if (key == opened_.keys.end()) return;
    if (now.payload_state != rules::PayloadState::kInline || !opened_.share) {
      if (!may_read(*event)) return;
      alarm(header, AlarmKind::kMissing, "shared with you, but the gateway does not hand it over");
      return;
    }
    const crypto::EventContext context{
        header.service_id, header.handle,
        header.author,     static_cast<std::uint32_t>(event->compartment),
        event->epoch,      header.seq};
    now.event = event_in(*event, crypto::open_event(key->second, *opened_.share, context, payload));
    if (now.event) return;
    alarm(header, AlarmKind::kAltered, kDoesNotOpen);
    now.counts = false;  // the key is the same for all: what does not open here opens to nobody
  }

  // Somebody who is in and stands in for somebody else, too, may hold a key before its time.
  bool may_read(const protocol::Event& event) const {
    const auto me = self_.member_id();
    return !me ||
           opened_.access.may_read(*me, event.compartment, event.epoch, opened_.chain.head_day());
  }

  std::string author_of(const protocol::Header& header) const {
    if (std::holds_alternative<protocol::Purge>(header.fields)) return "gateway";
    if (protocol::handle_of(header.author) == header.handle) return "reporter";
    const auto* person = directory_.author(header.author, header.day, header.directory_hash);
    return person == nullptr ? "unknown" : person->name;
  }

  void alarm(const protocol::Header& header, AlarmKind kind, std::string text) {
    opened_.alarms.push_back({header.seq, kind, std::move(text)});
  }

  const FetchedLog& fetched_;
  const Identity& self_;
  const protocol::Directory& directory_;
  OpenedCase opened_;
  // Entries with keys, perhaps for this keyholder, not handed over.
  std::vector<std::uint64_t> unserved_;
  std::set<std::uint64_t> altered_;
};

}  // namespace

std::optional<Event> event_in(const protocol::Event& header,
                              const tl::expected<crypto::SecretBytes, crypto::OpenError>& opened) {
  // As any other of a newer version: the fold says so.
  if (!opened && opened.error() == crypto::OpenError::kNewerSuite) return UnknownEvent{};
  if (!opened) return std::nullopt;
  auto event = parse_event(opened->reveal());
  if (!event || !names_its_files(header, *event)) return std::nullopt;
  return event;
}

Result<OpenedCase> open_log(const FetchedLog& fetched, const protocol::Handle& handle,
                            const Identity& self, const protocol::Directory& directory) {
  return LogOpener(fetched, handle, self, directory).open();
}

}  // namespace omzien::core
