#include "tests/vectors/case_scene.h"

#include <stdexcept>

#include "clients/cli/render.h"
#include "clients/core/case_state.h"
#include "crypto/open/event_seal.h"
#include "crypto/open/hpke.h"
#include "crypto/open/phrase.h"

namespace omzien::crypto::vectors {
namespace {

// 32 bytes that belong to a name and a purpose.
Digest seed_of(std::string_view name, std::string_view purpose) {
  return hash_fields(FieldList().append(name).append(purpose));
}
SigningSeed signing_seed(std::string_view name) {
  return std::move(*SigningSeed::from(seed_of(name, "sign").view()));
}
XWingSeed xwing_seed(std::string_view name) {
  return std::move(*XWingSeed::from(seed_of(name, "x-wing").view()));
}

Json stored_json(const protocol::StoredEntry& entry) {
  Json made{{"header", to_hex(entry.header)},
            {"signature", to_hex(entry.signature)},
            {"payload", to_hex(entry.payload)}};
  if (entry.payload_state != rules::PayloadState::kInline)
    made["payload_state"] = rules::name_of(entry.payload_state);
  return made;
}

}  // namespace

Scene::Scene()
    : directory_([this] {
        for (auto& member : organisation_.members()) {
          member.key = std::make_shared<SigningKey>(signing_seed(member.name));
          member.xwing_key = xwing_public_key(xwing_seed(member.name));
        }
        return organisation_.directory();
      }()) {}

core::Member Scene::member(std::string_view name) const {
  KeyFile file{KeyFileKind::kMember, organisation_.member(name).id, signing_seed(name), {}};
  file.xwing_seeds.push_back(xwing_seed(name));
  return {std::move(file), organisation_.service()};
}

protocol::Certificate Scene::certificate(std::string_view name) const {
  return protocol::Certificate::parse(organisation_.certificate(organisation_.member(name)),
                                      directory_, kCaseDay)
      .value();
}

protocol::GrantMember Scene::grantee(std::string_view name,
                                     std::vector<protocol::CompartmentEpoch> keys) const {
  const auto& member = organisation_.member(name);
  protocol::GrantMember made;
  made.member_id = member.id;
  made.xwing_key_hash = xwing_key_hash(member.xwing_key);
  made.keys = std::move(keys);
  return made;
}

Json Scene::people() const {
  Json people = Json::array();
  for (const auto& member : const_cast<kit::Organisation&>(organisation_).members())
    people.push_back({{"name", member.name},
                      {"member_id", member.id.hex()},
                      {"signing_seed", seed_of(member.name, "sign").hex()},
                      {"xwing_seed", seed_of(member.name, "x-wing").hex()}});
  return people;
}

core::Reporter reporter_of(const std::string& phrase, const protocol::ServiceId& service) {
  return {parse_phrase(phrase).value(), service};
}

Log::Log(const Scene& scene, const std::string& seed, core::Story story,
         const std::vector<std::string>& advisers, std::string_view stand_in)
    : scene_(&scene),
      random_(seed),
      phrase_(generate_phrase(random_, WordList::kDutch).reveal_text()),
      owner_(reporter_of(phrase_, scene.organisation().service())) {
  core::Readers readers;
  for (const auto& name : advisers) readers.advisers.push_back(scene.certificate(name));
  if (!stand_in.empty()) readers.stand_in = scene.certificate(stand_in);
  const auto made = seal_case(owner_, story, readers, scene.directory(), kCaseDay, random_);
  fetched_.case_share = SecretBytes::from(made.share.reveal());
  for (const auto& entry : made.entries)
    fetched_.entries.push_back({entry.header_bytes, entry.signature.to_bytes(),
                                rules::PayloadState::kInline, entry.payload});
  opened_with_ = size();
}

Log::Log(const Log& other, FixedRandom random)
    : scene_(other.scene_),
      random_(std::move(random)),
      phrase_(other.phrase_),
      owner_(reporter_of(phrase_, scene_->organisation().service())),
      fetched_(other.fetched_.copy()),
      day_(other.day_),
      opened_with_(other.opened_with_) {}

Log Log::fork() const { return {*this, random_}; }

std::unique_ptr<core::Identity> Log::identity(std::string_view name) const {
  if (name == "owner")
    return std::make_unique<core::Reporter>(reporter_of(phrase_, scene_->organisation().service()));
  if (name == "gateway") {  // any key that is nobody's in the case
    FixedRandom random("case vectors, the gateway's key");
    const std::string words(generate_phrase(random, WordList::kDutch).reveal_text());
    return std::make_unique<core::Reporter>(reporter_of(words, scene_->organisation().service()));
  }
  return std::make_unique<core::Member>(scene_->member(name));
}

core::Result<core::OpenedCase> Log::opened(const core::Identity& self) const {
  return open_log(fetched_, owner_.handle(), self, scene_->directory());
}

void Log::say(std::string_view by, rules::Compartment compartment, const core::Event& event,
              const Tweak& tweak) {
  protocol::Event fields{};
  fields.compartment = compartment;
  fields.epoch = opened(owner_).value().access.newest_epoch(compartment)->number;
  const auto plaintext = encode_event(event);
  add(by, rules::EntryKind::kEvent, fields, sealed(by, fields, plaintext.reveal()), tweak);
}

Bytes Log::sealed(std::string_view by, const protocol::Event& fields, ByteView plaintext) {
  const auto author = identity(by);
  const auto here = opened(owner_).value();
  const EventContext context{scene_->organisation().service(),
                             owner_.handle(),
                             author->signing_key().public_key(),
                             static_cast<std::uint32_t>(fields.compartment),
                             fields.epoch,
                             here.chain.next_seq()};
  return seal_event(here.keys.at({fields.compartment, fields.epoch}), *here.share, context,
                    plaintext, random_);
}

protocol::Wrap Log::wrap(const protocol::GrantMember& member, ByteView plaintext) {
  const auto& keys = const_cast<kit::Organisation&>(scene_->organisation()).members();
  for (const auto& one : keys) {
    if (one.id != member.member_id) continue;
    const auto info = protocol::grant_info(scene_->organisation().service(), owner_.handle(),
                                           owner_.signing_key().public_key(), member);
    auto made = hpke_seal(one.xwing_key, info, {}, plaintext, random_).value();
    return {made.enc.to_bytes(), std::move(made.ciphertext)};
  }
  throw std::invalid_argument("nobody of this organisation");
}

void Log::grant(const std::vector<protocol::GrantMember>& members, const Tweak& tweak) {
  const auto here = opened(owner_).value();
  protocol::Grant fields;
  std::vector<protocol::Wrap> wraps;
  for (const auto& member : members) {
    Bytes plaintext;
    for (const auto& which : member.keys) {
      for (const std::uint32_t number :
           {static_cast<std::uint32_t>(which.compartment), which.epoch})
        for (int shift = 24; shift >= 0; shift -= 8)
          plaintext.push_back(static_cast<std::uint8_t>(number >> shift));
      const auto found = here.keys.find(which);
      if (found == here.keys.end())
        plaintext.resize(plaintext.size() + 32);
      else
        plaintext.insert(plaintext.end(), found->second.reveal().begin(),
                         found->second.reveal().end());
    }
    wraps.push_back(wrap(member, plaintext));
    fields.members.push_back(member);
  }
  add("owner", rules::EntryKind::kGrant, std::move(fields), protocol::encode_wraps(wraps), tweak);
}

void Log::did(std::string_view by, const core::Act& change) {
  const auto author = identity(by);
  const core::Certificates certificates = [&](const auto& ids, core::Lapsed) {
    std::vector<protocol::Certificate> found;
    found.reserve(ids.size());
    for (const auto& id : ids)
      found.push_back(scene_->certificate(scene_->directory().person(id)->name));
    return found;
  };
  core::Addition addition(opened(*author).value(), *author, scene_->directory(), day_, random_,
                          certificates);
  const auto changed = change(addition, certificates);
  if (!changed) throw std::logic_error(changed.error().message);
  for (const auto& entry : std::move(addition).entries()) put(entry);
}

void Log::smuggle(std::string_view by, const Seal& seal) {
  const auto author = identity(by);
  const auto seen = opened(*author).value();
  core::Place place{seen.chain, day_, scene_->directory().hash()};
  put(seal(*author, place, seen, random_));
}

void Log::put(const core::SealedEntry& entry) {
  fetched_.entries.push_back({entry.header_bytes, entry.signature.to_bytes(),
                              rules::PayloadState::kInline, entry.payload});
}

void Log::add(std::string_view by, rules::EntryKind kind, protocol::Fields fields, Bytes payload,
              const Tweak& tweak) {
  const auto author = identity(by);
  const auto chain = opened(owner_).value().chain;
  protocol::Header header;
  header.service_id = scene_->organisation().service();
  header.handle = owner_.handle();
  header.author = author->signing_key().public_key();
  header.seq = chain.next_seq();
  header.prev_hash = chain.head_hash();
  header.day = day_;
  header.directory_hash = scene_->directory().hash();
  header.salt = random_value<protocol::Salt>(random_);
  header.kind = kind;
  header.fields = std::move(fields);
  header.payload_hash = protocol::payload_hash(header.salt, payload);
  header.payload_size = static_cast<std::uint32_t>(payload.size());
  if (tweak) tweak(header);
  const auto bytes = encode_header(header);
  const auto signature = author->signing_key().sign(rules::kTagEntrySignature, bytes);
  fetched_.entries.push_back(
      {bytes, signature.to_bytes(), rules::PayloadState::kInline, std::move(payload)});
}

Json log_json(std::string_view name, const Log& log) {
  static const auto ordinary = ordinary_log(log.scene());
  return log_json(name, log, "ordinary", ordinary);
}

Json log_json(std::string_view name, const Log& log, std::string_view base_name, const Log& base) {
  const auto& before = base.fetched().entries;
  Json entries = Json::array();
  for (const auto& entry : log.fetched().entries) {
    const auto made = stored_json(entry);
    std::string known;
    for (std::size_t i = 0; i < before.size(); ++i)
      if (name != base_name && stored_json(before[i]) == made)
        known = std::string(base_name) + "/" + std::to_string(i);
    entries.push_back(known.empty() ? made : Json(known));
  }
  return {{"name", name},
          {"directory", "first"},
          {"phrase", log.phrase()},
          {"case_share", to_hex(log.fetched().case_share.reveal())},
          {"entries", entries}};
}

Json read_of(const Log& log, const std::string& who, const protocol::Directory& directory) {
  std::unique_ptr<core::Identity> self;
  if (who == "owner")
    self = std::make_unique<core::Reporter>(
        reporter_of(log.phrase(), log.scene().organisation().service()));
  else
    self = std::make_unique<core::Member>(log.scene().member(who));
  const auto opened = open_log(log.fetched(), log.owner().handle(), *self, directory);
  if (!opened) {
    if (opened.error().kind != core::ErrorKind::kVerification)
      throw std::logic_error("a log that fails otherwise than it should");
    return {{"error", "verification"}};
  }
  // Through text: the command line's JSON is sorted, and so it stays here.
  return {{"case", Json::parse(cli::render_case(*opened, fold(*opened, directory)).object.dump())}};
}

}  // namespace omzien::crypto::vectors
